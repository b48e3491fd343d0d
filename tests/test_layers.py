"""Imports run one way. The table is the architecture: a package may import itself and what stands to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KANBAN = Path(__file__).parent.parent / "kanban"

LAYERS = [
    {"errors", "i18n", "__init__"},
    {"paper"},
    {"schemas"},
    {"model"},
    {"pull"},
    {"metrics"},
    {"forecast"},
    {"diagnosis"},
    {"experiments"},
    {"rituals", "scripts", "gestures"},
    {"lint", "render", "demo"},
    {"review"},
    {"folder", "repository"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

ONLY_IN = {
    "click": {"commands", "cli"},
    "git": {"repository"},
    "gitdb": {"repository"},
    "frontmatter": {"model"},
    "jinja2": {"render", "scripts"},
    "markdown_it": {"render"},
    "vl_convert": {"render"},
    "rich": {"commands"},
    "babel": {"i18n"},
    "subprocess": {"repository", "commands"},
}
"""Third-party and process modules that have one home each."""

APART = {
    "gestures": {"click", "rich", "git", "os", "sys", "pathlib", "subprocess", "time", "shutil", "tempfile", "socket"},
}
"""What a part must not import at all: gestures know no terminal, no git, no disk and no clock."""

CLOCKS = {"today", "now", "utcnow"}


def modules() -> list[Path]:
    return sorted(KANBAN.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(KANBAN).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append((node.lineno, node.module))
            if node.module == "kanban":
                found += [(node.lineno, f"kanban.{alias.name}") for alias in node.names if alias.name != "__version__"]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KANBAN)))
def test_imports_run_to_the_left(path: Path) -> None:
    own = part_of(path)
    wrong = []
    for line, name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "kanban" and len(parts) > 1:
            other = parts[1]
            beside = other != own and RANK[other] == RANK[own] and own not in ("folder", "repository", "errors", "i18n")
            if RANK[other] > RANK[own] or beside:
                wrong.append(f"{path.name}:{line} imports {name}")
        elif parts[0] in APART.get(own, ()):
            wrong.append(f"{path.name}:{line} imports {name}, from which {own} keeps apart")
        elif parts[0] in ONLY_IN and own not in ONLY_IN[parts[0]]:
            wrong.append(f"{path.name}:{line} imports {name}, which belongs to {sorted(ONLY_IN[parts[0]])}")
    assert wrong == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KANBAN)))
def test_the_clock_is_an_argument(path: Path) -> None:
    """Only the verbs may ask what day it is."""
    if part_of(path) in ("commands", "repository"):
        return
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert [node.lineno for node in calls] == []


def test_every_part_has_a_rank() -> None:
    assert {part_of(path) for path in modules()} <= set(RANK)
