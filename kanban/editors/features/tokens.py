"""Colours of meaning for the front matter: names of fields, days and amounts, words the board knows, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import SemanticTokens, SemanticTokensLegend

from kanban.editors.draft import Draft
from kanban.editors.features.places import front_matter
from kanban.model.cards.fields import field_of
from kanban.model.text.cardfile import RawField

TYPES = ("property", "number", "enumMember", "string", "variable", "comment", "keyword")
MODIFIERS = ("deprecated",)
LEGEND = SemanticTokensLegend(list(TYPES), list(MODIFIERS))
_OF_TYPE = {"when": "number", "day": "number", "money": "number", "share": "number", "number": "number"}
_OF_TYPE |= {"choice": "enumMember", "currency": "enumMember", "yes-no": "keyword"}
_PEOPLE = ("owner", "blocked_owner", "contact", "account")
_COMMENT = re.compile(r"(?:^|[ \t])(#.*)$")

Token = tuple[int, int, str, bool]
"""Start and end offset, type, and whether the name means nothing to the board."""


def tokens(draft: Draft) -> SemanticTokens:
    """The tokens, each told by its distance from the one before."""
    data: list[int] = []
    line, column = 0, 0
    for start, end, kind, unknown in sorted(_by_line(draft)):
        at, stop = draft.text.position(start), draft.text.position(end)
        length = stop.character - at.character
        if length <= 0 or (at.line, at.character) < (line, column):
            continue
        moved = at.character - column if at.line == line else at.character
        data += [at.line - line, moved, length, TYPES.index(kind), 1 if unknown else 0]
        line, column = at.line, at.character
    return SemanticTokens(data)


def _by_line(draft: Draft) -> Iterator[Token]:
    """No token may go over the end of its line."""
    for start, end, kind, unknown in _tokens(draft):
        for line in range(draft.text.line_at(start), draft.text.line_at(max(start, end - 1)) + 1):
            first = max(start, draft.text.start_of(line))
            first += len(draft.text.text[first : draft.text.end_of(line)]) - len(
                draft.text.text[first : draft.text.end_of(line)].lstrip()
            )
            yield first, min(end, draft.text.end_of(line)), kind, unknown


def _tokens(draft: Draft) -> Iterator[Token]:
    card, front = draft.card, front_matter(draft.text)
    if card is None or front is None:
        return
    for raw in card.raw.values():
        yield raw.key_start, raw.key_end, "property", field_of(raw.key, draft.board.config) is None
        kind = _kind(draft, raw)
        if raw.is_list:
            yield from ((item.start, item.end, kind, False) for item in raw.items)
        elif raw.end > raw.start:
            yield raw.start, raw.end, kind, False
    taken = [(raw.start, raw.end) for raw in card.raw.values()]
    for line in range(front[0] + 1, min(front[1], draft.text.line_count)):
        found = _COMMENT.search(draft.text.line(line))
        if found is not None:
            at = draft.text.start_of(line) + found.start(1)
            if not any(start <= at < end for start, end in taken):
                yield at, draft.text.end_of(line), "comment", False


def _kind(draft: Draft, raw: RawField) -> str:
    known = field_of(raw.key, draft.board.config)
    if raw.key in ("dor", "dod"):
        return "enumMember"
    if raw.key in _PEOPLE:
        return "variable"
    return _OF_TYPE.get(known.type, "string") if known is not None else "string"
