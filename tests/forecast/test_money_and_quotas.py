"""Money as sums of whole deals, quotas with their pace, what-ifs, the stress test: small boards worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from kanban.forecast.evidence import evidence_known
from kanban.forecast.forecast import Forecast, build_forecast
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import mean
from kanban.forecast.money_sums import sum_of
from kanban.forecast.quota import _row, attainments
from kanban.forecast.stress import stress
from kanban.forecast.whatif import limit_wip
from kanban.metrics.base.window import Window
from kanban.model.settings.policies import Quota
from tests.boards import board_of
from tests.forecast.telling import TRACK, told

DEALS = [
    # amounts with their probabilities
    [("1000", "0.5")],
    [("28000", "0.4"), ("5000", "0.9"), ("12000.50", "0.25")],
    [("10", "1"), ("20", "0"), ("30", "0.5")],
    [],
]


@pytest.mark.parametrize("deals", DEALS, ids=len)
def test_a_sum_of_whole_deals_is_every_combination(deals: list[tuple[str, str]]) -> None:
    known = [(Decimal(amount), Decimal(chance)) for amount, chance in deals]
    found = sum_of(known)
    assert found.expected == sum((amount * chance for amount, chance in known), Decimal(0))
    outcomes = []
    for won in product((True, False), repeat=len(known)):
        weight, total = 1.0, Decimal(0)
        for (amount, chance), yes in zip(known, won, strict=True):
            weight *= float(chance if yes else 1 - chance)
            total += amount if yes else 0
        outcomes.append((total, weight))
    for percent, value in found.quantiles.items():
        below = 0.0
        for total, weight in sorted(outcomes):
            below += weight
            if below >= percent / 100 - 1e-9:
                # amounts that share no coarse grid are rounded to a 4000th of their total
                assert abs(value - total) <= sum(amount for amount, _chance in known) / 4000
                break


CONFIG = """\
title: T
columns:
  - {key: p, name: P}
  - {key: o, name: O, wip: 3}
  - {key: n, name: N, wip: 2}
  - {key: w, name: W, kind: won}
  - {key: l, name: L, kind: lost}
quotas:
  - {period: 2025-Q1, wins: 9, amount: 90000}
  - {period: 2025-Q1, wins: 4, owner: Zoé}
  - {period: nonsense, wins: 1}
"""

LINES = {
    "a": "p01-06 o01-10 n01-15 w01-20",
    "b": "p01-06 o01-12 n01-20 w01-30",
    "c": "p01-13 o01-20 n01-27 w02-06",
    "d": "p01-13 o01-20 l02-01",
    "e": "p01-20 o01-30 n02-05",
    "f": "p01-27 o02-10",
    "g": "p02-10",
}


@pytest.fixture(scope="module")
def forecast() -> Forecast:
    return forecast_on(date(2025, 2, 14))


def forecast_on(day: date) -> Forecast:
    columns = {"a": "w", "b": "w", "c": "w", "d": "l", "e": "n", "f": "o", "g": "p"}
    fields = {"e": "close_date: 2025-03-10\n", "f": "close_date: 2025-02-01\n", "g": ""}
    cards = {
        f"{column}/{card}.md": f"---\naccount: {card}\nowner: {'zoe' if card in 'ab' else 'Karim'}\namount: 10000\n"
        f"probability: 50%\n{fields.get(card, '')}---\n"
        for card, column in columns.items()
    }
    board = board_of(cards, CONFIG, today=day)
    return build_forecast(told(LINES), board.config, board, day)


def test_quotas(forecast: Forecast) -> None:
    assert [one.reach for one in forecast.quotas] == [None, None, None]  # five complete weeks: no forecast yet
    team, money, hers = attainments(forecast.ledger, forecast.outlook)
    assert (team.won, team.missing, team.target) == (3, 6, 9)
    assert team.pace == Decimal("4.50")  # 45 of 90 days
    assert (team.light, hers.light, money.light) == ("red", "green", "red")
    assert (hers.won, hers.owner, hers.reach) == (2, "Zoé", None)
    assert team.reach is not None
    assert 0 < team.reach < 1
    assert (money.won, money.open_raw, money.open_weighted) == (30000, 30000, Decimal("15000.0"))
    assert money.coverage == Decimal(15000) / Decimal(60000)


@pytest.mark.parametrize(
    ("day", "lately"), [(14, (0, 0, 0)), (12, (1, 10_000, 0)), (6, (1, 10_000, 0)), (5, (1, 10_000, 1))]
)
def test_of_what_was_won_a_week_says_how_much_it_brought(day: int, lately: tuple[int, int, int]) -> None:
    assert tuple(one.lately for one in forecast_on(date(2025, 2, day)).quotas) == lately


def test_a_pace_that_is_kept_is_no_green_light_where_the_pipeline_is_too_small() -> None:
    span, day = Window(since=date(2025, 1, 1), until=date(2025, 3, 31)), date(2025, 2, 14)
    quota = Quota(period="2025-Q1", amount=Decimal(50000))
    words = (quota, span, date(2025, 1, 1), "amount", Decimal(50000), Decimal(30000), day, None, None)
    lights = [_row(*words, weighted).light for weighted in (Decimal(19999), Decimal(20000), None)]
    assert lights == ["amber", "green", "green"]


def test_money_by_close_month(forecast: Forecast) -> None:
    (euros,) = forecast.money
    assert list(euros.months) == ["past_due", "2025-03", "undated"]
    march = euros.months["2025-03"]
    assert (march.expected, march.quantiles) == (Decimal("5000.0"), {10: 0, 50: 0, 90: 10000})
    assert euros.ahead.deals == 3


def test_dropping_a_card_takes_its_chance_by_the_say_of_the_card_model(forecast: Forecast) -> None:
    found = forecast.drop(("e",))
    assert found is not None
    assert forecast.origin is not None
    assert found.say == forecast.origin.weights["cards"] > 0.2
    assert 0 < mean(found.before) - mean(found.after) < 2 * found.say * found.chances["e"]
    nothing = forecast.drop(())
    assert nothing is not None
    assert nothing.after == nothing.before


def test_a_limit_that_never_binds_changes_nothing_and_a_tight_one_costs(forecast: Forecast) -> None:
    for before, after in limit_wip(forecast.model, "n", 1000, None).readings.values():
        assert before == after
    tight = limit_wip(forecast.model, "n", 1, 1000)
    own, shared = tight.readings["own"], tight.readings["shared"]
    assert own[1].wins < own[0].wins
    assert own[0].wins - own[1].wins > shared[0].wins - shared[1].wins
    assert shared[1].days is not None
    assert shared[0].days is not None
    assert shared[1].days <= shared[0].days


STRESS = [
    # cards in the last column now, beside one that stood there for the two weeks before | stressed
    (1, False),
    (2, True),
]


@pytest.mark.parametrize(("now", "stressed"), STRESS)
def test_stress(now: int, stressed: bool) -> None:
    cards = {"old": "n01-06"} | {f"c{at}": "p01-06 n01-20" for at in range(now - 1)}
    found = stress(evidence_known(told(cards), TRACK, date(2025, 1, 20)))
    assert (found.w, found.history, found.weeks) == (now, 1.0, 2)
    assert found.stressed is stressed


def test_one_and_a_half_times_is_not_above() -> None:
    history = told({"a": "n01-06", "b": "n01-06", "c": "p01-06 n01-13", "d": "p01-06 n01-13"})
    found = stress(evidence_known(history, TRACK, date(2025, 1, 12)))
    assert (found.w, found.history) == (2, 2.0)
    three = told({"a": "n01-06", "b": "n01-06", "c": "p01-06 n01-13"})
    assert stress(evidence_known(three, TRACK, date(2025, 1, 13))).stressed is False
    assert stress(evidence_known(history, TRACK, date(2025, 1, 13))).stressed is True


def test_chances_grow_with_the_horizon_and_never_pass_one(forecast: Forecast) -> None:
    model: CardModel = forecast.model
    for card in model.places:
        chances = [model.chances(days)[card] for days in (0, 7, 28, 91, 364)]
        assert chances == sorted(chances)
        assert chances[0] == 0.0
        assert chances[-1] <= 1.0
    found = model.chances(28)
    assert found["e"] > found["f"] > found["g"]


def test_when_is_the_first_week_that_is_likely_enough(forecast: Forecast) -> None:
    found = forecast.when(3)
    days = [found.by[level] for level in (50, 85, 95)]
    assert all(day is not None for day in days)
    assert days == sorted(day for day in days if day)
    assert forecast.when(100_000).by == {50: None, 85: None, 95: None}
