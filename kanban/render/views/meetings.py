"""Meetings: agendas to go through on a wall screen, and the list of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from kanban.diagnosis.diagnosis import Diagnosis
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.paper.page import Page, Section, Sentence
from kanban.render.addresses import address_of
from kanban.render.markdown import with_code
from kanban.render.typography import isolated, typeset
from kanban.scripts.filling import field_behind


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


_IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:, [a-z0-9]+(?:-[a-z0-9]+)*)*")
"""Words that could be ids of cards, or a list of them."""


class CardNames:
    """Turns the ids in a sentence of ours into the cards' names, each a link to its page."""

    def __init__(self, board: Board, root: str) -> None:
        self.board, self.root = board, root

    def __call__(self, text: str) -> Markup:
        """The text, escaped, what is to be typed as code. An id is a word that has a hyphen, follows a colon or
        bracket, or stands first before a colon."""
        pieces = Sentence(text).parts()
        return Markup("").join(with_code(f"`{piece}`") if typed else self._named(piece) for piece, typed in pieces)

    def _named(self, text: str) -> Markup:
        done, parts = 0, []
        for found in _IDS.finditer(text):
            cards = [card for one in found[0].split(", ") if (card := self.board.find(one)) is not None]
            if len(cards) == found[0].count(",") + 1 and _stands_alone(text, found):
                parts += [isolated(text[done : found.start()]), self._links(cards)]
                done = found.end()
        return Markup("").join([*parts, isolated(text[done:])])

    def _links(self, cards: list[Card]) -> Markup:
        link = Markup('<a class="named" href="{}{}">{}</a>')
        return Markup(", ").join(link.format(self.root, address_of(self.board, card), card.label) for card in cards)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether what could be ids is no part of a longer word, and no ordinary word either."""
    before, after = text[: found.start()], text[found.end() : found.end() + 1]
    if any(sign and (sign.isalnum() or sign in "-/._@") for sign in (before[-1:], after.strip("."))):
        return False
    if not before and text[found.end() :].lstrip(" \u00a0\u202f").startswith(":"):
        return True
    listed = before.rstrip(" \u00a0\u202f")[-1:] in ("(", ":") and after in (")", ",", "")
    return listed or "-" in found[0] or "," in found[0]


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
    text = re.sub(r"\{\{\s*(\w+).*?\}\}", lambda found: f"[{label_of(field_behind(found[1]))}]", text)
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
