"""Several boards asked at once: every number with its board, sums where a sum means something, no board hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer

Kanban = Callable[..., Answer]
DAY = "2025-03-31"


@pytest.fixture
def place(golden_nine: Path, tmp_path: Path) -> Path:
    text = f"title: All\nboards:\n  - {{name: north, path: {golden_nine}}}\n  - {{name: south, path: {golden_nine}}}\n"
    (tmp_path / "portfolio.yml").write_text(text)
    (tmp_path / "below").mkdir()
    return tmp_path


def test_metrics_are_those_of_each_board_and_sums(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    alone = json.loads(kanban("-C", golden_nine, "metrics", "--as-of", DAY, "--json").out)
    answer = kanban("-C", place / "below", "portfolio", "metrics", "--as-of", DAY)
    assert answer.code == 0, answer.err
    head, north, south, together = answer.out.splitlines()
    assert head.startswith("Board ")
    assert north.split()[1:] == south.split()[1:]
    assert str(alone["cycle_time"]["p50"]) in north
    assert together.startswith("all 2 boards")
    wip = alone["wip"]["total"]
    assert f" {2 * wip} " in together
    assert f" {wip} " in north
    told = json.loads(kanban("-C", place, "portfolio", "metrics", "--as-of", DAY, "--json").out)
    assert told["boards"]["north"] == told["boards"]["south"] == alone


def test_the_other_questions(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    cards = json.loads(kanban("-C", golden_nine, "list", "--as-of", DAY, "--json").out)["cards"]
    listed = kanban("-C", place, "portfolio", "list", "--as-of", DAY)
    assert len(listed.out.splitlines()) == 1 + 2 * len(cards)
    forecast = kanban("-C", place, "portfolio", "forecast", "--as-of", DAY)
    assert (forecast.code, forecast.out.splitlines()[-1].startswith("all 2 boards")) == (0, True)
    assert kanban("-C", place, "portfolio", "lint", "--as-of", DAY).code in (0, 1)
    french = kanban("-C", place, "--lang", "fr", "portfolio", "metrics", "--as-of", DAY)
    assert french.out.splitlines()[-1].startswith("les 2 tableaux")


def test_a_board_that_cannot_answer_hides_no_other(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    (place / "portfolio.yml").write_text(f"boards: [{{name: north, path: {golden_nine}}}, below]\n")
    answer = kanban("-C", place, "portfolio", "metrics", "--as-of", DAY)
    assert answer.code == 2
    assert "below cannot answer:" in answer.err
    assert answer.out.splitlines()[1].startswith("north ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there is no portfolio.yml"),
        ("boards: []\n", "names no board"),
        ("boards: [a/x, b/x]\n", "two boards are called x"),
        ("boards: [x]\ncolour: red\n", "no setting `colour`"),
    ],
)
def test_errors_are_for_people(tmp_path: Path, kanban: Kanban, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "portfolio.yml").write_text(text)
    answer = kanban("-C", tmp_path, "portfolio", "list")
    assert (answer.code, said in answer.err, "→" in answer.err) == (2, True, True), answer.err
