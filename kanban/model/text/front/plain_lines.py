"""Front matters of plain lines, read without YAML's parser: many times as quick, and nearly all that people write.

A plain line is `key: value` with a text that begins with a letter or a digit, a quoted text without escapes, or a
bracketed list of such unquoted texts; or it is empty, or a comment. For anything else, and for characters nobody sees,
the answer is None and YAML's parser reads the whole. What comes out is what it would give, place by place.
"""

import re

from kanban.model.text.front.front_fields import RawField, Span

LONGEST = 16_000
"""Characters; a longer front matter may hold more than YAML's reader is allowed to take."""

_LINE = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]{0,99}+):"
    r"(?: ++(?:(\w(?:[^: \r\n]++|:(?=[^ \r\n])| ++(?=[^ #\r\n]))*+)"
    r"|\"([^\"\\\r\n]*+)\"|'([^'\r\n]*+)'|\[ *+([^]\r\n]*+)\]))?+"
    r"(?: ++(?:#[^\r\n]*+)?)?+(?:\r?\n|\Z)"
)
_NOTHING = re.compile(r" *+(?:#[^\r\n]*+)?(?:\r?\n|\Z)")
_ITEM = re.compile(r"""(\w(?:[^],\[{}:#"'\\?&*!|>%@` ]++| ++(?=[^], ]))*+) *+(?:, *+|\Z)""")
_PLAIN, _DOUBLE, _SINGLE, _LIST = range(2, 6)
_UNSEEN = re.compile("[\r\u00a0\u202f]")
"""What is read all the same: a line end, looked at in its place, and the spaces that French puts into figures."""
_MAKE = tuple.__new__


def plain_fields(text: str, shift: int, line: int) -> tuple[RawField, ...] | None:
    """The fields of a front matter that begins on `line` and at `shift` in its file; None where YAML must be asked."""
    seen = text.replace("\n", "")
    if len(text) > LONGEST or not (seen.isprintable() or _UNSEEN.sub("", seen).isprintable()):
        return None
    fields: dict[str, RawField] = {}
    at, end, match = 0, len(text), _LINE.match
    while at < end:
        found = match(text, at)
        if found is None:
            found = _NOTHING.match(text, at)
            if found is None:
                return None
        else:
            key = found[1]
            if key in fields:
                return None
            which = found.lastindex
            if which == _PLAIN:
                value, after, (start, stop) = found[2], shift + found.end(1), found.span(2)
                value = "" if value == "null" else value
                told = (key, value, line, start - at + 1, False, False, "", line, at + shift, after, start + shift)
                fields[key] = _MAKE(RawField, (*told, stop + shift, ()))
            elif which == _LIST:
                field = _list(found, shift, line)
                if field is None:
                    return None
                fields[key] = field
            else:
                fields[key] = _quoted_or_empty(found, shift, line)
        at = found.end()
        line += 1
    return tuple(fields.values())


def _quoted_or_empty(found: re.Match[str], shift: int, line: int) -> RawField:
    which, begin, after = found.lastindex or 1, found.start(), found.end(1)
    value, style, start, stop = "", "", after + 1, after + 1
    if which > 1:
        value, style = found[which], '"' if which == _DOUBLE else "'"
        start, stop = found.start(which) - 1, found.end(which) + 1
    places = (line, begin + shift, after + shift, start + shift, stop + shift)
    return _MAKE(RawField, (found[1], value, line, start - begin + 1, False, which > 1, style, *places, ()))


def _list(found: re.Match[str], shift: int, line: int) -> RawField | None:
    text, begin, after = found.string, found.start(), found.end(1)
    at, end = found.span(_LIST)
    start = text.rindex("[", after, at)
    values, spans, match = [], [], _ITEM.match
    while at < end:
        item = match(text, at, end)
        if item is None:
            return None
        value, (opens, closes) = item[1], item.span(1)
        values.append("" if value == "null" else value)
        spans.append(_MAKE(Span, (line, opens - begin + 1, opens + shift, closes + shift, "")))
        at = item.end()
    places = (line, begin + shift, after + shift, start + shift, end + 1 + shift)
    told = (found[1], tuple(values), line, start - begin + 1, True, False, "[", *places, tuple(spans))
    return _MAKE(RawField, told)
