"""A board younger than six complete weeks: every surface says the same, that it is too early, and since when not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = """\
title: Young
language: en
timezone: Europe/Paris
columns: [{key: p, name: P}, {key: w, name: W, kind: won}, {key: l, name: L, kind: lost}]
quotas: [{period: 2026-Q1, wins: 9}]
"""
FIRST = date(2026, 1, 7)
"""A Wednesday: its week counts."""
CARD = "---\naccount: {name}\namount: 1000\nprobability: 50\nclose_date: 2026-03-20\n---\n"
SAID = "too early to forecast: 3 wins in 5 weeks so far; a forecast takes 6 complete weeks, from 15 Feb 2026 on"


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> GitFolder:
    """Six cards on the first day, three of them won within three weeks."""
    folder = GitFolder(tmp_path_factory.mktemp("young") / "board")
    folder.write("board.yml", BOARD)
    for number in range(6):
        folder.write(f"p/c{number}.md", CARD.format(name=f"C{number}"))
    folder.commit("start", date=f"{FIRST}T10:00:00+01:00")
    (folder.root / "w").mkdir()
    for number in range(3):
        folder.git("mv", f"p/c{number}.md", f"w/c{number}.md")
        folder.commit("won", date=f"{FIRST + timedelta(days=2 + 7 * number)}T10:00:00+01:00")
    return folder


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def test_until_six_weeks_are_complete_nothing_is_said_of_those_ahead(
    young: GitFolder, kanban: Kanban, tmp_path: Path
) -> None:
    on = ("--as-of", "2026-02-14")
    asked = ("forecast", "--wins", "2", "--drop", "c4")
    said = words(kanban("-C", young.root, *asked, *on).out)
    assert said.count(SAID) == 3
    for word in ("between", "odds", "Chance", "sheet’s rule", "ahead", "likely", "confidence"):
        assert word not in said.replace("ahead: what", "")
    document = kanban("-C", young.root, "forecast", "--json", *on).json
    assert (document["enough_history"], document["quotas"][0]["chance"]) == (False, None)
    assert kanban("-C", young.root, "render", "--output", tmp_path / "s", *on).code == 0
    for name in ("index", "monday", "metrics", "screen"):
        page = words((tmp_path / "s" / f"{name}.html").read_text("utf-8"))
        assert SAID in page, name
        assert not re.search(r"wins in 4 weeks,|wins expected|By \d+ \w+ \d+, about", page), name


def test_with_six_complete_weeks_there_is_a_forecast(young: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    """The Sunday that completes the sixth week is taken whole."""
    on = ("--as-of", "2026-02-15")
    said = words(kanban("-C", young.root, "forecast", "--wins", "2", *on).out)
    assert "too early" not in said
    assert "The sheet’s rule 4 × 0.5 = 2" in said
    assert "Chance" in said
    assert kanban("-C", young.root, "forecast", "--json", *on).json["quotas"][0]["chance"] is not None
    assert kanban("-C", young.root, "render", "--output", tmp_path / "s", *on).code == 0
    assert "too early" not in (tmp_path / "s" / "metrics.html").read_text("utf-8")


def test_before_the_first_complete_week_too(young: GitFolder, kanban: Kanban) -> None:
    said = words(kanban("-C", young.root, "forecast", "--as-of", "2026-01-08").out)
    assert "no complete week yet: there is nothing to forecast from" in said
    assert "wins" not in said.lower().partition("nothing to forecast from")[0].replace("wins in the next 4 weeks", "")
