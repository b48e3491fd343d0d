"""Where in a card the cursor stands. The text is looked at line by line: while somebody types, it is seldom whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from kanban.editors.text import Text

_FENCE = re.compile(r"---[ \t]*\Z")
_FIELD = re.compile(r"(?P<key>[^\s:#\-\[\]{}][^:]*?)(?P<colon>[ \t]*:(?:[ \t]+|\Z))(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+")
_OPEN_LINK = re.compile(r"\[\[([^\[\]|#\n]*)\Z")
_BEFORE_ITEM = re.compile(r".*[\[,][ \t]*", re.DOTALL)


class Within(Enum):
    """What stands at a place."""

    KEY = auto()
    VALUE = auto()
    LINK = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a card: the word from `start` to `end` is `typed` so far and would be replaced.

    `key` is the field around it. `closed` says that what closes the word is there already: a colon, or `]]`.
    """

    within: Within
    key: str = ""
    typed: str = ""
    start: int = 0
    end: int = 0
    closed: bool = False
    in_list: bool = False


def front_matter(text: Text) -> tuple[int, int] | None:
    """The lines (from 0) of the front matter's opening and closing fence; the text's end where it is not closed.

    None when the text does not begin with one.
    """
    first = next((at for at in range(text.line_count) if text.line(at).strip()), 0)
    if not _FENCE.match(text.line(first)):
        return None
    closing = (at for at in range(first + 1, text.line_count) if _FENCE.match(text.line(at)))
    return first, next(closing, text.line_count)


def place_of(text: Text, offset: int) -> Place:
    """What stands at an offset."""
    line = text.line_at(offset)
    start = text.start_of(line)
    before, whole = text.text[start:offset], text.line(line)
    link = _OPEN_LINK.search(before)
    if link is not None:
        rest = whole[len(before) :]
        return Place(Within.LINK, "", link[1], start + link.start(1), offset, closed=rest.startswith("]]"))
    front = front_matter(text)
    if front is None or not front[0] < line < front[1]:
        return Place(Within.TEXT)
    item = _ITEM.match(before)
    if item is not None:
        key = _key_above(text, line, front[0])
        return Place(Within.VALUE, key, before[item.end() :], start + item.end(), offset, in_list=True)
    field = _FIELD.match(before)
    if field is None:
        typed = before.lstrip()
        closed = ":" in whole[len(before) :]
        end = start + (whole.index(":", len(before)) if closed else len(before))
        return Place(Within.KEY, "", typed, start + len(before) - len(typed), end, closed=closed)
    value, at = field["value"], start + field.start("value")
    if value.startswith("["):
        head = _BEFORE_ITEM.match(value)
        skipped = head.end() if head is not None else 1
        return Place(Within.VALUE, field["key"], value[skipped:], at + skipped, offset, in_list=True)
    return Place(Within.VALUE, field["key"], value, at, offset)


def key_at(text: Text, offset: int) -> str:
    """The field on whose line (or list) the offset stands; "" outside the front matter."""
    line, front = text.line_at(offset), front_matter(text)
    if front is None or not front[0] < line < front[1]:
        return ""
    found = _FIELD.match(text.line(line))
    return found["key"] if found is not None else _key_above(text, line, front[0])


def _key_above(text: Text, line: int, first: int) -> str:
    """The field of which the line is an item."""
    for at in range(line - 1, first, -1):
        field = _FIELD.match(text.line(at))
        if field is not None and not _ITEM.match(text.line(at)):
            return field["key"]
    return ""
