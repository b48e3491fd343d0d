"""Meetings: agendas to go through on a wall screen, and the list of them."""

import re
from dataclasses import dataclass, replace

from kanban.diagnosis.diagnosis import Diagnosis, Row
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


@dataclass(frozen=True, slots=True)
class SymptomView:
    """One symptom with what shows it, the cards it is about, and what helps."""

    id: str
    title: str
    evidence: tuple[str, ...]
    cards: tuple[CardLink, ...]
    remedies: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """The symptoms that are there, then those looked for in vain, then those that too little is known about."""

    verdict: str
    found: tuple[SymptomView, ...]
    absent: tuple[SymptomView, ...]
    unknown: tuple[SymptomView, ...]


def agenda(sheet: Page) -> Page:
    """The sheet in the site's typography, its scripts as one reads them aloud."""
    return replace(sheet, sections=tuple(_step(section) for section in sheet.sections))


def _step(section: Section) -> Section:
    entries = (replace(one, head=typeset(one.head), lines=tuple(map(typeset, one.lines))) for one in section.entries)
    return replace(section, entries=tuple(entries), text=_readable(section.text))


def links_of(sheet: Page, board: Board) -> dict[str, str]:
    """Where the page of each card is that the sheet is about."""
    named = {entry.card for section in sheet.sections for entry in section.entries if entry.card}
    return {name: f"../{address_of(board, card)}" for name in named if (card := board.find(name)) is not None}


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


def diagnosis_view(found: Diagnosis, board: Board) -> DiagnosisView:
    """The diagnosis with links to its cards."""
    count = len(found.found)
    verdict = _("No symptom found.")
    if count:
        verdict = ngettext("{count} symptom of eight", "{count} symptoms of eight", count).format(count=count)
    return DiagnosisView(
        verdict,
        tuple(_symptom(row, board) for row in found.found),
        tuple(_symptom(row, board) for row in found.absent),
        tuple(_symptom(row, board) for row in found.unknown),
    )


def _symptom(row: Row, board: Board) -> SymptomView:
    cards = [card for card in (board.find(name) for name in row.cards) if card is not None]
    return SymptomView(
        row.id,
        row.title,
        row.evidence,
        tuple(CardLink(card.label, f"../{address_of(board, card)}") for card in cards),
        row.remedies,
        tuple(action.text for action in row.actions),
    )
