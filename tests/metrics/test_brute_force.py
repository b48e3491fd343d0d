"""Random histories: every figure against the slow replay, and the identities that hold whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.metrics.base.incidence import Watch, incidence
from kanban.metrics.base.ledger import Ledger, open_ledger
from kanban.metrics.base.window import Window
from kanban.metrics.flow.stock import stock
from kanban.metrics.flow.throughput import throughput
from kanban.metrics.flow.time_in_column import days_by_column
from kanban.metrics.report import Report, build_report
from kanban.model.cards.board import Board
from kanban.model.history.events import Event, History
from kanban.model.settings.board_yml import BoardConfig
from tests.metrics import brute_force
from tests.metrics.brute_force import OPEN, Film
from tests.metrics.telling import CONFIG, PARIS, board_config

COLUMNS = "pqronwlk"
EPOCH = datetime(2025, 3, 1, 12, tzinfo=PARIS)

steps = st.tuples(
    st.sampled_from(["a", "b", "c", "d"]),
    st.one_of(st.sampled_from(COLUMNS), st.sampled_from("pqron"), st.sampled_from(["w", "=", "-"])),
    st.sampled_from([0, 0, 1, 3600, 40_000, 86_400, 3 * 86_400, 9 * 86_400]),
)
histories = st.lists(steps, max_size=40)


def film(moves: list[tuple[str, str, int]]) -> tuple[History, Film]:
    """The same story as events of the product and as moves of the replay; it crosses the night of 30 March 2025."""
    events: list[Event] = []
    told: list[brute_force.Move] = []
    where: dict[str, str | None] = {}
    at = EPOCH
    for card, step, wait in moves:
        at = (at + timedelta(seconds=wait)).astimezone(PARIS)
        before = where.get(card)
        if (step == "=" and before is None) or (step == "-" and before is None) or step == before:
            continue
        kind = "edited" if step == "=" else "removed" if step == "-" else "moved" if before else "created"
        after = before if step == "=" else None if step == "-" else step
        order = len(events)
        events.append(
            Event(card, kind, before, after, at, at, "Zoé", f"{order:040d}", f"{after}/{card}.md",
                  "" if step == "-" else f"{card}{order}", order=order)
        )  # fmt: skip
        if step != "=":
            told.append((at, card, after))
            where[card] = after
    as_of = (at + timedelta(days=5)).date()
    return History(tuple(events), head="0" * 40), Film(told, as_of)


def ledger_of(history: History, as_of: date, config: BoardConfig = CONFIG) -> Ledger:
    return open_ledger(Board(config, ()), history, as_of)


def report_of(history: History, as_of: date, config: BoardConfig = CONFIG) -> Report:
    return build_report(ledger_of(history, as_of, config))


@settings(max_examples=120, deadline=None)
@given(histories)
def test_every_figure_equals_the_replay(moves: list[tuple[str, str, int]]) -> None:
    history, slow = film(moves)
    report = report_of(history, slow.as_of)
    if not slow.moves:
        assert report.wip.total == 0
        return
    assert report.wip.total == slow.wip(slow.as_of)
    assert list(report.stock.total(OPEN)) == [slow.wip(day) for day in slow.days()]
    assert sorted(one.days for one in report.cycle_time.cards if one.outcome == "won") == slow.cycle_times()
    for percent in (50, 70, 85, 95):
        found = getattr(report.cycle_time.won, f"p{percent}")
        assert found == brute_force.percentile(slow.cycle_times(), percent)
    for one in report.conversion:
        assert (one.entered, one.advanced, one.exited, one.open) == slow.conversion(one.column)
    assert [week.monday for week in report.throughput.weeks] == slow.mondays()
    assert [week.won for week in report.throughput.weeks] == [slow.wins_in_week(day) for day in slow.mondays()]
    for card, journey in report.ledger.journeys.items():
        assert (journey.outcome, journey.ended, journey.started) == (*slow.outcome(card), slow.start(card))
        assert days_by_column(journey) == slow.time_in(card)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_daily_stock_adds_up_to_the_days_of_stays(moves: list[tuple[str, str, int]]) -> None:
    history, slow = film(moves)
    report = report_of(history, slow.as_of)
    for column in COLUMNS:
        days = sum(
            stay.days(report.as_of) + (stay.until is None)  # the day that goes on counts too
            for journey in report.journeys
            for stay in journey.stays
            if stay.column == column
        )
        assert sum(report.stock.counts[column]) == days


@settings(max_examples=60, deadline=None)
@given(histories)
def test_time_in_columns_adds_up_to_the_elapsed_time(moves: list[tuple[str, str, int]]) -> None:
    history, slow = film([move for move in moves if move[1] != "-"])
    for journey in report_of(history, slow.as_of).journeys:
        if journey.start is not None and journey.day_difference is not None:
            begun = replace(journey, stays=tuple(stay for stay in journey.stays if stay.entered >= journey.start))
            assert sum(days_by_column(begun).values()) == journey.day_difference


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from([CONFIG, board_config("commitment: r\n")]))
def test_cumulative_lines_never_fall_cross_or_change_later(
    moves: list[tuple[str, str, int]], config: BoardConfig
) -> None:
    history, slow = film(moves)
    lines = report_of(history, slow.as_of, config).cumulative_flow
    exits = [sum(day) for day in zip(*lines.departed.values(), strict=True)]
    series = [list(line) for line in lines.reached.values()] + [exits]
    for line in series:
        assert line == sorted(line)
    for upper, lower in pairwise(series):
        assert all(above >= below for above, below in zip(upper, lower, strict=True))
    earlier = report_of(history, slow.as_of - timedelta(days=7), config).cumulative_flow
    for column, line in earlier.reached.items():
        assert lines.reached[column][: len(line)] == line


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 60))
def test_adjacent_windows_add_up(moves: list[tuple[str, str, int]], cut: int) -> None:
    history, slow = film(moves)
    ledger = ledger_of(history, slow.as_of)
    middle = EPOCH.date() + timedelta(days=cut)
    if middle >= slow.as_of:
        return
    found = list(ledger.journeys.values())
    whole = throughput(found, ledger.first, Window(slow.as_of))
    parts = (Window(middle), Window(slow.as_of, middle + timedelta(days=1)))
    counted = [throughput(found, ledger.first, window) for window in parts]
    for kind in ("won", "lost", "parked", "deleted"):
        assert sum(getattr(part, kind) for part in counted) == getattr(whole, kind)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_what_was_true_on_a_day_stays_true(moves: list[tuple[str, str, int]]) -> None:
    """The stock of an earlier day is the same whether asked then or later."""
    history, slow = film(moves)
    later = ledger_of(history, slow.as_of)
    day = slow.as_of - timedelta(days=9)
    then = ledger_of(history, day)
    if then.first is None:
        return
    now = stock(later.journeys.values(), COLUMNS, later.first, later.as_of)
    assert now.on(day) == stock(then.journeys.values(), COLUMNS, then.first, day).on(day)


watches = st.lists(st.tuples(st.integers(0, 120), st.sampled_from(["hit", "other", "open"])), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(watches, st.integers(0, 120))
def test_incidence_equals_the_share_with_weights_handed_on(cards: list[tuple[int, str]], horizon: int) -> None:
    found = incidence((Watch(days, end) for days, end in cards), horizon)
    assert found.rate == pytest.approx(brute_force.incidence(cards, horizon), abs=1e-9)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.rate + 1e-12
    assert found.rate - 1e-12 <= found.high <= 1
