"""What may be typed next in a card: field names, the words that the board knows, days, other cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lsprotocol.types import CompletionItem, CompletionItemKind, CompletionList, Position, TextEdit

from kanban.commands.base.completion.board_names import values_of
from kanban.editors.draft import Draft
from kanban.editors.features.places import Place, Within, place_of
from kanban.editors.features.settings_file import complete_setting
from kanban.i18n import _
from kanban.i18n.formats import format_when
from kanban.lint.rules import RULES
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import CARD_FIELDS, DUE_FIELDS, Field, field_of
from kanban.model.cards.people import roles_of
from kanban.model.text.edit.quoting import quoted
from kanban.model.text.plain import plain
from kanban.model.typed.read import read_due_when, read_when, write_when

MOST = 100
"""Cards offered at once; more are asked for by typing on."""

_DAYS = {
    "fr": """aujourd'hui|demain|après-demain|lundi|mardi|mercredi|jeudi|vendredi|+2j|+7j|+15j|la semaine prochaine
fin de semaine|fin du mois|le mois prochain|fin du trimestre""",
    "en": """today|tomorrow|day after tomorrow|monday|tuesday|wednesday|thursday|friday|+2d|+7d|+15d|next week
end of week|end of month|next month|end of quarter""",
}
_FIRST = ("title", "account", "contact", "next_action", "next_action_date", "amount", "probability", "owner", "source")


def complete(draft: Draft, position: Position) -> CompletionList:
    """The words that fit at a place, the likeliest first."""
    offset = draft.text.offset(position)
    if draft.is_settings:
        return CompletionList(is_incomplete=False, items=list(complete_setting(draft, offset)))
    if draft.card is None:
        return CompletionList(is_incomplete=False, items=[])
    place = place_of(draft.text, offset)
    if place.within is Within.LINK:
        found = list(_cards(draft, place))
        return CompletionList(is_incomplete=len(found) >= MOST, items=found)
    if place.within is Within.KEY:
        return CompletionList(is_incomplete=False, items=list(_fields(draft, place)))
    if place.within is Within.VALUE:
        known = field_of(place.key, draft.board.config)
        if known is not None and known.type in ("when", "day"):
            return CompletionList(is_incomplete=True, items=list(_days(draft, place, known)))
        return CompletionList(is_incomplete=False, items=list(_values(draft, place)))
    return CompletionList(is_incomplete=False, items=[])


def _fields(draft: Draft, place: Place) -> Iterator[CompletionItem]:
    """Fields that the card does not have yet, those of every day first."""
    config = draft.board.config
    keys = [one.key for one in CARD_FIELDS] + list(config.fields)
    written = draft.card.raw if draft.card is not None else {}
    for at, key in enumerate(sorted(keys, key=lambda one: (one not in _FIRST, keys.index(one)))):
        known = field_of(key, config)
        if known is None or (key in written and key != place.typed):
            continue
        yield CompletionItem(
            key,
            kind=CompletionItemKind.Field,
            detail=known.name,
            documentation=_(known.doc) if known.doc else None,
            filter_text=f"{key} {known.name}",
            sort_text=f"{at:03}",
            text_edit=TextEdit(draft.text.range(place.start, place.end), key if place.closed else f"{key}: "),
        )


def _values(draft: Draft, place: Place) -> Iterator[CompletionItem]:
    for at, (value, meaning) in enumerate(_words(draft.board, draft.desk.today, place.key)):
        text = quoted(value, item="[" if place.in_list else "")
        yield CompletionItem(
            value,
            kind=CompletionItemKind.EnumMember,
            detail=meaning or None,
            sort_text=f"{at:03}",
            text_edit=TextEdit(draft.text.range(place.start, place.end), text),
        )


def _words(board: Board, today: date, key: str) -> Iterator[tuple[str, str]]:
    """The words that a field may hold, each with what it means."""
    if key == "lint_ignore":
        until = today.replace(month=12, day=31).isoformat()
        for rule in RULES:
            yield f"{rule.code} until {until}: ", rule.summary
        return
    if key == "role":
        yield from ((role, "") for role in roles_of(board.config))
        return
    if key == "currency":
        yield from ((code, "") for code in dict.fromkeys((board.config.currency, "EUR", "USD", "GBP", "CHF")))
        return
    if key == "tags":
        yield from ((tag, "") for tag in sorted({tag for card in board.open_cards for tag in card.tags}))
    yield from ((one.value, one.help or "") for one in values_of(board, key, ""))


def _days(draft: Draft, place: Place, known: Field) -> Iterator[CompletionItem]:
    """Days in words, each with the day it is; what is typed itself first where it can be understood."""
    language = draft.board.config.language
    words = _DAYS.get(language, _DAYS["en"]).replace("\n", "|").split("|")
    for at, word in enumerate(dict.fromkeys([place.typed.strip(), *words])):
        read = read_due_when if known.key in DUE_FIELDS else read_when
        when = read(word, today=draft.desk.today, language=language).value if word else None
        if when is None:
            continue
        text = write_when(when) if known.type == "when" else when.day.isoformat()
        yield CompletionItem(
            word,
            kind=CompletionItemKind.Value,
            detail=format_when(when, "full"),
            filter_text=f"{word} {text}" if word != place.typed.strip() else place.typed,
            sort_text=f"{at:03}",
            text_edit=TextEdit(draft.text.range(place.start, place.end), text),
        )


def _cards(draft: Draft, place: Place) -> Iterator[CompletionItem]:
    """Cards by id, account or title: open ones first. A closed card's file is only read once it is offered."""
    word = plain(place.typed)
    board = draft.board
    for at, card in enumerate(_fitting(board, word)):
        if at == MOST:
            return
        yield CompletionItem(
            card.id,
            kind=CompletionItemKind.Reference,
            detail=f"{card.label} · {board.column_of(card).title}",
            filter_text=f"{card.id} {card.label}",
            sort_text=f"{at:03}",
            text_edit=TextEdit(draft.text.range(place.start, place.end), card.id + ("" if place.closed else "]]")),
        )


def _fitting(board: Board, word: str) -> Iterator[Card]:
    told: set[str] = set()
    rounds = (
        (card for card in board.open_cards if card.id.startswith(word)),
        (card for card in board.open_cards if word in plain(f"{card.id} {card.account} {card.title}")),
        (card for card in board.cards if re.search(rf"(?:^|-){re.escape(word)}", card.id)),
    )
    for cards in rounds:
        for card in cards:
            if card.id not in told:
                told.add(card.id)
                yield card
