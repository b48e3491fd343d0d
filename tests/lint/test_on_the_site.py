"""The site carries what the linter says of the same board, for the team alone."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", FIVE_COLUMNS)
    git_folder.write("offre/acme.md", card_text(next_action="", amount="lots", owner="<b>Zoé</b>"))
    git_folder.write("prospects/beta.MD", card_text())
    git_folder.commit("start", date="2026-10-05T09:00:00+02:00")
    return git_folder


def shown(site: Path) -> list[tuple[str, str, str]]:
    """Path with line, code and message of each finding on the page, in the page's order."""
    page = (site / "meetings/findings.html").read_text("utf-8")
    points = re.findall(r'<li class="(?:red|amber|)"><h3>.*?</li>', page, re.DOTALL)
    plain = [html.unescape(re.sub(r"<[^>]+>", "\n", one)).replace("\u00a0", " ") for one in points]
    found = []
    for one in plain:
        place, code = re.search(r"(\S+:\d+) · (KB\d{3}) ", one).groups()  # type: ignore[union-attr]  # each has one
        found.append((place, code, one))
    return found


@pytest.mark.parametrize("where", [(), ("--revision", "HEAD")], ids=["folder", "commit"])
def test_the_site_has_the_findings_of_lint(board: GitFolder, kanban: Kanban, where: tuple[str, ...]) -> None:
    asked = ("lint", "--json") if not where else ("lint", "--rev", "HEAD", "--json")
    findings = kanban("-C", board.root, *asked).json["findings"]
    assert {one["code"] for one in findings} >= {"KB302", "KB501"}
    assert kanban("-C", board.root, "render", "--output", "out", *where).code == 0
    told = shown(board.root / "out")
    assert sorted((place, code) for place, code, _text in told) == sorted(
        (f"{one['path']}:{one['line']}", one["code"]) for one in findings
    )
    page = (board.root / "out/meetings/findings.html").read_text("utf-8")
    assert "<b>Zoé" not in page
    assert [section for section in ("error", "warning") if f'id="{section}"' in page] == ["error", "warning"]
    assert f"{sum(one['severity'] != 'info' for one in findings)} items" in (
        board.root / "out/meetings/index.html"
    ).read_text("utf-8").replace("\u00a0", " ")


def test_a_clean_board_says_so_and_a_past_day_is_not_judged(board: GitFolder, kanban: Kanban) -> None:
    board.write("board.yml", FIVE_COLUMNS + "lint: {select: [KB302]}\n")
    (board.root / "prospects/beta.MD").unlink()
    board.commit("clean", date="2026-10-05T10:00:00+02:00")
    assert kanban("-C", board.root, "render", "--output", "out").code == 0
    assert "the linter finds nothing on this board" in (board.root / "out/meetings/findings.html").read_text("utf-8")
    assert kanban("-C", board.root, "render", "--output", "past", "--as-of", "2026-10-04").code == 0
    assert not (board.root / "past/meetings/findings.html").exists()


def test_a_public_site_has_none(board: GitFolder, kanban: Kanban) -> None:
    board.write("board.yml", FIVE_COLUMNS + "site: {public_fields: [owner]}\n")
    assert kanban("-C", board.root, "render", "--output", "out", "--audience", "public").code == 0
    assert not (board.root / "out/meetings").exists()
