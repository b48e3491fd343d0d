"""Micro-rules: reading tickets, measuring before and after over equal windows, deciding; against SciPy and by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import scipy

from kanban.experiments.indicators import indicator, names
from kanban.experiments.ticket import Ticket, due_experiments, read_ticket, tickets
from kanban.experiments.trial import trial, windows_of
from kanban.metrics.base.figure import median, per_week, plain_figure, share, shift
from kanban.metrics.base.intervals import rate_of
from kanban.model.cards.boardfile import BoardFile
from tests.boards import board_of
from tests.conftest import GitFolder, Kanban
from tests.diagnosis.telling import AS_OF, CONFIG, ledger_told, many
from tests.golden_nine import BOARD


def file_of(text: str, name: str = "try") -> BoardFile:
    return BoardFile(f"experiments/{name}.md", f"---\n{text}---\n".encode())


TEXTS = [
    # front matter | state on 30 June 2025
    ("start: 2025-06-16\n", "due"),
    ("start: 2025-06-17\n", "running"),
    ("start: 2025-07-01\n", "planned"),
    ("start: 2025-05-05\nweeks: 8\n", "due"),
    ("start: 2025-05-06\nweeks: 8\n", "running"),
    ("start: 16/06/2025\n", "due"),
    ("start: 2025-06-01\ndecision: keep\n", "decided"),
    ("start: someday\n", "undated"),
    ("", "undated"),
    ("start: 2025-06-16\nweeks: many\n", "due"),
    ("start: [2025-06-16\n", "undated"),
]


@pytest.mark.parametrize(("text", "state"), TEXTS)
def test_states(text: str, state: str) -> None:
    assert read_ticket(file_of(text), "fr", AS_OF).state(AS_OF) == state


def test_due_are_those_whose_weeks_are_over_without_a_decision() -> None:
    files = {
        file.path: file
        for file in (
            file_of("start: 2025-06-02\n", "old"),
            file_of("start: 2025-06-29\n", "young"),
            file_of("start: 2025-06-02\ndecision: drop\n", "done"),
            BoardFile("experiments/README.md", b"---\nstart: 2025-06-02\n---\n"),
            BoardFile("scripts/old.md", b"---\nstart: 2025-06-02\n---\n"),
        )
    }
    assert [one.id for one in due_experiments(files, AS_OF)] == ["old"]
    assert [one.id for one in tickets(files, AS_OF)] == ["done", "old", "young"]


TARGETS = [("70 %", 0.7), ("0,7", 0.7), ("30", 30.0), ("1.5", 1.5), ("much more", None), ("", None)]


@pytest.mark.parametrize(("text", "number"), TARGETS)
def test_targets_in_numbers(text: str, number: float | None) -> None:
    assert read_ticket(file_of(f"target: {text}\n"), "fr", AS_OF).target_value == number


def ticket(indicator: str, start: date, weeks: int = 2, target: str = "") -> Ticket:
    return Ticket("t", "experiments/t.md", "T", "", "", indicator, target, start, weeks, "", None)


WINDOWS = [
    # as of | days on each side, last day after
    ("2025-06-16", 1, "2025-06-16"),
    ("2025-06-20", 5, "2025-06-20"),
    ("2025-06-29", 14, "2025-06-29"),
    ("2025-08-01", 14, "2025-06-29"),
]


@pytest.mark.parametrize(("as_of", "days", "last"), WINDOWS)
def test_windows_are_equally_long(as_of: str, days: int, last: str) -> None:
    found = windows_of(ticket("wip", date(2025, 6, 16)), date.fromisoformat(as_of))
    assert found is not None
    before, after = found
    assert after.until == date.fromisoformat(last)
    assert before.until == date(2025, 6, 15)
    assert [window.days_from(date.min) for window in found] == [days, days]
    assert windows_of(ticket("wip", date(2025, 6, 16)), date(2025, 6, 15)) is None


def test_throughput_before_and_after() -> None:
    lines = {"first": "p04-01 l04-02"} | many("b", 2, "p05-01 w06-10") | many("a", 6, "p05-01 w06-20")
    found = trial(ledger_told(lines), ticket("throughput", date(2025, 6, 16), target="2"))
    assert (found.before.value, found.before.n, found.after.value, found.after.n) == (1.0, 2, 3.0, 6)
    assert (found.verdict, found.reached) == ("chance", True)
    many_more = lines | many("c", 20, "p05-01 w06-21")
    assert trial(ledger_told(many_more), ticket("throughput", date(2025, 6, 16))).verdict == "better"


def test_fewer_days_are_better_and_a_young_board_is_not_compared() -> None:
    lines = {"first": "p03-01 l03-02"} | {f"b{day}": f"p04-{day} w06-10" for day in range(10, 20)}
    lines |= {f"a{day}": f"p06-{day} w06-25" for day in range(10, 20)}
    found = trial(ledger_told(lines), ticket("cycle_time", date(2025, 6, 16)))
    assert (found.before.value, found.after.value, found.verdict) == (57, 11, "better")
    young = trial(ledger_told({"a": "p06-10 w06-20"}), ticket("cycle_time", date(2025, 6, 16)))
    assert (young.watched, young.before.value, young.verdict) == (False, None, "unknown")


def test_conversion_and_levels_of_one_column() -> None:
    lines = {"first": "p04-01 l04-02", "z": "p04-01 r04-02"}
    lines |= many("l", 9, "p05-01 r05-02 l06-10") | many("o", 9, "p05-01 r05-02 o06-20")
    found = trial(ledger_told(lines), ticket("conversion-r", date(2025, 6, 16)))
    assert (found.before.value, found.before.n, found.after.value, found.verdict) == (0.0, 9, 1.0, "better")
    level = trial(ledger_told(lines), ticket("wip-r", date(2025, 6, 16)))
    assert level.before.value == (8 * 19 + 6 * 10) / 14
    assert (level.shift.low, level.verdict) == (None, "unknown")


def test_what_is_no_indicator() -> None:
    config = board_of({}, CONFIG).config
    for name in ("happiness", "conversion-w", "conversion", "throughput-r", ""):
        assert indicator(name, config) is None
    assert all(indicator(name, config) for name in names(config))
    assert trial(ledger_told({"a": "p06-01"}), ticket("happiness", date(2025, 6, 16))).verdict == "unknown"


@pytest.mark.sweep
@pytest.mark.parametrize("count", [1, 2, 5, 20, 100])
def test_limits_of_a_count_are_near_the_exact_ones(count: int) -> None:
    found = per_week(count, 7)
    exact = scipy.stats.chi2.ppf(0.025, 2 * count) / 2, scipy.stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert (found.low, found.high) == (pytest.approx(exact[0], abs=0.07), pytest.approx(exact[1], rel=0.03))


def test_no_event_is_no_certainty() -> None:
    found = per_week(0, 14)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high is not None
    assert 1.5 < found.high < 2.1


@pytest.mark.parametrize("count", [5, 6, 9, 15, 40, 3001])
def test_the_medians_interval_is_that_of_the_order_statistics(count: int) -> None:
    found = median(range(1, count + 1))
    rank = int(scipy.stats.binom.ppf(0.025, count, 0.5))
    expected = None if rank == 0 else rank
    assert found.low == expected
    assert found.high == (None if expected is None else count + 1 - rank)


def test_the_difference_of_shares_is_newcombes() -> None:
    """Newcombe 1998, table II, example (a): 56/70 − 48/80 = 0.2, 95 % from 0.0524 to 0.3339."""
    found = shift(share(rate_of(48, 80)), share(rate_of(56, 70)))
    assert (found.value, found.low, found.high) == (
        pytest.approx(0.2),
        pytest.approx(0.0524, abs=1e-4),
        pytest.approx(0.3339, abs=1e-4),
    )
    assert shift(plain_figure(None, ""), plain_figure(1.0, "")).value is None


@pytest.fixture
def board(git_folder: GitFolder) -> Path:
    git_folder.write("board.yml", BOARD)
    git_folder.write("p/a.md", "---\naccount: A\n---\n")
    git_folder.commit("board", date="2025-01-06T10:00:00+01:00")
    return git_folder.root


def test_from_the_ticket_to_the_decision(kanban: Kanban, board: Path) -> None:
    day = ("--as-of", "2025-02-03", "--lang", "en")
    words = ("--problem", "no-shows", "--indicator", "conversion-r", "--target", "70 %")
    made = kanban("-C", board, "experiment", "new", "Agenda before noon", *words, *day)
    assert made.code == 0, made.err
    text = (board / "experiments/agenda-before-noon.md").read_text(encoding="utf-8")
    assert text == (
        "---\ntitle: Agenda before noon\nproblem: no-shows\nrule: Agenda before noon\nindicator: conversion-r\n"
        "target: 70 %\nstart: 2025-02-03\nweeks: 2\n---\n"
    )
    second = kanban("-C", board, "experiment", "new", "Agenda before noon", *words, *day)
    assert second.code == 1
    assert "one micro-rule at a time: agenda-before-noon is tried until 2025-02-17" in second.err
    listed = kanban("-C", board, "experiment", "list", "--json", "--as-of", "2025-02-17").json
    assert [(one["id"], one["state"], one["due_on"]) for one in listed["experiments"]] == [
        ("agenda-before-noon", "due", "2025-02-17"),
    ]
    for typed, on, code in (("jeter", "2025-02-03", 1), ("jeter", "2025-02-10", 1)):
        refused = kanban("-C", board, "experiment", "decide", "agenda-before-noon", typed, "--as-of", on)
        assert (refused.code, "2025-02-17" in refused.err) == (code, True)
    shown = kanban("-C", board, "experiment", "show", "agenda-before-noon", "--as-of", "2025-02-17", "--lang", "en")
    assert "kanban experiment decide agenda-before-noon keep" in shown.out
    decided = kanban(
        "-C",
        board,
        "experiment",
        "decide",
        "agenda-before-noon",
        "jeter",
        "--because",
        "nobody did",
        "--as-of",
        "2025-02-18",
    )
    assert decided.code == 0, decided.err
    text = (board / "experiments/agenda-before-noon.md").read_text(encoding="utf-8")
    assert "decision: drop\ndecided_on: 2025-02-18\n" in text
    assert "- nobody did" in text
    document = json.loads(kanban("-C", board, "experiment", "show", "agenda-before-noon", "--json").out)
    assert document["experiments"][0]["state"] == "decided"
    assert document["trial"]["verdict"] == "unknown"


WRONG = [
    (("new", "T", "--indicator", "joy"), "throughput, arrivals"),
    (("new", " "), "kanban experiment new"),
    (("show", "nothing"), "kanban experiment new"),
    (("decide", "nothing", "keep"), "kanban experiment new"),
    (("decide", "nothing", "perhaps"), "keep"),
]


@pytest.mark.parametrize(("arguments", "cure"), WRONG)
def test_what_cannot_be_done(kanban: Kanban, board: Path, arguments: tuple[str, ...], cure: str) -> None:
    said = kanban("-C", board, "experiment", *arguments)
    assert said.code == 2
    assert cure in said.err
    assert not (board / "experiments").exists()
