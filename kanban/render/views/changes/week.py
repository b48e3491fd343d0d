"""What changed since a day, card by card: where it stood and stands, and what of it says something else now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.model.cards.said import value_said
from kanban.model.history.events import texts
from kanban.render.addresses import address_of
from kanban.render.views.wall.columns import money_sum

if TYPE_CHECKING:
    from kanban.model.history.events import Event, History

WON, LOST, PARKED, NEW, ON, BACK, GONE, EDITED = "won", "lost", "parked", "new", "on", "back", "gone", "edited"
KINDS = (WON, LOST, ON, BACK, NEW, PARKED, EDITED, GONE)
"""The kinds of a change, in the order in which a manager wants them."""

TELLING = ("amount", "probability", "close_date", "owner", "class", "blocked_since", "blocked_cause", "lost_reason")
"""Fields whose change is one of the pipeline; the next action changes with all work and says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One card's change. `way` is `Offer → Negotiation`, `details` are fields before → after, `who` did the last."""

    kind: str
    card: str
    label: str
    href: str
    way: str
    details: tuple[str, ...]
    who: str
    day: date
    worth: Decimal
    owner: str
    amount: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind, the dearest first, with their number and what they are worth."""

    kind: str
    title: str
    sum: str
    changes: tuple[Change, ...]


def last_monday(day: date) -> date:
    """The Monday before `day`; of a Monday the one a week ago."""
    return day - timedelta(days=day.weekday() or 7)


def changes_since(board: Board, past: History, versions: Mapping[str, Card], since: date) -> tuple[Group, ...]:
    """The changes from the beginning of `since` on, by kind; cards that are as they were are left out."""
    found: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    for card in dict.fromkeys(event.card for event in past.events if event.at.date() >= since):
        change = _change(board, past.of(card), versions, since)
        if change is not None:
            found[change.kind].append(change)
    return tuple(_group(board, kind, changes) for kind, changes in found.items() if changes)


def _group(board: Board, kind: str, changes: list[Change]) -> Group:
    ranked = sorted(changes, key=lambda one: (-one.worth, one.label.casefold()))
    cards = [card for one in changes if (card := board.find(one.card)) is not None]
    worth = money_sum(card.amount for card in cards if card.amount is not None) if kind in (WON, LOST, NEW) else ""
    return Group(kind, _title(kind), worth, tuple(ranked))


def _title(kind: str) -> str:
    return {
        WON: _("Won"),
        LOST: _("Lost"),
        ON: _("Moved on"),
        BACK: _("Moved back"),
        NEW: _("New"),
        PARKED: _("Parked"),
        EDITED: _("Amounts, dates, blocks"),
        GONE: _("Removed"),
    }[kind]


def _change(board: Board, events: Sequence[Event], versions: Mapping[str, Card], since: date) -> Change | None:
    before = [event for event in events if event.at.date() < since]
    after = events[len(before) :]
    source = next((event.to_column for event in reversed(before) if event.places), None)
    target = next((event.to_column for event in reversed(after) if event.places), source)
    if source is None and target is None:
        return None
    last, name = after[-1], after[-1].card
    card = board.find(name)
    kind = _kind(board, source, target)
    details = tuple(_details(board, card, before, after, versions, kind)) if card is not None else ()
    if kind == EDITED and not details:
        return None
    amount = card.amount if card is not None else None
    return Change(
        kind=kind,
        card=name,
        label=card.label if card is not None else name,
        href=address_of(board, card) if card is not None else "",
        way=_way(board, source, target, kind),
        details=details,
        who=last.author,
        day=last.at.date(),
        worth=amount.amount if amount is not None else Decimal(0),
        owner=card.owner if card is not None else "",
        amount=money_sum([amount]) if amount is not None else "",
    )


def _kind(board: Board, source: str | None, target: str | None) -> str:
    if target is None:
        return GONE
    if source == target:
        return EDITED
    keys = [column.key for column in board.config.columns]
    column = board.config.column(target)
    if column is not None and not column.is_open:
        return {"won": WON, "lost": LOST}.get(column.kind, PARKED)
    if source is None:
        return NEW
    was = board.config.column(source)
    if was is None or column is None:
        return ON
    return BACK if not was.is_open or keys.index(target) < keys.index(source) else ON


def _way(board: Board, source: str | None, target: str | None, kind: str) -> str:
    names = {column.key: column.title for column in board.config.columns}
    start, end = (names.get(key or "", key or "") for key in (source, target))
    if kind == EDITED:
        return end
    if source is None:
        return _("new in {column}").format(column=end)
    return f"{start} → {end}" if target is not None else _("removed from {column}").format(column=start)


def _details(
    board: Board, card: Card, before: list[Event], after: Sequence[Event], versions: Mapping[str, Card], kind: str
) -> Iterator[str]:
    """The telling fields before → after; nothing where a version is not at hand, or where the card is new."""
    old = texts(before)
    new = texts([*before, *after])
    if not old or not new or old[-1].blob == new[-1].blob:
        return
    earlier, later = versions.get(old[-1].blob), versions.get(new[-1].blob, card)
    if earlier is None:
        return
    for key in TELLING:
        if key == "probability" and kind in (WON, LOST):
            continue
        said = tuple(value_said(one, key, board.config) for one in (earlier, later))
        if said[0] != said[1]:
            yield f"{label_of(key, board.config)}{_(': ')}{said[0] or _('nothing')} → {said[1] or _('nothing')}"
