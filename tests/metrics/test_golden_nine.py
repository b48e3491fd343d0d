"""The nine deals of early 2025 through `kanban metrics --json`: every figure that is known beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session
from kanban.metrics.flow.time_in_column import days_by_column
from kanban.metrics.report import Report, build_report
from tests.golden_nine import AS_OF

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def ask(golden_nine: Path) -> Ask:
    """The document that `kanban metrics --json` prints for the golden board."""

    def ask(*arguments: str, as_of: str = AS_OF) -> dict[str, Any]:
        done = CliRunner().invoke(cli, ["-C", str(golden_nine), "metrics", "--json", "--as-of", as_of, *arguments])
        assert done.exit_code == 0, done.output
        return dict(json.loads(done.stdout))

    return ask


@pytest.fixture(scope="session")
def document(ask: Ask) -> dict[str, Any]:
    return ask()


@pytest.fixture(scope="session")
def report(golden_nine: Path) -> Report:
    settings = Settings()
    settings.directory = str(golden_nine)
    return build_report(ledger_of(Session(settings, AS_OF)))


FIGURES = [
    # where | what
    ("schema", "kanban-metrics/1"),
    ("as_of", "2025-03-31"),
    ("timezone", "Europe/Paris"),
    ("shallow", False),
    ("wip.total", 2),
    ("wip.columns.p", {"count": 1, "limit": None, "light": "none"}),
    ("wip.columns.r.count", 1),
    ("throughput.won_per_week", 0.5),
    ("cycle_time.n", 6),
    ("cycle_time.p50", 29),
    ("cycle_time.p85", 71),
    ("cycle_time.p95", 71),
    ("conversion.q", {"entered": 7, "advanced": 6, "exited": 1, "open": 0}),
    ("conversion.r", {"entered": 5, "advanced": 4, "exited": 0, "open": 1, "reached": 7, "passed": 6}),
    ("win_rate", {"won": 6, "lost": 1}),
    ("win_rate.won_90d.rate", pytest.approx(8 / 9)),
    ("pace.p", {"p50": 2, "p85": 4}),
    ("pace.q", {"p50": 8, "p85": 15}),
    ("pace.r", {"p50": 11, "p85": 29}),
    ("pace.o", {"p50": 18, "p85": 43}),
    ("pace.n", {"p50": 29, "p85": 71}),
    ("next_action", {"open": 2, "missing": ["h8", "g7"], "share_missing": 1.0, "overdue": []}),
    ("incomplete", ["h8", "g7"]),
    ("weighted_pipeline", {}),
    ("blocked.0", {"cause": "legal review", "count": 1, "days": 7, "cards": ["f6"]}),
    ("loss_reasons.0", {"reason": None, "count": 1, "columns": {"q": 1}}),
    ("little.valid", False),
]


@pytest.mark.parametrize(("where", "what"), FIGURES, ids=[where for where, _what in FIGURES])
def test_figures(document: dict[str, Any], where: str, what: object) -> None:
    found: Any = document
    for step in where.split("."):
        found = found[int(step) if step.isdigit() else step]
    if isinstance(what, dict):
        assert {key: found[key] for key in what} == what
    else:
        assert found == what


def test_weeks(document: dict[str, Any]) -> None:
    weeks = document["throughput"]["weeks"]
    assert [week["week"] for week in weeks] == [f"2025-W{week:02d}" for week in range(2, 14)]
    assert [week["won"] for week in weeks] == [0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1]
    assert [week["week"] for week in weeks if week["lost"]] == ["2025-W07"]
    assert sum(week["arrivals"] for week in weeks) == 9


def test_ages(document: dict[str, Any]) -> None:
    ages = {one["card"]: (one["age_days"], one["column_days"], one["idle_days"]) for one in document["age"]}
    assert ages == {"g7": (57, 28, 28), "h8": (36, 35, 35)}


def test_each_cards_days(report: Report) -> None:
    inclusive = {card: journey.days for card, journey in report.ledger.journeys.items() if journey.outcome == "won"}
    assert inclusive == {"a1": 29, "b2": 22, "c3": 43, "d4": 1, "f6": 64, "i9": 71}
    assert sorted(one.day_difference or 0 for one in report.journeys if one.outcome == "won") == [0, 21, 28, 42, 63, 70]


def test_time_in_column_adds_up(report: Report) -> None:
    assert days_by_column(report.ledger.journeys["c3"]) == {"p": 1, "q": 6, "r": 14, "o": 14, "n": 7}
    reopened = days_by_column(report.ledger.journeys["i9"])
    assert (sum(reopened.values()), reopened["w"]) == (70, 2)


def test_stock(report: Report) -> None:
    assert report.stock.on(date(2025, 2, 1)) == {"p": 0, "q": 2, "r": 1, "o": 0, "n": 2, "w": 2, "l": 0}
    assert sum(report.stock.total(report.ledger.track.open_columns)) == 342


def test_cumulative_flow_counts_the_first_win(report: Report) -> None:
    lines = report.cumulative_flow
    assert lines.departed["won"][(date(2025, 1, 13) - lines.first).days] == 2
    assert (lines.back_moves, lines.reopened) == (1, 1)


LATE = [
    # as of | wins of the last week, total WIP: a win at 23:30 in Paris belongs to that day
    ("2025-03-23", 1, 3),
    ("2025-03-24", 1, 2),
    ("2025-03-30", 1, 2),
]


@pytest.mark.parametrize(("as_of", "last_week", "wip"), LATE)
def test_an_earlier_day_tells_the_same_past(ask: Ask, as_of: str, last_week: int, wip: int) -> None:
    document = ask(as_of=as_of)
    assert document["throughput"]["weeks"][-1]["won"] == last_week
    assert document["wip"]["total"] == wip


def test_on_the_day_before_the_first_event_nothing_is_known(ask: Ask) -> None:
    document = ask(as_of="2025-01-05")
    assert document["wip"]["total"] == 0
    assert document["throughput"] | {"weeks": [], "won_per_week": None} == document["throughput"]
    assert document["cycle_time"]["p50"] is None
    assert document["conversion"]["p"]["rate"] is None
    assert document["next_action"]["share_missing"] is None
