"""Rooms stay small: an alarm at 400 lines a module and 60 a function, and every name says something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KANBAN = Path(__file__).parent.parent / "kanban"
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "core", "misc"}


@pytest.mark.parametrize("path", sorted(KANBAN.rglob("*.py")), ids=lambda path: str(path.relative_to(KANBAN)))
def test_rooms_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    }
    assert long == {}
    assert path.stem not in EMPTY_NAMES


@pytest.mark.parametrize(
    "folder",
    sorted({path.parent for path in KANBAN.rglob("*.py")}),
    ids=lambda path: str(path.relative_to(KANBAN.parent)),
)
def test_a_room_can_be_overlooked(folder: Path) -> None:
    """About fifteen files side by side are read at a glance; the alarm stands one above."""
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 16
