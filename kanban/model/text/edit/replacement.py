"""Replacements inside a card's text, and where a value's own lines begin and end."""

import codecs
from collections.abc import Iterable

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.text.cardfile import Document, RawField
from kanban.model.text.front.front_fields import Span
from kanban.model.text.problem import LINE_BREAK, line_start
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters [start, end) of a document's text replaced by `text`."""

    start: int
    end: int
    text: str


def apply_edits(document: Document, edits: Iterable[Edit]) -> bytes:
    """The file with the edits made; they must not overlap. The byte order mark stays, or stays away.

    Edits at one place are made in the order given.
    """
    text = document.text
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for edit in ordered[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return encode(text, bom=document.bom)


def encode(text: str, *, bom: bool) -> bytes:
    """The bytes of a card file. Raises `EditConflict` for text with stand-ins for bytes that are not UTF-8."""
    try:
        return (codecs.BOM_UTF8 if bom else b"") + text.encode()
    except UnicodeEncodeError as error:
        shown = text[error.start : error.end].encode("utf-8", "backslashreplace").decode()
        message = _("the text holds something that is no character: {text}").format(text=shown[:40])
        raise EditConflict(message, cure=_("type it again in a terminal that speaks UTF-8")) from error


def value_end(text: str, value: RawField | Span) -> int:
    """Where the value's last character stands, for a block of text too, whose own end YAML puts after empty lines."""
    if value.style not in ("|", ">"):
        return value.end
    keeps = keeps_empty_lines(text, value)
    end = value.end
    while end > value.start:
        start = line_start(text, end)
        if text[start:end].strip(" \t") or start <= value.start:
            return end
        end = start - (2 if text[start - 2 : start] == "\r\n" else 1)
        if keeps:
            return end
    return end


def keeps_empty_lines(text: str, value: RawField | Span) -> bool:
    """Whether the empty lines below a value belong to it, as they do under a `|+` header."""
    return value.style in ("|", ">") and "+" in rest_of_line(text, value.start).split("#")[0]


def colon_end(text: str, field: RawField) -> int:
    """The offset just past the colon after the field's key."""
    return text.index(":", field.key_end) + 1


def rest_of_line(text: str, offset: int) -> str:
    """What stands between `offset` and the end of its line."""
    found = LINE_BREAK.search(text, offset)
    return text[offset : found.start() if found else len(text)]


def break_at(text: str, offset: int, otherwise: str) -> str:
    """The line break that ends the line around `offset`."""
    found = LINE_BREAK.search(text, offset)
    return found.group() if found else otherwise
