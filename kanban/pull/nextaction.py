"""The dated next action that every open card owes, and the pull stop that insists on it (D06, D30, D51)."""

from datetime import date
from decimal import Decimal

from kanban.i18n import _, use_language
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import Policies
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Lacking:
    """The ids of the open cards without a dated next action, of `total` open ones."""

    ids: tuple[str, ...]
    total: int

    @property
    def share(self) -> Decimal | None:
        """Their share, 0 to 1; None without open cards."""
        return Decimal(len(self.ids)) / self.total if self.total else None

    def stops(self, policies: Policies) -> bool:
        """Whether the share is above what a board tolerates that minds."""
        return self.share is not None and policies.pull_stop != "off" and self.share > policies.pull_stop_share


def lacking(board: Board) -> Lacking:
    """How the board stands with its next actions."""
    return Lacking(tuple(card.id for card in missing(board)), len(board.open_cards))


def missing(board: Board) -> tuple[Card, ...]:
    """Open cards without a dated next action: no text, or no readable date."""
    return board.without_next_action


def overdue(board: Board, today: date) -> tuple[Card, ...]:
    """Open cards whose next-action date lies before `today`, whether or not the action has a text."""
    return tuple(card for card in board.open_cards if is_overdue(card, today))


def is_overdue(card: Card, today: date) -> bool:
    """Whether the card's next-action date lies before `today`."""
    when = card.next_action_date
    return when is not None and is_late(when.day, today)


def is_late(due: date | None, today: date) -> bool:
    """Whether a next action of that day, if there is one, lies before `today`."""
    return due is not None and due < today


def days_late(card: Card, today: date) -> int:
    """Days since the card's next-action date; 0 on the day itself and without a date, negative before it."""
    when = card.next_action_date
    return 0 if when is None else (today - when.day).days


def is_due(card: Card, today: date) -> bool:
    """Whether the card's next action is for `today` or earlier."""
    when = card.next_action_date
    return when is not None and when.day <= today


def share_missing(board: Board) -> Decimal | None:
    """Share of open cards without a dated next action, 0 to 1; None without open cards."""
    return lacking(board).share


def stops_pulling(board: Board) -> bool:
    """Whether the share is above what the board tolerates and the board minds."""
    return lacking(board).stops(board.config.policies)


def first_step(board: Board, card: Card, column: Column, today: date, *, force: bool = False) -> dict[str, str]:
    """What is planned for a card that comes into `column` without a dated next action: contact on the next working day.

    Nothing is planned for what the column's Definition of Ready asks to be written, unless that is overridden.
    """
    config, keys = board.config, ("next_action", "next_action_date")
    asked = {one.field for one in column.dor} if config.policies.ready == "block" and not force else set()
    if not column.is_open or not card.readable or card.has_dated_next_action or asked.intersection(keys):
        return {}
    with use_language(config.language):
        planned = {"next_action": _("make contact")}
    planned["next_action_date"] = next_working_day(config.calendar, today).isoformat()
    return {key: text for key, text in planned.items() if not card.has(key)}
