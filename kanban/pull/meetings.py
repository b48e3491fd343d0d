"""Days of meetings: how many fit into one (D37, D56), and which are over and wait for their outcome (D14, D19)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.nextaction import is_overdue
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class FullDay:
    """A day with more meetings planned than the board allows, in the order in which they are held.

    `free` is the next working day that can hold one more.
    """

    day: date
    cards: tuple[Card, ...]
    limit: int
    free: date


def most_meetings(config: BoardConfig) -> int:
    """Meetings that may be planned on one day."""
    return config.policies.meetings_per_day


def is_meeting(board: Board, card: Card) -> bool:
    """Whether the card's next action is a meeting: it stands in a column of that stage."""
    return board.column_of(card).effective_stage == "meeting"


def is_held(board: Board, card: Card, today: date) -> bool:
    """Whether the day of the card's meeting lies before `today`: was it held, what came of it?"""
    return is_meeting(board, card) and is_overdue(card, today)


def is_to_come(column: Column, card: Card, today: date) -> bool:
    """Whether the card's meeting lies after `today`."""
    when = card.next_action_date
    return column.effective_stage == "meeting" and when is not None and when.day > today


def ticked_too_early(column: Column, before: Card, after: Card, today: date) -> tuple[str, ...]:
    """What a change ticks of a meeting column's Definition of Done while the meeting is still to come (D14).

    One that was held early or put off is told by what comes next: another action, or another day.
    """
    planned = (before.next_action, before.next_action_date)
    if not is_to_come(column, before, today) or (after.next_action, after.next_action_date) != planned:
        return ()
    asked = {one.id for one in column.dod if one.effective_check == "ticked"}
    return tuple(tick for tick in after.dod if tick in asked and tick not in before.dod)


def full_days(board: Board, today: date) -> tuple[FullDay, ...]:
    """The days from `today` on with more meetings than fit."""
    limit = most_meetings(board.config)
    planned = _planned(board, today)
    days = sorted((day, cards) for day, cards in planned.items() if len(cards) > limit)
    return tuple(
        FullDay(day, tuple(sorted(cards, key=_by_hour)), limit, _day_with_room(board, planned, day))
        for day, cards in days
    )


def planned_on(board: Board, day: date) -> tuple[Card, ...]:
    """The cards whose meeting is planned on that day."""
    return tuple(card for card in _met(board) if card.next_action_date is not None and card.next_action_date.day == day)


def _day_with_room(board: Board, planned: Mapping[date, Sequence[Card]], after: date) -> date:
    """The next working day after `after` that can hold one meeting more."""
    limit = most_meetings(board.config)
    free = next_working_day(board.config.calendar, after)
    while len(planned.get(free, ())) >= limit > 0:
        free = next_working_day(board.config.calendar, free)
    return free


def _planned(board: Board, today: date) -> dict[date, list[Card]]:
    """The meetings of each day from `today` on."""
    days: dict[date, list[Card]] = defaultdict(list)
    for card in _met(board):
        when = card.next_action_date
        if when is not None and when.day >= today:
            days[when.day].append(card)
    return days


def _by_hour(card: Card) -> tuple[object, str]:
    assert card.next_action_date is not None  # noqa: S101 - only those that are planned are put in order
    return card.next_action_date.sort_key(), card.id


def _met(board: Board) -> Iterator[Card]:
    """The open cards whose next action is a meeting, in the board's order."""
    for column in board.config.columns:
        if column.is_open and column.effective_stage == "meeting":
            yield from board.in_column(column.key)
