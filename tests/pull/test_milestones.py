"""The dated events of a sale, from literal standings; and that everybody who speaks of them says the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kanban.model.cards.board import Board
from kanban.pull.milestones import Standing, milestones
from tests.boards import board_of, card_text

CONFIG = (
    "title: P\ncolumns: [{key: rdv, stage: meeting, dod: [{id: meeting-held}]},"
    " {key: offre, follow_up: [2, 7], dod: [{id: receipt-acknowledged}]}, {key: nego, escalate: 7},"
    " {key: gagne, kind: won}]\n"
)
DAY = date(2026, 9, 21)


def stood(day: int, column: str, acted: bool = True, **fields: str) -> Standing:
    """How the card stood from the given day after Monday the 21st on."""
    board: Board = board_of({f"{column}/a.md": card_text(**fields)}, CONFIG)
    (card,) = board.cards
    return Standing(DAY + timedelta(days=day), board.column_of(card), card, acted)


CASES: list[tuple[str, list[tuple[int, str, bool, dict[str, str]]], list[tuple[str, int]]]] = [
    ("nothing", [(0, "rdv", True, {})], []),
    (
        "held and told",
        [
            (0, "rdv", True, {"next_action_date": "2026-09-24T10:00"}),
            (4, "rdv", True, {"next_action_date": "2026-09-28"}),
        ],
        [("meeting-held", 3), ("meeting-held", 7)],
    ),
    (
        "put off",
        [
            (0, "rdv", True, {"next_action_date": "2026-09-24T10:00"}),
            (2, "rdv", True, {"next_action_date": "2026-10-30T10:00"}),
        ],
        [("meeting-put-off", 2)],
    ),
    (
        "put off on its own day, then held and told on it",
        [
            (0, "rdv", True, {"next_action": "demo", "next_action_date": "2026-09-24T10:00"}),
            (3, "rdv", True, {"next_action": "demo", "next_action_date": "2026-09-25T10:00"}),
            (4, "rdv", True, {"next_action": "send it", "next_action_date": "2026-09-30", "dod": "[meeting-held]"}),
        ],
        [("meeting-put-off", 3), ("meeting-held", 4), ("meeting-held", 9)],
    ),
    (
        "a changed tag is no follow-up",
        [(0, "offre", True, {}), (3, "offre", False, {"tags": "x"}), (8, "offre", True, {})],
        [("offer-sent", 0), ("followed-up", 8), ("followed-up", 8)],
    ),
    (
        "followed up on each day, acknowledged between",
        [
            (0, "offre", True, {}),
            (2, "offre", True, {}),
            (3, "offre", True, {"dod": "[receipt-acknowledged]"}),
            (7, "offre", True, {"dod": "[receipt-acknowledged]"}),
        ],
        [("offer-sent", 0), ("followed-up", 2), ("receipt-acknowledged", 3), ("followed-up", 7)],
    ),
    (
        "the offer's own day counts",
        [(4, "offre", True, {"offer_date": "2026-09-21"}), (7, "nego", True, {"offer_date": "2026-09-21"})],
        [("offer-sent", 0), ("followed-up", 7), ("followed-up", 7)],
    ),
    (
        "told to the manager once",
        [
            (0, "nego", True, {}),
            (7, "nego", True, {"escalated": "2026-09-28"}),
            (9, "nego", True, {"escalated": "2026-09-28", "tags": "x"}),
        ],
        [("escalated", 7)],
    ),
]


@pytest.mark.parametrize(("past", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_happened_and_when(past: list[tuple[int, str, bool, dict[str, str]]], said: list[tuple[str, int]]) -> None:
    standings = [stood(day, column, acted, **fields) for day, column, acted, fields in past]
    found = milestones(board_of({}, CONFIG).config, standings, DAY + timedelta(days=14))
    assert [(one.kind, (one.on - DAY).days) for one in found] == said


def test_what_has_not_come_yet_is_not_told() -> None:
    past = [stood(0, "rdv", next_action_date="2026-09-24T10:00"), stood(1, "offre")]
    config = board_of({}, CONFIG).config
    assert [one.kind for one in milestones(config, past, DAY)] == []
    assert [one.kind for one in milestones(config, past, DAY + timedelta(days=1))] == ["offer-sent"]


def test_a_report_within_a_day_is_known_from_when_it_was_told() -> None:
    config = board_of({}, CONFIG).config
    for after, told in ((0, 3), (1, 4), (5, 8)):
        past = [stood(0, "rdv", next_action_date="2026-09-24"), stood(3 + after, "offre")]
        held = next(one for one in milestones(config, past, DAY + timedelta(days=20)) if one.kind == "meeting-held")
        assert held.told == DAY + timedelta(days=told)
