"""Keeps configurations in the index by the text of their `board.yml`, so that YAML is read where it changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.model.settings.board_yml import BoardConfig, places_known, remember
from kanban.model.settings.kept_settings import plain_settings, settings_told
from kanban.repository.kept.index import Index

MOST = 8
"""Configurations that are kept: the last."""
VERSION = 1
"""Grows with every change of the row's form or of what settings mean."""

_KIND, _PLACES = "board.yml", "places"


def recall(common_dir: Path, data: bytes) -> bool:
    """Whether the configuration of a `board.yml` is known; then it is read no more in this process."""
    body = Index(common_dir).get(_KIND, _key(data))
    if body is None:
        return False
    try:
        remember(data, settings_told(json.loads(body)))
    except ValueError:
        return False
    places_known.clear()
    places_known[data] = _places(common_dir, data)
    return True


def _places(common_dir: Path, data: bytes) -> Callable[[], Any]:
    """Asked, says where the settings of a text stand. Where nobody knows yet, YAML is read, and that is kept."""

    def asked() -> Any:
        index, key = Index(common_dir), _key(data)
        body = index.get(_PLACES, key)
        if body is not None:
            return json.loads(body)
        from kanban.model.settings.places import plain_tree
        from kanban.model.text.front.yaml_text import read_yaml

        tree = read_yaml(data.decode("utf-8-sig", "replace"))[0]
        told = tree and plain_tree(tree)
        index.keep(_PLACES, {key: json.dumps(told).encode()}, MOST)
        return told

    return asked


def keep(common_dir: Path, data: bytes, config: BoardConfig) -> None:
    """Keep a configuration in which nothing was wrong."""
    try:
        told = plain_settings(config)
    except ValueError:
        return
    if settings_told(told) == config:
        Index(common_dir).keep(_KIND, {_key(data): json.dumps(told).encode()}, MOST)


def _key(data: bytes) -> bytes:
    return digest_of(__version__, str(VERSION), data)
