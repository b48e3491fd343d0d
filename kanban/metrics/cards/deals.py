"""Deal: what one card says into the figures, in one row: how its way went, what it is worth, who has it.

A row holds what its card's own events and versions say, as of one day, and nothing of any other card: so the figures
of a board are those of its rows, and when something happens to a card, its row takes the place of the former one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from kanban.metrics.base.clocks import last_action
from kanban.metrics.base.journeys import LOST, OPEN, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.values import Money


class Span(Protocol):
    """A card's way from its start (None: not begun) to its end (None: open, or none that counts)."""

    @property
    def card(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def started(self) -> date | None: ...
    @property
    def ended(self) -> date | None: ...


class Standing(NamedTuple):
    """What only an open card says: the day on which it came into its column, and that of its last action.

    `probability` is its own, else its column's; `planned`: it has a dated next action; `due` is that action's day.
    """

    since: date
    acted: date
    probability: Decimal | None
    close_date: date | None
    planned: bool
    due: date | None


class Deal(NamedTuple):
    """One card. `origin` is the open column that it was lost from; `created` the day of its first event.

    `owner` is the one it had at its end, or has now; `now` is None unless the card is open.
    """

    card: str
    outcome: str
    column: str
    created: date
    started: date | None
    ended: date | None
    imported: bool
    owner: str
    source: str
    service_class: str
    amount: Money | None
    lost_reason: str = ""
    origin: str = ""
    now: Standing | None = None

    @property
    def is_open(self) -> bool:
        """Whether the card stands in an open column."""
        return self.outcome == OPEN

    @property
    def day_difference(self) -> int | None:
        """Days from start to end as a difference of dates."""
        return None if self.started is None or self.ended is None else (self.ended - self.started).days


def probability_of(card: Card, board: Board) -> Decimal | None:
    """The probability that counts for the card: its own, else its column's."""
    return card.probability if card.probability is not None else board.column_of(card).probability


def deals_of(ledger: Ledger) -> dict[str, Deal]:
    """Card id → its row, for every card of the ledger."""
    return {card: _deal(journey, ledger) for card, journey in ledger.journeys.items()}


def _deal(journey: Journey, ledger: Ledger) -> Deal:
    card = ledger.cards[journey.card]
    lost = journey.outcome == LOST
    stays = reversed(journey.stays)
    return Deal(
        journey.card,
        journey.outcome,
        journey.column,
        journey.created,
        journey.started,
        journey.ended,
        journey.imported,
        ledger.owner(journey.card),
        card.source,
        ledger.service_class(journey.card),
        card.amount,
        card.lost_reason if lost else "",
        next((stay.column for stay in stays if ledger.track.is_open(stay.column)), "") if lost else "",
        _standing(journey, card, ledger) if journey.is_open else None,
    )


def _standing(journey: Journey, card: Card, ledger: Ledger) -> Standing:
    actions_only = ledger.config.policies.idle_counts == "actions"
    acted = last_action(ledger.history.of(journey.card), ledger.versions) if actions_only else journey.touched
    due = card.next_action_date
    return Standing(
        journey.stays[-1].since,
        acted,
        probability_of(card, ledger.board),
        card.close_date,
        card.has_dated_next_action,
        due.day if due is not None else None,
    )


def open_deals(deals: Iterable[Deal], config: BoardConfig) -> list[Deal]:
    """The open cards, in pull order of their columns, then by id."""
    order = {column.key: at for at, column in enumerate(config.columns)}
    return sorted((one for one in deals if one.now is not None), key=lambda one: (order[one.column], one.card))
