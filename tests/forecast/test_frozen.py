"""Frozen forecasts: what was said on a day is said again from the commit of that day, and from any later one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = """\
title: T
language: en
timezone: Europe/Paris
columns:
  - {key: p, name: P}
  - {key: o, name: O}
  - {key: w, name: W, kind: won}
  - {key: l, name: L, kind: lost}
"""
CARD = "---\naccount: ACME\namount: 1000\nprobability: 40%\nclose_date: 2025-03-20\n---\n"
START = date(2025, 1, 6)


@pytest.fixture
def lived(git_folder: GitFolder) -> tuple[GitFolder, dict[date, str]]:
    """Thirteen weeks of a board, a card a day, some ends written down two weeks late; the last commit of each Sunday."""
    random, heads = Random(4), {}
    git_folder.write("board.yml", BOARD)
    git_folder.commit("board", date=f"{START}T08:00:00+01:00")
    due: dict[int, list[tuple[int, str]]] = {}
    for at in range(91):
        day = START + timedelta(days=at)
        if day.weekday() < 5:
            git_folder.write(f"p/c{at}.md", CARD)
            written = at + random.choice((4, 9, 20, 40))
            late = random.choice((0, 0, 14))
            due.setdefault(written + late, []).append((at, f"{START + timedelta(days=written)}T12:00:00+01:00"))
            git_folder.commit("new", date=f"{day}T09:00:00+01:00")
        for card, happened in due.get(at, []):
            column = random.choice("wwl")
            (git_folder.root / column).mkdir(exist_ok=True)
            git_folder.git("mv", f"p/c{card}.md", f"{column}/c{card}.md")
            told = f"{day}T18:00:00+01:00"
            git_folder.commit("end", GIT_AUTHOR_DATE=happened, GIT_COMMITTER_DATE=told)
        if day.weekday() == 6:
            heads[day] = git_folder.git("rev-parse", "HEAD").strip()
    return git_folder, heads


def test_what_was_said_on_a_day_is_said_again(lived: tuple[GitFolder, dict[date, str]], kanban: Kanban) -> None:
    folder, heads = lived
    for day in list(heads)[5::3]:
        now = said(kanban, folder, day, "--known")
        folder.git("checkout", "-q", heads[day])
        then = said(kanban, folder, day)
        assert said(kanban, folder, day, "--known") == then
        folder.git("checkout", "-q", "main")
        assert now == then, day
    assert said(kanban, folder, day) != then  # by event time, what was written down late counts


def said(kanban: Kanban, folder: GitFolder, day: date, *more: str) -> dict[str, Any]:
    document = kanban("-C", folder.root, "forecast", "--json", "--weeks", "2", "--as-of", f"{day}", *more).json
    return {key: value for key, value in document.items() if key != "head"}
