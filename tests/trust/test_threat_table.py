"""Each row of the tables of threats and faults names a test, and the test exists where it says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "docs/security.md", ROOT / "docs/reliability.md"]
LINK = re.compile(r"\[(test_\w+)\]\((\S+?\.py)\)")
ROW = re.compile(r"^\|(?!:?-|:--)(?P<cells>.+)\|$", re.M)
LEFT_OUT = {"pytest.mark.skip", "pytest.mark.xfail"}


@cache
def declared_in(path: Path) -> dict[str, list[str]]:
    """The tests of a file with their decorators."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: [ast.unparse(one).partition("(")[0] for one in node.decorator_list]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


LINKS = sorted({(page, found[1], found[2]) for page in PAGES for found in LINK.finditer(page.read_text("utf-8"))})


@pytest.mark.parametrize(("page", "name", "file"), LINKS, ids=[name for _page, name, _file in LINKS])
def test_a_linked_test_exists_and_is_not_left_out(page: Path, name: str, file: str) -> None:
    path = (page.parent / file).resolve()
    assert path.is_file(), file
    assert name in declared_in(path), f"{name} is not in {file}"
    assert not LEFT_OUT & set(declared_in(path)[name])


def test_every_threat_has_a_test() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    rows = [row["cells"] for row in ROW.finditer(text) if "what can happen" not in row["cells"]]
    assert len(rows) > 25
    assert [row for row in rows if not LINK.search(row)] == []


def test_the_promises_of_reliability_have_tests() -> None:
    assert len([link for link in LINKS if link[0] == PAGES[1]]) >= 5
