"""Meetings: agendas to go through on a wall screen, and the list of them."""

import re
from dataclasses import dataclass

from kanban.diagnosis.diagnosis import Diagnosis, Row
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.fields import label_of
from kanban.paper.page import Entry, Page, Section
from kanban.render.addresses import address_of
from kanban.render.typography import typeset


@dataclass(frozen=True, slots=True)
class Point:
    """One item of an agenda."""

    head: str
    href: str
    lines: tuple[str, ...]
    command: str
    css: str
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """One part of an agenda; `quiet` parts are there to know, not to settle."""

    anchor: str
    title: str
    note: str
    empty: str
    points: tuple[Point, ...]
    text: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting's page."""

    title: str
    subtitle: str
    steps: tuple[Step, ...]


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


def agenda(sheet: Page, board: Board) -> Agenda:
    """The sheet with links to its cards."""
    return Agenda(sheet.title, sheet.lead, tuple(_step(section, board) for section in sheet.sections))


def _step(section: Section, board: Board) -> Step:
    return Step(
        anchor=section.key,
        title=section.title,
        note=section.note,
        empty="" if section.entries else section.empty,
        points=tuple(_point(entry, board) for entry in section.entries),
        text=_readable(section.text),
        quiet=not section.to_settle,
    )


def _readable(text: str) -> str:
    """A script as one reads it aloud: `[Amount]` where the card's amount will stand, without what decides on that."""
    text = re.sub(r"\{\{\s*(\w+).*?\}\}", lambda found: f"[{label_of(found[1])}]", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\{%.*?%\}", "", text))


def _point(entry: Entry, board: Board) -> Point:
    card = board.find(entry.card) if entry.card else None
    href = f"../{address_of(board, card)}" if card is not None else ""
    words = {"red": _("urgent"), "amber": _("look at"), "green": _("free")}
    head, lines = typeset(entry.head), tuple(typeset(line) for line in entry.lines)
    return Point(head, href, lines, entry.command, entry.light, words.get(entry.light, ""))


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
