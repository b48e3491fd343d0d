"""Work in progress against its limits: per column, per owner in a column, per class of service (D03, D17, D52)."""

from collections.abc import Iterable

from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import ClassOfService
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit and how full it is. `scope` is `column`, `owner-in-column`, `owner` or `class`; `key` names it."""

    scope: str
    key: str
    title: str
    limit: int
    cards: tuple[Card, ...]
    hard: bool
    owner: str = ""

    @property
    def count(self) -> int:
        """How many cards count towards the limit."""
        return len(self.cards)

    @property
    def is_full(self) -> bool:
        """Whether no further card may enter: equality is full."""
        return self.count >= self.limit

    @property
    def is_exceeded(self) -> bool:
        """Whether it already holds too many."""
        return self.count > self.limit


def column_light(board: Board, column: Column) -> str:
    """`none` without a limit, else `green` (room), `amber` (full) or `red` (exceeded)."""
    if column.wip is None:
        return "none"
    count = len(board.in_column(column.key))
    if count > column.wip:
        return "red"
    return "amber" if count == column.wip else "green"


def places(board: Board, column: Column) -> int | None:
    """Cards that the column can still take; None without a limit."""
    return None if column.wip is None else max(0, column.wip - len(board.in_column(column.key)))


def limits(board: Board) -> tuple[Limit, ...]:
    """Every limit that the board declares, with the cards that count towards it."""
    return (*_column_limits(board), *_class_limits(board), *_owner_limits(board))


def exceeded(board: Board) -> tuple[Limit, ...]:
    """The limits that are exceeded as the board stands."""
    return tuple(limit for limit in limits(board) if limit.is_exceeded)


def full_for(board: Board, card: Card, target: Column) -> tuple[Limit, ...]:
    """The limits that would be exceeded if `card` entered `target`; the card itself is not counted twice."""
    if not target.is_open:
        return ()
    return tuple(limit for limit in _limits_on(board, card, target) if limit.is_full)


def _limits_on(board: Board, card: Card, target: Column) -> Iterable[Limit]:
    """The limits that the card would count towards, without those of columns and classes that cannot be full."""
    there = board.in_column(target.key)
    lowest = min((limit for limit in (target.wip, target.wip_per_owner) if limit is not None), default=None)
    if lowest is not None and len(there) >= lowest:
        others = [one for one in there if one.id != card.id]
        if target.wip is not None:
            yield _column_limit(target, target.wip, others)
        if target.wip_per_owner is not None and card.owner:
            yield _owner_in_column(target, target.wip_per_owner, card.owner, others)
    service = board.config.class_of(card.service_class)
    alike = board.open_by_class.get(service.key, ())
    if service.wip is not None and len(alike) >= service.wip:
        yield _class_limit(service, service.wip, [one for one in alike if one.id != card.id])
    owner = board.config.owner(card.owner)
    if owner is not None and owner.wip is not None:
        yield _owner_limit(owner.name, owner.wip, (one for one in board.open_cards if one.id != card.id))


def _column_limits(board: Board) -> Iterable[Limit]:
    for column in board.config.columns:
        cards = board.in_column(column.key)
        if column.wip is not None:
            yield _column_limit(column, column.wip, cards)
        if column.wip_per_owner is not None:
            for owner in sorted({card.owner.casefold(): card.owner for card in cards if card.owner}.values()):
                yield _owner_in_column(column, column.wip_per_owner, owner, cards)


def _class_limits(board: Board) -> Iterable[Limit]:
    for service in board.config.classes:
        if service.wip is not None:
            yield _class_limit(service, service.wip, board.open_by_class.get(service.key, ()))


def _owner_limits(board: Board) -> Iterable[Limit]:
    for owner in board.config.owners:
        if owner.wip is not None:
            yield _owner_limit(owner.name, owner.wip, board.open_cards)


def _column_limit(column: Column, limit: int, cards: Iterable[Card]) -> Limit:
    return Limit("column", column.key, column.title, limit, tuple(cards), column.wip_mode == "hard")


def _owner_in_column(column: Column, limit: int, owner: str, cards: Iterable[Card]) -> Limit:
    held = _held_by(owner, cards)
    title = _("{column}, {owner}").format(column=column.title, owner=owner)
    return Limit("owner-in-column", column.key, title, limit, held, column.wip_mode == "hard", owner)


def _owner_limit(owner: str, limit: int, cards: Iterable[Card]) -> Limit:
    return Limit("owner", owner, owner, limit, _held_by(owner, cards), hard=True, owner=owner)


def _held_by(owner: str, cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards of one person, written `zoé` on one and `Zoé` on another, as `BoardConfig.owner` reads it too."""
    name = owner.casefold()
    return tuple(card for card in cards if card.owner.casefold() == name)


def _class_limit(service: ClassOfService, limit: int, cards: Iterable[Card]) -> Limit:
    return Limit("class", service.key, service.name or service.key, limit, tuple(cards), service.wip_mode == "hard")
