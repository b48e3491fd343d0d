"""What may be decided on each item of daily and weekly, as values: a gesture, its words, and what it still asks.

A terminal asks with letters, a wall screen with buttons; the decisions are the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.paper.page import Entry, Page
from kanban.rituals.daily import Daily
from kanban.rituals.weekly import Weekly


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to an item: the letter typed for it, what it says, and the gesture that it makes.

    `asks` are the parameters of the gesture, or of `set` the one field, that a person fills in.
    """

    letter: str
    label: str
    gesture: str
    words: Mapping[str, Any]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is spoken about: what the agenda says of it, and its decisions. `section` is the agenda's head."""

    section: str
    entry: Entry
    decisions: tuple[Decision, ...] = field(default_factory=tuple)


def daily_items(daily: Daily, sheet: Page) -> list[Item]:
    """Blocks, then what is to be finished, then what may be pulled, card by card, from right to left."""
    found = list(_of_section(sheet, "blocks", _block))
    found += _of_section(sheet, "finish", _card)
    if not daily.pulling_stopped:
        for room in daily.rooms:
            found += (_pull(card, room.source, room.column) for card in room.ready[: room.places])
    return found


def weekly_items(weekly: Weekly, sheet: Page) -> list[Item]:
    """Who goes to nurturing, who is pulled, which dates and owners are put right."""
    found = list(_of_section(sheet, "purge", _sleeper))
    if weekly.target is not None:
        columns = weekly.board.config.open_columns
        source = columns[columns.index(weekly.target) - 1]
        found += (_pull(lead.card, source, weekly.target) for lead in weekly.ready[: weekly.places])
    return found + list(_of_section(sheet, "check", _doubt))


def _of_section(sheet: Page, key: str, decisions: Callable[[str], Sequence[Decision]]) -> Iterator[Item]:
    for section in sheet.sections:
        if section.key == key:
            yield from (Item(section.title, entry, tuple(decisions(entry.card))) for entry in section.entries)


def _pull(card: Card, source: Column, target: Column) -> Item:
    entry = Entry(f"{card.label} · {source.title} → {target.title}", card.id, (), "", "green")
    words = {"cards": (card.id,), "column": target.key}
    return Item(_("Pull"), entry, (Decision("p", _("pull it"), "move", words),))


PLANNED = ("next_action", "on")


def _note(card: str, label: str) -> Decision:
    return Decision("n", label, "note", {"card": card}, ("bullets", *PLANNED))


def _block(card: str) -> Sequence[Decision]:
    return Decision("u", _("unblocked"), "unblock", {"card": card}, PLANNED), _note(card, _("note"))


def _card(card: str) -> Sequence[Decision]:
    return _note(card, _("note and plan")), _field(card, "d", _("another date"), "next_action_date"), _park(card)


def _sleeper(card: str) -> Sequence[Decision]:
    return _park(card), _note(card, _("note and plan"))


def _doubt(card: str) -> Sequence[Decision]:
    return (
        _field(card, "d", _("follow-up date"), "next_action_date"),
        _field(card, "c", _("close date"), "close_date"),
        _field(card, "o", _("owner"), "owner"),
        _note(card, _("note and plan")),
    )


def _field(card: str, letter: str, label: str, key: str) -> Decision:
    return Decision(letter, label, "set", {"card": card}, (key,))


def _park(card: str) -> Decision:
    return Decision("p", _("park it"), "park", {"cards": (card,)})
