"""A card as it stands on a wall: account, next action with its date, amount · probability · owner, and its troubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money, format_percent, format_time, format_when
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.pull import nextaction
from kanban.pull.cadence import age_light, is_stale
from kanban.pull.classes import class_kind
from kanban.render.addresses import address_of, anchor_of, person_keys
from kanban.render.markdown import NOTHING, with_code
from kanban.render.typography import typeset
from kanban.render.views.wall.states import IDLENESS, LATE, NONE, TODAY, due_state, is_hidden, monograms

if TYPE_CHECKING:
    from kanban.metrics.clock_days import Clocks


@dataclass(frozen=True, slots=True)
class BlockLabel:
    """The red label: since when, and cause · who in one line."""

    since: str
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a card cannot be read: where, what, and what to do."""

    where: str
    message: Markup
    cure: Markup


@dataclass(frozen=True, slots=True)
class Face:
    """One card on the board page. `css` carries state and class of service; the words beside them say the same."""

    anchor: str
    href: str
    account: str
    css: str
    date: str
    date_iso: str
    no_date: str
    next: str
    facts: str
    owner: str
    owner_key: str
    source: str
    initials: str
    worth: str
    age: str
    age_css: str
    age_title: str
    hidden_text: str
    warning: str
    block: BlockLabel | None
    broken: Broken | None
    problem: Broken | None


@dataclass(frozen=True, slots=True)
class Owners:
    """How the owners of a board's cards are told apart: by monograms on cards, by keys in addresses."""

    monograms: Mapping[str, str]
    keys: Mapping[str, str]


FaceOf = Callable[[Board, Card, "Clocks | None", date, Owners, "int | None"], Face]
"""What makes the face of a card, as `face` does."""


def owners_of(board: Board) -> Owners:
    """The owners of all cards; monograms are told apart among those of open ones, the only that show them."""
    shown = {card.owner for card in board.open_cards if card.owner}
    return Owners(monograms(shown), person_keys(card.owner for card in board.cards if card.owner))


def face(
    board: Board, card: Card, clocks: Clocks | None, as_of: date, owners: Owners, usual: int | None = None
) -> Face:
    """The face of one card on the day; a closed one lacks no next action.

    `usual` is the days within which 85% of the cards left its column.
    """
    state = due_state(card, as_of)
    kind = class_kind(board, card, as_of)
    age, age_css, age_title = _age(board, card, clocks, usual)
    duplicate = card.id in board.duplicates
    return Face(
        anchor=anchor_of(board, card),
        href=address_of(board, card),
        account=card.label,
        css=" ".join(_classes(card, kind, state)),
        date=_date(card, state, as_of),
        date_iso=card.next_action_date.isoformat() if card.next_action_date and card.next_action else "",
        no_date=_no_date(card) if board.is_open(card) else "",
        next="" if is_hidden(card, "next_action") else typeset(card.next_action),
        facts=facts_of(card),
        owner=card.owner,
        owner_key=owners.keys.get(card.owner, ""),
        source=card.source,
        initials=owners.monograms.get(card.owner, ""),
        worth=_worth(board, card),
        age=age,
        age_css=age_css,
        age_title=age_title,
        hidden_text=_hidden_text(card),
        warning=_("several files claim the name {id}").format(id=card.id) if duplicate else "",
        block=block_label(card),
        broken=broken_of(card),
        problem=problem_of(card),
    )


def _classes(card: Card, kind: str, state: str) -> list[str]:
    """Style classes: class of service when it is not the standard one, state, troubles."""
    found = [] if kind == "standard" else [kind]
    if not card.readable:
        return [*found, "unreadable"]
    if state:
        found.append(state)
    if card.block is not None:
        found.append("blocked")
    return found


def _date(card: Card, state: str, as_of: date) -> str:
    when = card.next_action_date
    if when is None or state == NONE:
        return ""
    shown = format_when(when, "short", as_of=as_of)
    if state == LATE:
        return _("late · {day}").format(day=shown)
    if state == TODAY:
        return _("today {time}").format(time=format_time(when.time)) if when.time else _("today")
    return shown


def _no_date(card: Card) -> str:
    if is_hidden(card, "next_action_date"):
        return ""
    if not card.next_action:
        return _("no next action")
    return _("no date:")


def facts_of(card: Card) -> str:
    """`28 k€ · 40 %`: what the deal is worth and how likely it is."""
    parts = [amount_of(card)]
    if card.probability is not None:
        parts.append(format_percent(card.probability))
    return " · ".join(part for part in parts if part)


def _worth(board: Board, card: Card) -> str:
    """`28000 EUR 11200`: amount, currency and weighted amount for sums over what a filter shows; "" without amount."""
    if card.amount is None:
        return ""
    weighted = weighted_of(board, card)
    worth = f"{card.amount.amount:f} {card.amount.currency}"
    return worth if weighted is None else f"{worth} {weighted.normalize():f}"


def amount_of(card: Card) -> str:
    """The amount in short form, or the band that a public view shows in its place."""
    band = card.values.get("amount_band")
    if isinstance(band, str):
        return band
    return format_money(card.amount, short=True) if card.amount is not None else ""


def _age(board: Board, card: Card, clocks: Clocks | None, usual: int | None) -> tuple[str, str, str]:
    """Days in the column with the column's light; when nothing has happened for too long, that instead.

    The two clocks are never shown under one label: the title says which one it is. A bar below says how much of the
    column's usual time has gone: `of7` seven tenths of it, `over` more than all.
    """
    if clocks is None:
        return "", "", ""
    column = board.column_of(card)
    light = age_light(column, clocks.column_days)
    days = format_days(clocks.column_days)
    title = _("{days} in {column}").format(days=days, column=column.title)
    bar = ""
    if usual:
        title += _("; 85% of the cards left it within {days}").format(days=format_days(usual))
        bar = " over" if clocks.column_days > usual else f" of{10 * clocks.column_days // usual}"
    seen = not is_hidden(card, IDLENESS)
    if seen and light in ("none", "green") and is_stale(board.config, column, clocks.idle_days):
        return _("idle {days}").format(days=format_days(clocks.idle_days)), f"stale{bar}", title
    return days, f"{'' if light == 'none' else light}{bar}".strip(), title


def _hidden_text(card: Card) -> str:
    """What search should find though the face does not show it."""
    parts = (card.title if card.title != card.label else "", card.contact, card.source, *card.tags)
    return " ".join(part for part in parts if part)


def block_label(card: Card) -> BlockLabel | None:
    """The block label: date, cause, who unblocks."""
    block = card.block
    if block is None:
        return None
    since = (
        _("blocked since {day}").format(day=format_date(block.since, "short")) if block.since else _("blocked, no date")
    )
    return BlockLabel(since, typeset(" · ".join(part for part in (block.cause, block.owner) if part)))


def broken_of(card: Card) -> Broken | None:
    """The first problem of a card that cannot be read, with its line and cure."""
    if card.readable:
        return None
    return _first_problem(card) or Broken(card.path, escape(_("this file cannot be read")), NOTHING)


def problem_of(card: Card) -> Broken | None:
    """The first problem of a card that can be read but for a field, with its line and cure."""
    return _first_problem(card) if card.readable else None


def _first_problem(card: Card) -> Broken | None:
    if not card.problems:
        return None
    first = card.problems[0]
    where = _("line {line}").format(line=first.line)
    return Broken(where, with_code(first.message), with_code(first.cure))


def weighted_of(board: Board, card: Card) -> Decimal | None:
    """Amount × probability, with the column's declared probability when the card has none; None when not known."""
    probability = probability_of(card, board)
    if card.amount is None or probability is None:
        return None
    return card.amount.amount * probability


def days_late(card: Card, as_of: date) -> str:
    """`3 days late`, in words."""
    count = nextaction.days_late(card, as_of)
    return ngettext("{count} day late", "{count} days late", count).format(count=count)
