"""The parts of a card: its fields and headings as symbols, and what can be folded."""

from __future__ import annotations

from dataclasses import dataclass, field

from lsprotocol.types import DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind

from kanban.editors.draft import Draft
from kanban.editors.features.places import front_matter
from kanban.i18n import _
from kanban.model.cards.fields import label_of
from kanban.model.text.headings import read_headings


@dataclass
class Part:
    """A heading with what stands below it: lines from 0, `last` included."""

    level: int
    name: str
    first: int
    last: int
    below: list[Part] = field(default_factory=list)


def parts_of(draft: Draft) -> list[Part]:
    """The headings of the notes, each inside the one above it."""
    if draft.card is None:
        return []
    document, top = draft.document, Part(0, "", 0, draft.text.line_count - 1)
    shift = document.body_line - 1
    waiting = [top]
    for heading in read_headings(document.body):
        first = heading.line - 1 + shift
        while waiting[-1].level >= heading.level:
            _close(waiting.pop(), first - 1)
        part = Part(heading.level, heading.text, first, draft.text.line_count - 1)
        waiting[-1].below.append(part)
        waiting.append(part)
    last = draft.text.line_count - 1
    if last and not draft.text.line(last):
        last -= 1
    for part in waiting[1:]:
        _close(part, last)
    return top.below


def _close(part: Part, last: int) -> None:
    part.last = max(part.first, last)


def symbols(draft: Draft) -> list[DocumentSymbol]:
    """Fields under the front matter, headings under each other."""
    card, text, found = draft.card, draft.text, []
    if card is None:
        return []
    front = front_matter(text)
    if front is not None:
        last = min(front[1], text.line_count - 1)
        whole = text.range(text.start_of(front[0]), text.end_of(last))
        fields = [
            DocumentSymbol(
                label_of(raw.key, draft.board.config) or raw.key,
                SymbolKind.Field,
                text.range(raw.key_start, max(raw.end, raw.key_end)),
                text.range(raw.key_start, raw.key_end),
                detail=raw.text.partition("\n")[0][:80] or None,
            )
            for raw in card.raw.values()
        ]
        name = card.label or _("Fields")
        found.append(
            DocumentSymbol(name, SymbolKind.Object, whole, text.whole_line(front[0]), children=fields, detail=None)
        )
    return [*found, *(_symbol(draft, part) for part in parts_of(draft))]


def _symbol(draft: Draft, part: Part) -> DocumentSymbol:
    text = draft.text
    whole = text.range(text.start_of(part.first), text.end_of(part.last))
    children = [_symbol(draft, one) for one in part.below]
    return DocumentSymbol(part.name or "#", SymbolKind.String, whole, text.whole_line(part.first), children=children)


def folds(draft: Draft) -> list[FoldingRange]:
    """The front matter, and what stands under each heading."""
    front = front_matter(draft.text)
    found = []
    if draft.card is not None and front is not None and front[1] < draft.text.line_count:
        found.append(FoldingRange(front[0], front[1], kind=FoldingRangeKind.Region))
    waiting = parts_of(draft)
    while waiting:
        part = waiting.pop()
        waiting += part.below
        if part.last > part.first:
            found.append(FoldingRange(part.first, part.last, kind=FoldingRangeKind.Region))
    return sorted(found, key=lambda one: (one.start_line, -one.end_line))
