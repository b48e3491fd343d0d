"""The board as a hand shows it: columns with their cards side by side, exits, and lanes across them.

Heads and faces are those of the site (`ColumnView`, `Face`): the same words, sums and lights on every surface.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kanban.i18n import N_, _
from kanban.i18n.formats import format_days
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.classes import class_kind
from kanban.render.views.wall.card_on_board import Face, Owners, face, owners_of
from kanban.render.views.wall.columns import ColumnView, column_view, money_sum, weighted_sum
from kanban.render.views.wall.states import reading_order

LANES = {"owner": N_("Owner"), "class": N_("Class"), "source": N_("Source")}
"""What lanes may go by, each with its label."""


@dataclass(frozen=True, slots=True)
class CardHere:
    """One card on the wall. `version` changes whenever its file does: give it back with a gesture (`Desk.make`).

    `column` is a key; `face` what is shown of it; `idle` the days since the last action in words, "" when unknown.
    """

    id: str
    column: str
    path: str
    version: str
    label: str
    face: Face
    owner: str
    service: str
    source: str
    idle: str
    service_name: str = ""


@dataclass(frozen=True, slots=True)
class ColumnHere:
    """One column. `head` has its count, limit, light, sums and rules; None for an exit, which has `sums` alone."""

    key: str
    title: str
    kind: str
    cards: tuple[CardHere, ...]
    head: ColumnView | None
    sums: str

    @property
    def is_open(self) -> bool:
        """Whether its cards are work in progress."""
        return self.head is not None


@dataclass(frozen=True, slots=True)
class Wall:
    """The whole board on a day. `columns` are the open ones from left to right, `exits` where cards end."""

    title: str
    as_of: date
    columns: tuple[ColumnHere, ...]
    exits: tuple[ColumnHere, ...]

    @property
    def cards(self) -> Iterator[CardHere]:
        """Every card, column by column."""
        return (card for column in (*self.columns, *self.exits) for card in column.cards)


@dataclass(frozen=True, slots=True)
class Lane:
    """A stripe across the columns: `cards` by column key. `label` is whose it is, or that it is nobody's."""

    key: str
    label: str
    cards: Mapping[str, tuple[CardHere, ...]]


def wall_of(
    board: Board, clocks: Mapping[str, Clocks], as_of: date, only: Callable[[Card], bool] | None = None
) -> Wall:
    """The wall of a board on a day; with `only` of those cards, whose counts and sums the heads then have."""
    owners = owners_of(board)
    return Wall(
        board.config.title or _("Board"),
        as_of,
        tuple(_column(board, one, clocks, as_of, owners, only) for one in board.config.open_columns),
        tuple(_column(board, one, clocks, as_of, owners, only) for one in board.config.columns if not one.is_open),
    )


def _column(
    board: Board,
    column: Column,
    clocks: Mapping[str, Clocks],
    as_of: date,
    owners: Owners,
    only: Callable[[Card], bool] | None,
) -> ColumnHere:
    shown = [card for card in board.in_column(column.key) if only is None or only(card)]
    cards = sorted(shown, key=lambda card: reading_order(board, card, as_of))
    head = column_view(board, column, clocks, as_of, owners, only=only) if column.is_open else None
    faces = head.cards if head is not None else [face(board, one, clocks.get(one.id), as_of, owners) for one in cards]
    pairs = zip(cards, faces, strict=True)
    here = tuple(_card(board, card, clocks.get(card.id), as_of, shown) for card, shown in pairs)
    weighted = weighted_sum(board, cards) if column.is_open else ""
    sums = [money_sum(card.amount for card in cards if card.amount is not None)]
    sums += [_("weighted {amount}").format(amount=weighted)] if weighted else []
    return ColumnHere(column.key, column.title, column.kind, here, head, " · ".join(filter(None, sums)))


def _card(board: Board, card: Card, clocks: Clocks | None, as_of: date, shown: Face) -> CardHere:
    service = board.config.class_of(card.service_class)
    return CardHere(
        id=card.id,
        column=card.column,
        path=card.path,
        version=version_of(card),
        label=card.label,
        face=shown,
        owner=card.owner,
        service=service.key,
        source=card.source,
        idle=format_days(clocks.idle_days) if clocks is not None else "",
        service_name="" if class_kind(board, card, as_of) == "standard" else service.name or service.key,
    )


def version_of(card: Card) -> str:
    """What tells one state of a card's file, and its place, from another."""
    return hashlib.blake2b(card.path.encode("utf-8", "surrogateescape") + b"\0" + card.data, digest_size=9).hexdigest()


def lanes(wall: Wall, by: str) -> tuple[Lane, ...]:
    """The open cards in lanes by one of LANES, each lane with its cards by column; nobody's last."""
    of: Callable[[CardHere], str] = {
        "owner": lambda card: card.owner,
        "class": lambda card: card.service,
        "source": lambda card: card.source,
    }[by]
    found: dict[str, dict[str, list[CardHere]]] = {}
    for column in wall.columns:
        for card in column.cards:
            found.setdefault(of(card), {}).setdefault(column.key, []).append(card)
    ranked = sorted(found, key=lambda key: (not key, key.casefold()))
    return tuple(
        Lane(key, key or _("none"), {column: tuple(cards) for column, cards in found[key].items()}) for key in ranked
    )
