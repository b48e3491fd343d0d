"""Where settings stand in `board.yml`: told by what is kept as by YAML itself, and by YAML where what is kept is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kanban.model.settings import board_yml
from kanban.model.settings.places import plain_tree, tree_of
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence
from kanban.model.text.front.yaml_text import read_yaml
from kanban.repository.kept.known_settings import keep, recall

TEXTS = (
    "columns: [{key: prospects}, {key: gagné, kind: won}]\n",
    "columns:\n  - key: prospects\n    wip: 4\n  - {key: gagne, kind: won}\nclasses:\n  - {key: fixed-date, wip: 5}\n",
    '\ufeff# a word first\r\n"lint":\r\n  waivers:\r\n    - "KB501 until 2026-12-31: so"\r\n  select: []\r\n',
    "company: |\n  two\n  lines\nviews: {}\nempty:\n",
)


def seen(node: Node | None) -> object:
    """What a place is looked up by: texts, lines and columns."""
    if isinstance(node, Mapping):
        return "mapping", node.line, node.column, [(seen(key), seen(value)) for key, value in node.pairs]
    if isinstance(node, Sequence):
        return "sequence", node.line, node.column, [seen(item) for item in node.items]
    return ("scalar", node.text, node.line, node.column) if isinstance(node, Scalar) else None


@pytest.fixture
def nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_yml, "places_known", board_yml.places_known)
    board_yml.places_known.clear()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.usefixtures("nobody_knows")
def test_a_tree_that_is_kept_says_each_place_as_yaml_does(text: str) -> None:
    data = text.encode()
    by_yaml = tree_of(data)
    assert by_yaml is not None
    told = json.loads(json.dumps(plain_tree(by_yaml)))
    board_yml.places_known[data] = lambda: told
    assert seen(tree_of(data)) == seen(by_yaml)


@pytest.mark.parametrize("told", [None, 7, "text", [], [1, 2], {"": []}, {"other": 1}, [1, 1, [[["a"], 3]]]])
@pytest.mark.usefixtures("nobody_knows")
def test_what_is_no_tree_is_not_believed(told: object) -> None:
    data = TEXTS[1].encode()
    board_yml.places_known[data] = lambda: told
    assert seen(tree_of(data)) == seen(read_yaml(TEXTS[1])[0])


@pytest.mark.usefixtures("nobody_knows")
def test_places_are_kept_when_somebody_has_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = TEXTS[1].encode()
    config, _problems = board_yml.read_config(data)
    assert config is not None
    keep(tmp_path, data, config)
    assert recall(tmp_path, data)
    first = seen(tree_of(data))
    assert recall(tmp_path, data)
    monkeypatch.setattr("kanban.model.text.front.yaml_text.read_yaml", lambda *_text: pytest.fail("YAML was read"))
    assert seen(tree_of(data)) == first != seen(None)
