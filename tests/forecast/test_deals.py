"""What people said of single deals against what came: probabilities, months, days, on a few deals told literally."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kanban.forecast.deals import DealRecord, Month, Slip, deals_of, late_by
from kanban.metrics.base.ledger import open_ledger
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.model.typed.values import Money
from tests.boards import board_of
from tests.forecast.telling import told

CONFIG = """\
title: T
columns:
  - {key: p, name: P}
  - {key: o, name: O}
  - {key: n, name: N}
  - {key: w, name: W, kind: won}
  - {key: l, name: L, kind: lost}
"""

LINES = {
    "a": "p01-06 o01-20 w02-10",  # 20 %, then 40 %; to close in February, and did
    "b": "p01-06 o01-20 l02-12",  # 20 %, then 40 %; lost
    "c": "p01-06 o01-20 w03-04",  # the same, won a month late
    "d": "p01-06 o01-20",  # still open
}


def record() -> DealRecord:
    events = []
    versions = {}
    for event in told(LINES).events:
        chance = Decimal("0.4") if event.to_column != "p" else Decimal("0.2")
        if event.to_column in "wl":
            chance = Decimal(1)  # written once the deal was closed: no forecast
        values = {"probability": chance, "amount": Money(Decimal(1000), "EUR"), "close_date": date(2025, 2, 20)}
        events.append(event)
        versions[event.blob] = Card(event.card, event.to_column or "", event.path, event.card, values=values)
    history = History(tuple(events))
    board = board_of({}, CONFIG, today=date(2025, 3, 31))
    return deals_of(open_ledger(board, history, date(2025, 3, 31), versions=versions))


def test_probabilities_count_once_per_deal_that_has_ended() -> None:
    found = record()
    assert [(round(one.said, 6), one.came.n, one.came.rate) for one in found.bins] == [
        (0.2, 3, pytest.approx(2 / 3)),
        (0.4, 3, pytest.approx(2 / 3)),
    ]
    assert found.brier == pytest.approx((2 * 0.64 + 0.04 + 2 * 0.36 + 0.16) / 6)


def test_a_month_is_what_was_said_the_day_before_it_and_what_came_in_it() -> None:
    assert record().months == (Month("EUR", "2025-02", 4, Decimal("1600.0"), Decimal(1000)),)


def test_few_deals_say_nothing_of_delays() -> None:
    found = record()
    assert (found.dated, found.late_p50, found.late_p90) == (3, None, None)


def test_delays_count_open_deals_as_late_at_least_so_far() -> None:
    """Of twenty, ten were won after 1 … 10 days and ten are open and ten days late: half were won by the tenth."""
    slips = [Slip(day, True) for day in range(1, 11)] + [Slip(10, False)] * 10
    assert (late_by(slips, 0.5), late_by(slips, 0.25), late_by(slips, 0.9)) == (10, 5, None)
    assert late_by(slips[:19], 0.1) is None
