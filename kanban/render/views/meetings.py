"""Meetings: agendas to go through on a wall screen, and the list of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kanban.diagnosis.diagnosis import Diagnosis
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.fields import label_of
from kanban.paper.page import Page, Section
from kanban.render.addresses import address_of
from kanban.render.typography import typeset


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in the list: when, how long, and how much there is to settle."""

    title: str
    href: str
    when: str
    minutes: str
    todo: str


@dataclass(frozen=True, slots=True)
class CardLink:
    """A card by name."""

    label: str
    href: str


def agenda(sheet: Page) -> Page:
    """The sheet in the site's typography, its scripts as one reads them aloud."""
    return replace(sheet, sections=tuple(_step(section) for section in sheet.sections))


def _step(section: Section) -> Section:
    entries = (replace(one, head=typeset(one.head), lines=tuple(map(typeset, one.lines))) for one in section.entries)
    return replace(section, entries=tuple(entries), text=_readable(section.text))


def links_of(named: Iterable[str], board: Board) -> dict[str, CardLink]:
    """The cards of these names that the board has."""
    found = (card for name in named if (card := board.find(name)) is not None)
    return {card.id: CardLink(card.label, f"../{address_of(board, card)}") for card in found}


def cards_on(sheet: Page) -> Iterator[str]:
    """The cards that a sheet is about."""
    return (entry.card for section in sheet.sections for entry in section.entries if entry.card)


def words_of_lights() -> dict[str, str]:
    """What a light says to those who do not see it."""
    return {"red": _("urgent"), "amber": _("look at"), "green": _("free")}


def _readable(text: str) -> str:
    """A script as one reads it aloud: `[Amount]` where the card's amount will stand, without what decides on that."""
    text = re.sub(r"\{\{\s*(\w+).*?\}\}", lambda found: f"[{label_of(found[1])}]", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\{%.*?%\}", "", text))


def to_settle(sheet: Page) -> str:
    """How many items want a decision."""
    count = sum(len(section.entries) for section in sheet.sections if section.to_settle)
    return ngettext("{count} item", "{count} items", count).format(count=count) if count else _("nothing to settle")


def verdict_of(found: Diagnosis) -> str:
    """How many symptoms there are."""
    count = len(found.found)
    if not count:
        return _("No symptom found.")
    return ngettext("{count} symptom of eight", "{count} symptoms of eight", count).format(count=count)
