"""Throughput, WIP against limits in force, little's law, targets, cuts and the age trend, from literal events."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.metrics.base.intervals import rate_of
from kanban.metrics.base.limits import LimitHistory, limit_history
from kanban.metrics.base.selection import Selection, select
from kanban.metrics.base.window import Window
from kanban.metrics.comparison import window_before
from kanban.metrics.flow.little import little
from kanban.metrics.flow.throughput import natural_limits
from kanban.metrics.report import build_report
from kanban.metrics.targets import light, rate_light
from tests.metrics.telling import board_config, card, cards_of, day, days, opened, reported

STEADY = {
    f"c{at}": f"p2025-{1 + at // 4:02d}-{1 + at % 4 * 7:02d} w2025-{1 + at // 4:02d}-{4 + at % 4 * 7:02d}"
    for at in range(40)
}
"""A card every week or so, won after three days, from January to October."""


def test_weeks_without_a_win_count_and_the_running_week_does_not() -> None:
    flow = reported({"a": "p01-08 w01-09", "b": "p01-10 w02-05"}, "02-08").throughput
    assert [(week.key, week.won, week.arrivals) for week in flow.weeks] == [
        ("2025-W02", 1, 2), ("2025-W03", 0, 0), ("2025-W04", 0, 0), ("2025-W05", 0, 0),
    ]  # fmt: skip
    assert flow.won_per_week == 0.25
    assert flow.won == 2  # the window holds the day, the weeks do not


def test_the_mean_is_over_six_weeks_at_most() -> None:
    lines = {"a": "p01-06 w01-07", "b": "p02-20 w02-21"}
    assert reported(lines, "02-09").throughput.won_per_week == 1 / 5
    assert reported(lines, "02-23").throughput.won_per_week == 1 / 6  # the first week has dropped out


def test_a_sunday_night_in_paris_belongs_to_its_week() -> None:
    flow = reported({"a": "p01-06 w01-12T23:59", "b": "p01-06 w01-13T00:01"}, "01-19").throughput
    assert [week.won for week in flow.weeks] == [1, 1]


def test_natural_limits_are_those_of_the_control_chart() -> None:
    found = natural_limits([2, 4, 3, 5])
    assert found is not None
    assert (found.mean, found.low, found.high) == (3.5, 0.0, pytest.approx(3.5 + 2.66 * 5 / 3))
    assert natural_limits([1]) is None


LIGHTS = [
    # cards in q (limit 3) | count, light, days over the limit so far
    (2, "green", None),
    (3, "amber", None),
    (4, "red", (21, 1)),
]


@pytest.mark.parametrize(("count", "shown", "over"), LIGHTS)
def test_wip_against_its_limit(count: int, shown: str, over: tuple[int, int] | None) -> None:
    found = reported({f"c{at}": f"q01-1{at}" for at in range(count)}, "02-02").wip
    assert (found.columns["q"].count, found.columns["q"].light) == (count, shown)
    assert found.columns["p"].light == "none"
    breaches = found.breaches.get("q")
    assert (breaches and (breaches.days, breaches.worst)) == over


def test_the_limit_in_force_on_a_day_is_the_one_of_that_day() -> None:
    limits = LimitHistory(((day("01-01"), {"q": 1}), (day("01-20"), {"q": 2})))
    assert [limits.on(day(text)).get("q") for text in ("2024-12-01", "01-19", "01-20", "02-01")] == [1, 1, 2, 2]
    assert limits.changes() == ((day("01-20"), "q", 1, 2),)
    renamed = board_config()
    past = [(day("01-01"), renamed)]
    assert limit_history(renamed, past).on(day("01-05"))["n"] == 2


def test_a_selection_has_no_limits_and_keeps_the_boards_first_week() -> None:
    lines = {"a": "p01-06 q01-20", "b": "q01-27 w01-28"}
    cards = cards_of(a={"owner": "Zoé", "source": "salon"}, b={"owner": "Karim"})
    ledger = select(opened(lines, "02-02", cards), Selection(owner="karim"))
    report = build_report(ledger)
    assert [week.key for week in report.throughput.weeks] == [f"2025-W0{week}" for week in (2, 3, 4, 5)]
    assert report.wip.columns["q"].limit is None
    assert report.throughput.won == 1
    assert build_report(select(opened(lines, "02-02", cards), Selection(source="SALON"))).wip.total == 1


def test_the_owner_of_a_win_is_the_one_it_was_closed_by() -> None:
    versions = {"a-0": card("a", owner="Zoé"), "a-1": card("a", owner="Karim"), "a-2": card("a", owner="Paul")}
    report = reported({"a": "n01-06 w01-20 =01-25"}, "01-31", versions=versions)
    assert [(cut.key, cut.won) for cut in report.cuts.owners] == [("Karim", 1)]


def test_rates_of_few_cards_are_kept_back() -> None:
    lines = {f"c{at}": f"p01-06 {'w' if at % 2 else 'l'}01-2{at % 10}" for at in range(10)}
    cards = {name: card(name, owner="Zoé" if name != "c9" else "Karim") for name in lines}
    rates = {cut.key: cut.win_rate for cut in reported(lines, "01-31", cards).cuts.owners}
    assert rates == {"Zoé": None, "Karim": None}
    everyone = reported(lines, "01-31", {name: card(name, owner="Zoé") for name in lines}).cuts.owners[0]
    assert everyone.win_rate is not None
    assert everyone.win_rate.rate == 0.5


def test_littles_law_holds_exactly_over_a_window_that_begins_and_ends_empty() -> None:
    ledger = opened(STEADY, "10-31")
    span = Window(day("09-30"), day("02-01"))
    report = build_report(ledger)
    law = little(report.deals, ledger.first, ledger.track.counted, report.stock, span, report.age_trend)
    assert law.wip is not None
    assert law.throughput_per_day is not None
    assert law.ratio == pytest.approx(1)
    assert law.cycle_time_days == 3
    assert law.valid, law.failed_assumptions


FAILING = [
    # lines | an assumption that must be named
    ({"a": "p01-06 w01-08"}, "too-few-exits"),
    (STEADY | {f"x{at}": "p09-01" for at in range(20)}, "arrivals-differ"),
    (STEADY | {f"x{at}": "p10-0{at}" for at in range(1, 9)}, "wip-drifts"),
    (STEADY | {f"x{at}": "p05-20" for at in range(5)}, "age-drifts"),
    (STEADY | {f"x{at}": "p05-20" for at in range(5)}, "cards-stay"),
]


@pytest.mark.parametrize(("lines", "word"), FAILING, ids=[case[1] for case in FAILING])
def test_littles_law_names_what_fails(lines: dict[str, str], word: str) -> None:
    law = reported({card: line.replace("{at}", card[1:]) for card, line in lines.items()}, "10-26").little
    assert word in law.failed_assumptions
    assert not law.valid


def test_the_age_trend_is_the_age_of_every_card_in_progress() -> None:
    report = reported({"a": "p01-06 q01-08 w01-10", "b": "p01-07 k01-09 q01-12"}, "01-14")
    trend = report.age_trend
    ages = {
        at: (cards, total)
        for at, cards, total in zip(days(day("01-06"), day("01-14")), trend.cards, trend.total, strict=True)
    }
    assert ages[day("01-06")] == (1, 1)
    assert ages[day("01-08")] == (2, 3 + 2)
    assert ages[day("01-09")] == (1, 4)
    assert ages[day("01-10")] == (0, 0)
    assert ages[day("01-14")] == (1, 8)
    assert trend.mean(4) is None


PLAIN = [
    # value, start, target, more is better | light
    (2.0, 1.0, 1.15, True, "green"),
    (1.1, 1.0, 1.15, True, "amber"),
    (0.9, 1.0, 1.15, True, "red"),
    (30, 42, 29.4, False, "amber"),
    (29, 42, 29.4, False, "green"),
    (43, 42, 29.4, False, "red"),
    (1, None, 0, False, "red"),
    (0, None, 0, False, "green"),
    (None, 1.0, 1.15, True, "none"),
    (2.0, 1.0, None, True, "none"),
]


@pytest.mark.parametrize(("value", "start", "target", "up", "expected"), PLAIN)
def test_lights(value: float | None, start: float | None, target: float | None, up: bool, expected: str) -> None:
    assert light(value, start, target, up=up) == expected


RATES = [
    # advanced of n, start, target | light: chance has no colour
    (9, 10, 0.5, 0.55, "green"),
    (6, 10, 0.5, 0.55, "none"),
    (3, 10, 0.5, 0.55, "none"),
    (1, 10, 0.5, 0.55, "red"),
    (0, 0, 0.5, 0.55, "none"),
    (9, 10, None, 0.55, "none"),
]


@pytest.mark.parametrize(("hits", "n", "start", "target", "expected"), RATES)
def test_a_rate_is_coloured_only_where_chance_is_unlikely(
    hits: int, n: int, start: float | None, target: float | None, expected: str
) -> None:
    assert rate_light(rate_of(hits, n), start, target) == expected


def weekly(wins_before: int, wins_now: int) -> dict[str, str]:
    """A board watched for 16 weeks from 6 January to 27 April, with so many wins in either half."""
    lines = {"first": "p01-06"}
    lines |= {f"b{at}": f"p01-06 w01-{7 + at:02d}" for at in range(wins_before)}
    return lines | {f"n{at}": f"p03-03 w03-{4 + at:02d}" for at in range(wins_now)}


def test_throughput_and_cycle_time_against_the_weeks_before() -> None:
    rows = {row.metric: row for row in reported(weekly(8, 12), "04-27").targets if not row.column}
    flow, time = rows["throughput"], rows["cycle_time"]
    assert (flow.value, flow.baseline, flow.n, flow.light) == (1.5, 1.0, 8, "green")
    assert (flow.target, flow.target_high) == (pytest.approx(1.15), pytest.approx(1.3))
    assert (time.baseline, time.value, time.target) == (5, 7, pytest.approx(3.5))
    assert time.light == "red"


def test_without_enough_weeks_before_there_is_no_start_value_and_no_light() -> None:
    rows = {row.metric: row for row in reported(weekly(8, 12), "04-20").targets if not row.column}
    assert (rows["throughput"].baseline, rows["throughput"].light) == (None, "none")


def test_declared_targets_come_first() -> None:
    text = (
        "targets:\n  throughput: {baseline: 2, target: 3, action: pull less}\n"
        "  cycle_time: {baseline: 40, since: 2025-03-03, weeks: 4}\n  card_age: {target: 2}\n"
    )
    config = board_config(text)
    rows = {row.metric: row for row in reported(weekly(8, 12), "04-27", config=config).targets if not row.column}
    flow = rows["throughput"]
    assert (flow.baseline, flow.target, flow.target_high, flow.action, flow.light) == (
        2.0,
        3.0,
        None,
        "pull less",
        "red",
    )
    time = rows["cycle_time"]
    assert (time.baseline, time.target, time.light, time.n) == (40.0, 28.0, "green", 12)
    assert rows["card_age"].light == "green"  # one forgotten card, two are allowed


NOW = [
    # lines, cards | metric, column, value, light
    ({"a": "p03-01 n03-21"}, {}, "negotiation_age", "n", 10, "green"),
    ({"a": "p03-01 n03-20"}, {}, "negotiation_age", "n", 11, "amber"),
    ({"a": "p03-01 n03-10"}, {}, "negotiation_age", "n", 21, "red"),
    ({"a": "p03-01"}, {}, "negotiation_age", "n", None, "none"),
    ({"a": "p03-24"}, {}, "card_age", "", 0, "green"),
    ({"a": "p03-23"}, {}, "card_age", "", 1, "red"),
    ({"a": "p03-01"}, {}, "without_next_action", "", 1.0, "red"),
    ({"a": "p03-01"}, {"next_action": "call"}, "without_next_action", "", 1.0, "red"),
    ({"a": "p03-01"}, {"next_action": "call", "next_action_date": "04-02"}, "without_next_action", "", 0.0, "green"),
    ({"a": "p03-01 w03-02"}, {}, "without_next_action", "", None, "none"),
    ({"a": "p03-01"}, {"amount": 100, "probability": 50}, "weighted_pipeline", "", 50.0, "none"),
]


@pytest.mark.parametrize(("lines", "fields", "metric", "column", "value", "shown"), NOW)
def test_what_is_on_the_day(
    lines: dict[str, str], fields: dict[str, object], metric: str, column: str, value: float | None, shown: str
) -> None:
    rows = reported(lines, "03-31", {"a": card("a", **fields)}).targets
    row = next(row for row in rows if (row.metric, row.column) == (metric, column))
    assert (row.value, row.light) == (value, shown)


AGEING = [
    # entered negotiation | light, tell the manager, age, days in the column
    ("03-25", "green", False, 31, 6),
    ("03-24", "green", True, 31, 7),  # told on day 7, not after it
    ("03-20", "amber", True, 31, 11),
]


@pytest.mark.parametrize(("entered", "shown", "escalate", "age", "column_days"), AGEING)
def test_the_manager_is_told_apart_from_the_light(
    entered: str, shown: str, escalate: bool, age: int, column_days: int
) -> None:
    (one,) = reported({"a": f"p03-01 n{entered}"}, "03-31").age
    assert (one.light, one.escalate) == (shown, escalate)
    assert (one.clocks.age_days, one.clocks.column_days) == (age, column_days)


def test_a_window_before_is_as_long_and_ends_the_day_before() -> None:
    assert window_before(Window(date(2025, 3, 31), date(2025, 3, 1))) == Window(date(2025, 2, 28), date(2025, 1, 29))
