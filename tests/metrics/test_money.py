"""Weighted pipeline, velocity, loss reasons, slips and blocks, from literal cards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kanban.metrics.cards.slip import slip_of
from kanban.metrics.document import decimal_text
from tests.metrics.telling import board_config, card, cards_of, day, reported

PIPELINE = [
    # card's fields | buckets in euros
    (
        {"amount": 28000, "probability": 40, "close_date": "10-30"},
        {"total": "11200", "2025-10": "11200", "2025-Q4": "11200"},
    ),
    ({"amount": 28000, "probability": 40, "close_date": "10-04"}, {"total": "11200", "past_due": "11200"}),
    ({"amount": 28000, "probability": 40, "close_date": "10-05"}, {"total": "11200", "2025-10": "11200"}),
    ({"amount": 28000, "probability": 40}, {"total": "11200", "undated": "11200"}),
    ({"amount": 28000, "probability": 0}, {"total": "0", "undated": "0"}),
    ({"amount": "0.10", "probability": 33}, {"total": "0.033"}),
    ({"amount": 28000}, None),
    ({"probability": 40}, None),
    ({}, None),
]


@pytest.mark.parametrize(("fields", "buckets"), PIPELINE, ids=[str(case[0]) for case in PIPELINE])
def test_one_card_in_the_weighted_pipeline(fields: dict[str, object], buckets: dict[str, str] | None) -> None:
    found = reported({"a": "n09-01"}, "10-05", {"a": card("a", **fields)}).weighted_pipeline
    assert found.incomplete == (() if buckets else ("a",))
    if not buckets:
        assert found.currencies == {}
        return
    one = found.currencies["EUR"]
    sums = {"total": one.total, "past_due": one.past_due, "undated": one.undated, **one.months, **one.quarters}
    for bucket, amount in buckets.items():
        assert sums[bucket] == Decimal(amount)
    assert one.total == one.past_due + one.undated + sum(one.months.values())
    assert sum(one.months.values()) == sum(one.quarters.values())


def test_currencies_are_never_added_and_closed_cards_are_out() -> None:
    lines = {"a": "n09-01", "b": "n09-01", "c": "n09-01 w09-02"}
    fields: dict[str, object] = {"amount": "100 USD", "probability": 50}
    cards = {"a": card("a", **fields), "b": card("b", amount=100, probability=10), "c": card("c", **fields)}
    found = reported(lines, "10-05", cards).weighted_pipeline.currencies
    assert {currency: one.total for currency, one in found.items()} == {"EUR": Decimal(10), "USD": Decimal(50)}


def test_a_columns_probability_stands_in_and_the_fiscal_year_names_quarters() -> None:
    config = board_config("calendar: {fiscal_year_start: 4}\n")
    assert reported({"a": "q09-01"}, "10-05", cards_of(a={"amount": 100}), config=config).weighted_pipeline.incomplete
    text = b"timezone: Europe/Paris\ncalendar: {fiscal_year_start: 4}\ncolumns: [{key: q, probability: 20 %}, {key: w, kind: won}]\n"
    from kanban.model.settings.board_yml import read_config

    own = read_config(text)[0]
    assert own is not None
    cards = cards_of(a={"amount": 100, "close_date": "2026-02-01"})
    one = reported({"a": "q09-01"}, "10-05", cards, config=own).weighted_pipeline.currencies["EUR"]
    assert (one.total, dict(one.quarters)) == (Decimal(20), {"2025-Q4": Decimal(20)})


@pytest.mark.parametrize(
    ("value", "text"),
    [("11200.0", "11200.00"), ("0", "0.00"), ("0.033", "0.033"), ("1E+3", "1000.00"), ("2.50000", "2.50")],
)
def test_amounts_are_exact_decimal_texts(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


def test_velocity_and_its_check() -> None:
    lines = {"a": "p01-01 w01-11", "b": "p01-01 w01-31", "c": "p01-01 l01-21", "d": "p01-01 q01-02", "e": "p01-01"}
    cards = {name: card(name, amount=amount) for name, amount in zip("abcde", (1000, 3000, 500, 800, 800), strict=True)}
    one = reported(lines, "01-31", cards).velocity[0]
    assert (one.qualified, one.win_rate, one.mean_won) == (1, pytest.approx(2 / 3), Decimal(2000))  # e is not qualified
    assert one.mean_days == pytest.approx(20)
    assert one.per_day == pytest.approx(1 * 2 / 3 * 2000 / 20)
    assert one.won_per_day == pytest.approx(4000 / 31)
    assert one.steady is False
    assert reported({"d": "q01-02"}, "01-31", cards).velocity[0].per_day is None


def test_loss_reasons() -> None:
    lines = {
        "a": "p01-06 o01-07 l01-20",
        "b": "n01-06 l01-20",
        "c": "p01-06 l01-21",
        "d": "l01-06",
        "e": "q01-06 w01-07",
    }
    cards = cards_of(
        a={"lost_reason": "price", "amount": 100}, b={"lost_reason": "price", "amount": 50}, c={"lost_reason": "fit"},
        d={}, e={"lost_reason": "price"},
    )  # fmt: skip
    price, fit, none = reported(lines, "01-31", cards).loss_reasons
    assert (price.reason, price.count, dict(price.columns)) == ("price", 2, {"o": 1, "n": 1})
    assert dict(price.amounts) == {"EUR": Decimal(150)}
    assert (fit.reason, none.reason, dict(none.columns)) == ("fit", "", {"": 1})


SLIPS = [
    # close dates in the order they were written | pushes, delays, pull-ins, days, flagged
    (["10-30"], (0, 0, 0, 0, False)),
    (["10-15", "10-30"], (0, 1, 0, 15, False)),
    (["10-30", "11-01"], (1, 0, 0, 2, False)),
    (["10-30", "11-30", "12-30", "2026-01-30"], (3, 0, 0, 92, True)),
    (["12-30", "2026-01-02"], (1, 0, 0, 3, False)),
    (["11-30", "10-30"], (0, 0, 1, -31, False)),
    (["10-30", None, "11-30"], (1, 0, 0, 31, False)),
    (["10-30", "10-30"], (0, 0, 0, 0, False)),
    ([None, None], None),
]


@pytest.mark.parametrize(("dates", "expected"), SLIPS)
def test_slips(dates: list[str | None], expected: tuple[int, int, int, int, bool] | None) -> None:
    days = [day(text) if text else None for text in dates]
    found = slip_of("a", days, days[-1], 3)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.pushes, found.delays, found.pull_ins, found.days, found.flagged) == expected


def test_slips_come_from_the_versions_of_open_cards() -> None:
    versions = {f"a-{at}": card("a", close_date=text) for at, text in enumerate(("01-31", "02-28", "03-31"))}
    lines = {"a": "p01-06 =01-20 q02-10", "b": "p01-06 w01-07"}
    (slip,) = reported(lines, "02-20", versions=versions).slips
    assert (slip.card, slip.first, slip.current, slip.pushes) == ("a", day("01-31"), day("03-31"), 2)
    (earlier,) = reported(lines, "01-25", versions=versions).slips
    assert (earlier.current, earlier.pushes) == (day("02-28"), 1)


BLOCKS: list[tuple[str, dict[int, tuple[str, str]], list[tuple[str, str, str, int]]]] = [
    # the card's line, and which of its versions carry a block (since, cause) | cause, since, until, days
    ("q01-20 =01-23 =01-30", {1: ("01-23", "legal")}, [("legal", "01-23", "01-30", 7)]),
    ("q01-20 =01-23", {1: ("01-23", "legal")}, [("legal", "01-23", "01-31", 8)]),  # still blocked
    ("q01-20 =01-25 =01-30", {1: ("01-22", "legal")}, [("legal", "01-22", "01-30", 8)]),  # dated back
    ("q01-20 =01-25 =01-30", {1: ("", "legal")}, [("legal", "01-25", "01-30", 5)]),  # without a date
    ("q01-20 =01-25 =01-30", {1: ("01-10", "legal")}, [("legal", "01-20", "01-30", 10)]),  # not before it was there
    (
        "q01-20 =01-22 =01-24",
        {1: ("01-22", "a"), 2: ("01-22", "b")},
        [("a", "01-22", "01-24", 2), ("b", "01-24", "01-31", 7)],
    ),
    (
        "q01-20 =01-22 w01-26",
        {1: ("01-22", "a"), 2: ("01-22", "a")},
        [("a", "01-22", "01-26", 4)],
    ),  # closed, label left on
    # a block dated back into the one before counts from where that ended
    (
        "q01-20 =01-22 =01-24 =01-26",
        {1: ("01-22", "a"), 3: ("01-22", "b")},
        [("a", "01-22", "01-24", 2), ("b", "01-24", "01-31", 7)],
    ),
    ("q01-20 =01-22 r01-26 =01-28", {1: ("01-22", "a"), 2: ("01-22", "a")}, [("a", "01-22", "01-28", 6)]),
]


@pytest.mark.parametrize(("line", "blocked", "expected"), BLOCKS, ids=[str(at) for at in range(len(BLOCKS))])
def test_blocks(line: str, blocked: dict[int, tuple[str, str]], expected: list[tuple[str, str, str, int]]) -> None:
    versions = {f"a-{at}": card("a") for at in range(4)}
    for at, (since, cause) in blocked.items():
        fields = {"blocked_cause": cause} | ({"blocked_since": since} if since else {})
        versions[f"a-{at}"] = card("a", **fields)
    spells = reported({"a": line}, "01-31", versions=versions).block_spells
    assert [(one.cause, one.since, one.until, one.days) for one in spells] == [
        (cause, day(since), day(until), days) for cause, since, until, days in expected
    ]


def test_blockers_group_causes_whatever_their_case() -> None:
    versions = {"a-0": card("a", blocked_cause="Legal review"), "b-0": card("b", blocked_cause="legal review ")}
    lines = {"a": "q01-21", "b": "q01-26"}
    (one,) = reported(lines, "01-31", versions=versions).blockers
    assert (one.cause, one.count, one.days, one.cards) == ("Legal review", 2, 15, ("a", "b"))
