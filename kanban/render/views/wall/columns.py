"""A column's head: name, count against limit as a bar, sums, oldest card, rules, and what an empty one invites to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, overload

from markupsafe import Markup, escape

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_money
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.condition import Condition
from kanban.model.settings.columns import Column
from kanban.model.typed.values import Money
from kanban.pull import wip
from kanban.pull.banner import done_of, rules_of
from kanban.pull.ranking import pullable
from kanban.render.addresses import address_of, slug
from kanban.render.markdown import with_code
from kanban.render.views.wall.card_on_board import Face, FaceOf, Owners, face, weighted_of
from kanban.render.views.wall.states import reading_order

if TYPE_CHECKING:
    from kanban.metrics.clock_days import Clocks

_MOST_SLOTS = 24
_SLOT, _STEP = 10, 11


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a limit's bar: `taken`, `free` or `beyond`."""

    css: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit drawn as its places; a long limit is one stretch."""

    width: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """One list of rules under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty column says, and the card that could be pulled into it."""

    text: Markup
    href: str = ""
    label: str = ""


class InTurn(Sequence[Face]):
    """The faces of cards in their order, each made when it is asked for: a screen shows the first of a long column."""

    def __init__(self, cards: Sequence[Card], make: Callable[[Card], Face]) -> None:
        self._cards = cards
        self._make = make

    @overload
    def __getitem__(self, at: int) -> Face: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Face]: ...
    def __getitem__(self, at: int | slice) -> Face | Sequence[Face]:
        if isinstance(at, slice):
            return InTurn(self._cards[at], self._make)
        return self._make(self._cards[at])

    def __len__(self) -> int:
        return len(self._cards)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One open column of the board page."""

    anchor: str
    name: str
    css: str
    count: int
    beside: str
    count_title: str
    verdict: str
    bar: Bar | None
    sums: str
    oldest: str
    policies: tuple[Policy, ...]
    cards: Sequence[Face]
    empty: Empty


def column_view(
    board: Board,
    column: Column,
    clocks: Mapping[str, Clocks],
    as_of: date,
    owners: Owners,
    *,
    public: bool = False,
    only: Condition | None = None,
    usual: int | None = None,
    faces: FaceOf = face,
) -> ColumnView:
    """The column as it stands on the day `as_of`; of its cards `only` those of a view, which has no limit of its own.

    `usual` is the days within which 85% of the cards left the column, where enough of them have. `faces` makes a card's
    face: who shows the board again and again remembers those that are the same.
    """
    whole = board.in_column(column.key)
    shown = whole if only is None else [card for card in whole if only(card)]
    cards = sorted(shown, key=lambda card: reading_order(board, card, as_of))
    count, limit = len(cards), column.wip if only is None else None
    seen = InTurn(cards, lambda card: faces(board, card, clocks.get(card.id), as_of, owners, usual))
    return ColumnView(
        anchor=f"column-{slug(column.key)}",
        name=column.title,
        css={"amber": "full", "red": "over"}.get(wip.column_light(board, column), "") if only is None else "",
        count=count,
        beside=f"/ {limit}" if limit else "" if only is None else _("of {total}").format(total=len(whole)),
        count_title=count_title(count, limit),
        verdict=_verdict(count, limit),
        bar=_bar(count, limit) if limit else None,
        sums=_sums(board, cards),
        oldest=_oldest(cards, clocks),
        policies=policies_of(board, column, public=public),
        cards=seen,
        empty=Empty(Markup("")) if cards else _nothing(board, column, clocks, as_of, len(whole), public=public),
    )


def count_title(count: int, limit: int | None) -> str:
    """The count against the limit in words."""
    if limit is None:
        return ngettext("{count} card, no limit", "{count} cards, no limit", count).format(count=count)
    return ngettext("{count} card of {limit} allowed", "{count} cards of {limit} allowed", count).format(
        count=count, limit=limit
    )


def _verdict(count: int, limit: int | None) -> str:
    if limit is None or count < limit:
        return ""
    return _("full") if count == limit else f"+{count - limit}"


def _bar(count: int, limit: int) -> Bar:
    places = max(count, limit)
    if places > _MOST_SLOTS:
        taken = Slot("taken", 0, min(count, limit))
        rest = Slot("free", count, limit - count) if count < limit else Slot("beyond", limit, count - limit)
        return Bar(places, (taken, rest) if rest.width else (taken,))
    kinds = ["beyond" if at >= limit else "taken" if at < count else "free" for at in range(places)]
    return Bar(places * _STEP - 1, tuple(Slot(kind, at * _STEP, _SLOT) for at, kind in enumerate(kinds)))


def money_sum(amounts: Iterable[Money], *, short: bool = True) -> str:
    """Sums per currency, the largest first; "" without any."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for money in amounts:
        sums[money.currency] += money.amount
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return " + ".join(format_money(Money(amount, currency), short=short) for currency, amount in ranked)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums for a place with room for one large figure: the board's currency, or the largest; the others beside."""

    first: str
    others: str


def apart(sums: Mapping[str, Decimal], home: str) -> Sums:
    """The sum in the board's currency, or else the largest; the others as `+ 12 k£ + 3 k$`: none is left out."""
    ranked = sorted(sums.items(), key=lambda item: (item[0] != home, -item[1], item[0]))
    said = [format_money(Money(amount, currency), short=True) for currency, amount in ranked]
    return Sums(said[0] if said else "", " ".join(f"+ {one}" for one in said[1:]))


def weighted_sums(board: Board, cards: Iterable[Card]) -> dict[str, Decimal]:
    """Currency → Σ amount × probability of the cards that have both."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for card in cards:
        weighted = weighted_of(board, card)
        if card.amount is not None and weighted is not None:
            sums[card.amount.currency] += weighted
    return sums


def weighted_sum(board: Board, cards: Iterable[Card]) -> str:
    """Σ amount × probability per currency; "" when no card has both."""
    return money_sum(Money(amount, currency) for currency, amount in weighted_sums(board, cards).items())


def _sums(board: Board, cards: list[Card]) -> str:
    """`120 k€ · weighted 43 k€`."""
    parts = [money_sum(card.amount for card in cards if card.amount is not None)]
    weighted = weighted_sum(board, cards)
    if weighted:
        parts.append(_("weighted {amount}").format(amount=weighted))
    return " · ".join(part for part in parts if part)


def _oldest(cards: list[Card], clocks: Mapping[str, Clocks]) -> str:
    """How long the card that entered the column first has been in it."""
    days = [found.column_days for card in cards if (found := clocks.get(card.id)) is not None]
    return _("oldest {days}").format(days=format_days(max(days))) if days else ""


def policies_of(board: Board, column: Column, *, public: bool = False) -> tuple[Policy, ...]:
    """The column's rules, what it takes to enter and what it takes to leave; the rules are the team's own affair."""
    rules = () if public else rules_of(column, board.config)
    found = (
        Policy(_("Rules"), tuple(rules)),
        Policy(_("To enter"), tuple(requirement.text for requirement in column.dor)),
        Policy(_("To leave"), () if public else tuple(done_of(column))),
    )
    return tuple(policy for policy in found if policy.lines)


def _nothing(
    board: Board, column: Column, clocks: Mapping[str, Clocks], as_of: date, whole: int, *, public: bool
) -> Empty:
    """What stands where no card does: the column is empty, or none of its cards is in the view."""
    if whole:
        text = ngettext("Its {count} card is not in this view.", "None of its {count} cards is in this view.", whole)
        return Empty(escape(text.format(count=whole)))
    return _empty(board, column, clocks, as_of, public=public)


def _empty(board: Board, column: Column, clocks: Mapping[str, Clocks], as_of: date, *, public: bool) -> Empty:
    """An empty column names the card that may be pulled into it next, or says that nothing upstream is ready.

    Whether a card is ready hangs on fields that strangers do not see: they are told nothing of it.
    """
    if public:
        return Empty(escape(_("Empty.")))
    position = board.config.open_columns.index(column)
    if position == 0:
        return Empty(with_code(_("Empty. Add an opportunity with `kanban new`.")))
    upstream = board.config.open_columns[position - 1]
    standing = {card: found.column_days for card, found in clocks.items()}
    idle = {card: found.idle_days for card, found in clocks.items()}
    for verdict in pullable(board, column, as_of, column_days=standing, idle_days=idle)[0]:
        return Empty(escape(_("Empty. Ready to be pulled:")), address_of(board, verdict.card), verdict.card.label)
    return Empty(escape(_("Empty. Nothing in {column} is ready to be pulled.").format(column=upstream.title)))
