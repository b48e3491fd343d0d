"""Front matters of plain lines, read without YAML's parser: many times as quick, and nearly all that people write.

A plain line is `key: value` with a text that begins with a letter, a digit or a sign such as €, a quoted text without
escapes, or a bracketed list of such unquoted texts; or it is empty, or a comment; or, where places do not matter, one
item of a list. For anything else, and for characters nobody sees, the answer is None and YAML's parser reads the whole.
What comes out is what it would give, place by place.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from sys import intern

from kanban.model.text.front.front_fields import RawField, Span, Value
from kanban.patterns import pattern

LONGEST = 16_000
"""Characters; a longer front matter may hold more than YAML's reader is allowed to take."""

_ITEM = r"""\w(?:[^],\[{}:#"'\\?&*!|>%@`\r\n ]++| ++(?=[^], \r\n]))*+"""
_TEXT = r"[\w€£$¥(+/](?:[^: \r\n]++|:(?=[^ \r\n])| ++(?=[^ #\r\n]))*+"
_LINE = (
    r"([A-Za-z][A-Za-z0-9_-]{0,99}+):"
    rf"(?: ++(?:({_TEXT})"
    rf"|\"([^\"\\\r\n]*+)\"|'([^'\r\n]*+)'|(\[ *+(?:{_ITEM} *+(?:, *+{_ITEM} *+)*+(?:, *+)?+)?+\])))?+"
    r"(?: ++(?:#[^\r\n]*+)?)?+(?:\r?\n|\Z)"
)
_PLAIN, _DOUBLE, _SINGLE, _LIST = range(2, 6)
_EACH = pattern(_LINE)
_BLANK = r" *+(?:#[^\r\n]*+)?(?:\r?\n|\Z)"
_EMPTY = pattern(_BLANK)
_ALL = re.compile(rf"({_LINE}|{_BLANK})")
_ITEMS = pattern(_ITEM)
_DASHED = pattern(rf"( *+)- ++({_TEXT})(?: ++(?:#[^\r\n]*+)?)?+(?:\r?\n|\Z)")
_UNSEEN = pattern("[\r\u00a0\u202f]")
"""What is read all the same: a line end, looked at in its place, and the spaces that French puts into figures."""
_MAKE = tuple.__new__


def plain_values(text: str, *, printable: bool = False) -> Mapping[str, Value] | None:
    """Key → value of a front matter, as `RawField.value` has it; None where YAML must be asked.

    `printable` where the caller knows it: then nothing unseen is looked for.
    """
    if len(text) > LONGEST or not (printable or _readable(text)):
        return None
    lines = _ALL.findall(text)
    if sum([len(line[0]) for line in lines]) != len(text):
        return _with_dashes(text) if "- " in text else None
    found: dict[str, Value] = {}
    count = 0
    for _line, key, plain, double, single, listed in lines:
        if key:
            count += 1
            found[intern(key)] = _items(listed) if listed else double or single if plain in ("", "null") else plain
    return found if len(found) == count else None


def _with_dashes(text: str) -> Mapping[str, Value] | None:
    """The same where lists may stand one item a line."""
    found: dict[str, Value] = {}
    key, indent, at, end = "", "", 0, len(text)
    while at < end:
        line = _EACH.match(text, at)
        if line is not None:
            key, which = intern(line[1]), line.lastindex or 0
            if key in found:
                return None
            found[key] = _items(line[_LIST]) if which == _LIST else "" if line[2] == "null" else line[which]
            if which == 1:
                found[key], indent = "", "-"
            else:
                key = ""
        elif (item := _DASHED.match(text, at)) is not None and key and indent in ("-", item[1]):
            line, indent, before = item, item[1], found[key]
            found[key] = (*before, "" if item[2] == "null" else item[2])
        elif (line := _EMPTY.match(text, at)) is None:
            return None
        at = line.end()
    return found


def plain_fields(text: str, shift: int, line: int) -> tuple[RawField, ...] | None:
    """The fields of a front matter that begins on `line` and at `shift` in its file; None where YAML must be asked."""
    if not _readable(text):
        return None
    fields: dict[str, RawField] = {}
    at, end, match = 0, len(text), _EACH.match
    while at < end:
        found = match(text, at)
        if found is not None:
            key = found[1]
            if key in fields:
                return None
            fields[key] = _field(found, shift, line)
        else:
            found = _EMPTY.match(text, at)
            if found is None:
                return None
        at = found.end()
        line += 1
    return tuple(fields.values())


def _readable(text: str) -> bool:
    seen = text.replace("\n", "")
    return len(text) <= LONGEST and (seen.isprintable() or _UNSEEN.sub("", seen).isprintable())


@lru_cache(4096)
def _items(listed: str) -> tuple[str, ...]:
    """The items of a list in brackets; many cards have the same."""
    return tuple(["" if item == "null" else item for item in _ITEMS.findall(listed)])


def _field(found: re.Match[str], shift: int, line: int) -> RawField:
    which, begin, after = found.lastindex, found.start(), found.end(1)
    places = (line, begin + shift, after + shift)
    if which == _PLAIN:
        start, stop = found.span(_PLAIN)
        value = "" if found[2] == "null" else found[2]
        told = (found[1], value, line, start - begin + 1, False, False, "", *places)
        return _MAKE(RawField, (*told, start + shift, stop + shift, ()))
    if which == _LIST:
        return _list(found, shift, line, places)
    value, style, start, stop = "", "", after + 1, after + 1
    if which in (_DOUBLE, _SINGLE):
        value, style = found[which], '"' if which == _DOUBLE else "'"
        start, stop = found.start(which) - 1, found.end(which) + 1
    told = (found[1], value, line, start - begin + 1, False, style != "", style, *places)
    return _MAKE(RawField, (*told, start + shift, stop + shift, ()))


def _list(found: re.Match[str], shift: int, line: int, places: tuple[int, int, int]) -> RawField:
    begin, (start, end) = found.start(), found.span(_LIST)
    spans = [
        _MAKE(Span, (line, item.start() - begin + 1, item.start() + shift, item.end() + shift, ""))
        for item in _ITEMS.finditer(found.string, start, end)
    ]
    told = (found[1], _items(found[_LIST]), line, start - begin + 1, True, False, "[", *places)
    return _MAKE(RawField, (*told, start + shift, end + shift, tuple(spans)))
