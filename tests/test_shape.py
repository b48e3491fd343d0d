"""Rooms stay small: an alarm at 400 lines a module and 60 a function, and every name says something."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

KANBAN = Path(__file__).parent.parent / "kanban"
MODULES = sorted(KANBAN.rglob("*.py"))
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "core", "misc"}


def test_modules_stay_small_and_their_names_say_something() -> None:
    assert [path for path in MODULES if path.read_text(encoding="utf-8").count("\n") > 400] == []
    assert [path for path in MODULES if path.stem in EMPTY_NAMES] == []


def test_functions_stay_small() -> None:
    long = [
        f"{path.relative_to(KANBAN)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_a_room_can_be_overlooked() -> None:
    """About fifteen files side by side are read at a glance; the alarm stands one above."""
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {str(room): files for room, files in rooms.items() if files > 16} == {}
