"""The value bridge adds up: by hand on small changes, and on random pairs of boards against plain sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.review.comparison import compare
from kanban.review.value_bridge import STEPS, bridges, without_amount
from tests.boards import board_of, card_text


def bridge_of(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, tuple[int, dict[str, int], int]]:
    found = bridges(compare(board_of(before), board_of(after)))
    assert all(bridge.reconciles for bridge in found)
    return {
        bridge.currency: (
            int(bridge.start),
            {name: int(value) for name, value in bridge.steps.items() if value},
            int(bridge.end),
        )
        for bridge in found
    }


def card(amount: str = "", **fields: str) -> bytes:
    return card_text(amount=amount, **fields)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, {}),
        ({"prospects/a.md": card("100")}, {"prospects/a.md": card("100")}, {"EUR": (100, {}, 100)}),
        ({}, {"prospects/a.md": card("100")}, {"EUR": (0, {"new": 100}, 100)}),
        ({"prospects/a.md": card("100")}, {"offre/a.md": card("130")}, {"EUR": (100, {"increased": 30}, 130)}),
        ({"offre/a.md": card("100")}, {"gagne/a.md": card("100")}, {"EUR": (100, {"won": 100}, 0)}),
        ({"offre/a.md": card("100")}, {"gagne/a.md": card("90")}, {"EUR": (100, {"decreased": 10, "won": 90}, 0)}),
        ({"offre/a.md": card("100")}, {"perdu/a.md": card("100")}, {"EUR": (100, {"lost": 100}, 0)}),
        ({"offre/a.md": card("100")}, {"nurturing/a.md": card("100")}, {"EUR": (100, {"parked": 100}, 0)}),
        ({"nurturing/a.md": card("100")}, {"offre/a.md": card("80")}, {"EUR": (0, {"reopened": 80}, 80)}),
        ({"offre/a.md": card("100")}, {}, {"EUR": (100, {"removed": 100}, 0)}),
        (
            {"offre/a.md": card("100")},
            {"offre/a.md": card("100 CHF")},
            {"CHF": (0, {"increased": 100}, 100), "EUR": (100, {"decreased": 100}, 0)},
        ),
        (
            {"offre/a.md": card("100")},
            {"offre/b.md": card("120", formerly="[a]")},
            {"EUR": (100, {"increased": 20}, 120)},
        ),
    ],
)
def test_each_step(before: dict[str, bytes], after: dict[str, bytes], expected: object) -> None:
    assert bridge_of(before, after) == expected


def test_a_card_without_amount_counts_as_zero_and_is_named() -> None:
    comparison = compare(board_of({}), board_of({"prospects/a.md": card(), "prospects/b.md": card("5")}))
    assert without_amount(comparison) == ("a",)
    assert [bridge.end for bridge in bridges(comparison)] == [Decimal(5)]


def test_a_move_with_a_heavy_edit_is_one_move() -> None:
    after = card_text("\n".join(f"line {number}" for number in range(50)), amount="7", owner="Zoé", contact="M. Roy")
    (pair,) = compare(board_of({"prospects/a.md": card("7")}), board_of({"qualifies/a.md": after})).changed
    assert (pair.is_move, pair.column_before, pair.column_after) == (True, "prospects", "qualifies")
    assert [(change.key, change.old, change.new) for change in pair.fields()] == [
        ("owner", "", "Zoé"),
        ("contact", "", "M. Roy"),
    ]


PLACES = st.sampled_from(["prospects", "qualifies", "offre", "gagne", "perdu", "nurturing"])
AMOUNTS = st.one_of(
    st.just(""), st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02d} EUR"), st.just("12 CHF")
)
BOARDS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(PLACES, AMOUNTS), max_size=8)


@settings(max_examples=200, deadline=None)
@given(before=BOARDS, after=BOARDS)
def test_every_bridge_reconciles_to_the_cent(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> None:
    boards = [
        board_of({f"{place}/{name}.md": card(amount) for name, (place, amount) in side.items()})
        for side in (before, after)
    ]
    for bridge in bridges(compare(*boards)):
        sums = [
            sum(
                (c.amount.amount for c in board.open_cards if c.amount and c.amount.currency == bridge.currency),
                Decimal(0),
            )
            for board in boards
        ]
        assert [bridge.start, bridge.end] == sums
        assert bridge.reconciles
        assert all(bridge.steps[name] >= 0 for name in STEPS)
