"""Where the settings stand in `board.yml`: the text's tree, without YAML where somebody knows it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from kanban.model.settings.board_yml import places_known
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence
from kanban.model.text.front.yaml_text import read_yaml

_KINDS: dict[str, type] = {kind.__name__: kind for kind in (Scalar, Sequence, Mapping)}


def tree_of(data: bytes) -> Node | None:
    """The tree of a `board.yml`; None where there is none."""
    asked = places_known.get(data)
    told = asked() if asked is not None else None
    if told is not None:
        with suppress(TypeError, ValueError, KeyError):
            return _told(told)
    return read_yaml(data.decode("utf-8-sig", "replace"))[0]


def plain_tree(node: Node) -> Any:
    """The tree as lists, texts and numbers: of each value its text, line and column."""
    if isinstance(node, Scalar):
        return [node.text, node.line, node.column]
    if isinstance(node, Sequence):
        return {"": [node.line, node.column, [plain_tree(item) for item in node.items]]}
    return [node.line, node.column, [[plain_tree(key), plain_tree(value)] for key, value in node.pairs]]


def _told(told: Any) -> Node:
    if isinstance(told, dict):
        line, column, items = told[""]
        return Sequence(tuple([_told(item) for item in items]), line, column)
    first, line, rest = told
    if isinstance(first, str):
        return Scalar(first, line, rest)
    return Mapping(tuple([(Scalar(*key), _told(value)) for key, value in rest]), first, line)
