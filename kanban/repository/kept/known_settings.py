"""Keeps configurations in the index by the text of their `board.yml`, so that YAML is read where it changed."""

import json
from pathlib import Path

from kanban import __version__
from kanban.model.settings.board_yml import BoardConfig, remember
from kanban.model.settings.kept_settings import plain_settings, settings_told
from kanban.repository.kept.digests import digest_of
from kanban.repository.kept.index import Index

MOST = 8
"""Configurations that are kept: the last."""
VERSION = 1
"""Grows with every change of the row's form or of what settings mean."""

_KIND = "board.yml"


def recall(common_dir: Path, data: bytes) -> bool:
    """Whether the configuration of a `board.yml` is known; then it is read no more in this process."""
    body = Index(common_dir).get(_KIND, _key(data))
    if body is None:
        return False
    try:
        remember(data, settings_told(json.loads(body)))
    except ValueError:
        return False
    return True


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
