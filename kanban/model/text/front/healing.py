"""A front matter that YAML refuses, made readable where one reading of it is left.

People write as they speak: `next_action: call back: ask for the budget`, `montant:5 k€`, a quote that is never closed,
a forgotten `---`; their editors save as they did twenty years ago (`recoded`). What was meant is then plain, and is
written so that YAML reads just that. Nothing else changes: the fields that could be read before say what they said, and
the body stays.
"""

import re

from kanban.model.text.cardfile import Document, parse_document
from kanban.model.text.characters import next_suspect
from kanban.model.text.edit.quoting import quoted
from kanban.model.text.edit.replacement import encode
from kanban.model.text.encoding import MAX_FILE
from kanban.model.text.front.literally import SIGNS, literally
from kanban.model.text.problem import Problem, line_end, line_offset
from kanban.model.text.recoding import recoded

_MOST = 40
"""Lines that are mended in one file: a card has no more fields that are broken."""

_HOPELESS = frozenset({"not-utf8", "binary", "too-large", "conflict-marker", "foreign-front-matter"})
_SPACES = " \t\u00a0\u2007\u202f\u2009"
_ENTRY = re.compile(rf"[{_SPACES}]*(?P<key>[^\W\d][\w-]*)[{_SPACES}]*[:\uff1a\ufe55](?P<value>.*)")
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LIKE_ENTRY = re.compile(
    rf"[ \t]*(?:[-*+][ \t]+)?(?P<key>[a-z][a-z0-9_]*)[ \t]*[{SIGNS}][ \t]*(?P<value>[^\s/].*?)[ \t]*"
)
_INNER = re.compile(r"[^\"']*(?:(?<=\w)'(?=\w)|(?:^|(?<=[\s(]))[\"'])")
"""What stands inside quotes that enclose it all: its first quote is an apostrophe, or opens."""
_PAIRS = {'"': '"', "'": "'"}


def healed(data: bytes) -> bytes | None:
    """The file with its front matter readable; None when it is readable already, or when that would be a guess."""
    meant = recoded(data) if len(data) <= MAX_FILE else None
    if meant is not None:
        saved = meant[0].encode()
        return healed(saved) or saved
    document = parse_document(data)
    if document.front == (0, 0):
        return _fenced(document)
    if document.readable or _HOPELESS & {problem.code for problem in document.problems}:
        return None
    return _line_by_line(document, data) or _all_at_once(document)


def _line_by_line(document: Document, data: bytes) -> bytes | None:
    """One broken line after the other, each in its own way."""
    text = document.text
    for _attempt in range(_MOST):
        mended = _mended(document)
        if mended is None or mended == text:
            return None
        text, before = mended, document
        document = parse_document(encode(text, bom=False))
        if not _says_the_same(before, document):
            return None
        if document.readable:
            return encode(text, bom=parse_document(data).bom)
    return None


def _all_at_once(document: Document) -> bytes | None:
    """Every line at its word (`literally`); the fence is closed where it was forgotten."""
    start, end = document.inside
    said = literally(document.text[start:end].splitlines(keepends=True))
    if said is None:
        return None
    head = document.text[:start] + "".join(said)
    unclosed = any(problem.code == "unclosed-front-matter" for problem in document.problems)
    if unclosed:
        head += ("" if head.endswith("\n") else document.newline) + "---" + document.newline
    data = encode(head + document.text[end:], bom=document.bom)
    after = parse_document(data)
    return data if after.readable and _says_the_same(document, after) else None


def _says_the_same(before: Document, after: Document) -> bool:
    """Whether every field that could be read still says what it said. What ends the body now may be a fence's line."""
    now = {field.key: field.value for field in after.fields}
    return all(_same(field.value, now.get(field.key)) for field in before.fields)


def _same(before: str | tuple[str, ...], after: str | tuple[str, ...] | None) -> bool:
    if isinstance(before, tuple) or isinstance(after, tuple) or after is None:
        return before == after
    return before == after or after in (before.strip("\"'"), before[1:-1])


def _fenced(document: Document) -> bytes | None:
    """A file whose `---` lines were both, or the first, forgotten: entries from its first line on, up to a `---` or an
    empty line; None when it begins as a note would."""
    text, end, entries = document.text, 0, 0
    while end < len(text) and (found := _ENTRY.fullmatch(_line(text, end))):
        if not _PLAIN_KEY.fullmatch(found["key"]) or found["key"][0].isupper():
            return None
        entries += 1
        end = line_end(text, end)
    rest = _line(text, end)
    closed = rest.rstrip() == "---"
    if (rest.strip() and not closed) or entries < (1 if closed else 2):
        return None
    head = text[:end] if text[:end].endswith("\n") else text[:end] + document.newline
    fenced = f"---{document.newline}{head}" + (text[end:] if closed else f"---{document.newline}{text[end:]}")
    data = encode(fenced, bom=document.bom)
    return data if parse_document(data).readable else healed(data)


def _line(text: str, at: int) -> str:
    return text[at : line_end(text, at)].rstrip("\r\n")


def _mended(document: Document) -> str | None:
    """The text with its first broken line mended; None when nothing plain can be done."""
    broken = [problem for problem in document.problems if problem.code in _MENDS]
    if not broken:
        return None
    first = min(broken, key=lambda problem: (problem.code == "yaml-syntax", problem.line))
    return _MENDS[first.code](document, first)


def _opened(document: Document, _problem: Problem) -> str | None:
    """Another line stands where `---` should open the front matter."""
    start, end = document.front[0], document.inside[0]
    opening = document.text[start:end].strip()
    if opening.strip("-–—― \ufeff\u200b"):
        return None
    return document.text[:start] + "---" + document.newline + document.text[end:]


def _closed(document: Document, _problem: Problem) -> str | None:
    """The closing `---` is missing, or another line stands in its place."""
    text, (end, after) = document.text, (document.inside[1], document.front[1])
    head = text[:end]
    if head and not head.endswith(("\n", "\r")):
        head += document.newline
    if any(not _ENTRY.fullmatch(line) and line.strip() for line in head[document.inside[0] :].splitlines()):
        return None
    tail = text[after:] if text[end:after].strip() else text[end:]
    return head + "---" + document.newline + tail


def _rewritten(document: Document, problem: Problem) -> str | None:
    """The line of the problem, so that YAML reads what it says; the first way that YAML takes."""
    start = line_offset(document.text, problem.line)
    end = line_end(document.text, start)
    line = document.text[start:end].rstrip("\r\n")
    for way in _ways(line):
        text = document.text[:start] + way + document.text[start + len(line) :]
        after = parse_document(encode(text, bom=False))
        if not any(one.line <= problem.line and one.code.startswith("yaml-") for one in after.problems):
            return text
    return None


def _ways(line: str) -> list[str]:
    """The line with its spaces set right, then with its value in quotes. A `#` may be a comment: that is left alone."""
    found = _ENTRY.fullmatch(line)
    if found is None or not found["value"].strip(_SPACES):
        return [line.lstrip(_SPACES)] if line.lstrip(_SPACES) != line and found is not None else []
    key, value = found["key"], found["value"].strip(_SPACES)
    spaced = f"{key}: {value}"
    if " #" in value:
        return [spaced] if spaced != line else []
    ways = [spaced]
    if next_suspect(value) is None:
        ways.append(f"{key}: {quoted(_unquoted(value), chr(34))}")
    if value.startswith("[") and "]" not in value:
        ways.insert(1, f"{spaced}]")
    return [way for way in ways if way != line]


def _unquoted(value: str) -> str:
    """The value without a quote that opens it and is not closed at its end, or the other way round."""
    quote = value[0] if value[0] in _PAIRS else ""
    if quote and value.count(quote) == 1:
        return value[1:].strip()
    inside = value[1:-1]
    return inside if quote and value.endswith(quote) and _INNER.match(inside) else value


def _entries(document: Document, _problem: Problem) -> str | None:
    """Every line is an entry that YAML takes for something else: `account:ACME`, `owner = Zoé`, `- account: ACME`."""
    start, end = document.inside
    lines = document.text[start:end].splitlines(keepends=True)
    found = [one for line in lines if (one := _LIKE_ENTRY.fullmatch(line.rstrip("\r\n")))]
    if len({one["key"] for one in found}) < len(lines):
        return None
    ends = (line[len(line.rstrip("\r\n")) :] for line in lines)
    said = (f"{one['key']}: {one['value']}{ending}" for one, ending in zip(found, ends, strict=True))
    return document.text[:start] + "".join(said) + document.text[end:]


def _single(document: Document, problem: Problem) -> str | None:
    """A line that says the same as an earlier one goes."""
    start = line_offset(document.text, problem.line)
    end = line_end(document.text, start)
    line = document.text[start:end]
    earlier = document.text[document.inside[0] : start].splitlines()
    goes_on = document.text[end : end + 2].startswith((" ", "\t", "- ", "-\n", "-\r"))
    twice = line.rstrip() in earlier and line[:1].strip() and not goes_on
    return document.text[:start] + document.text[end:] if twice else None


_MENDS = {
    "no-front-matter": _opened,
    "unclosed-front-matter": _closed,
    "yaml-syntax": _rewritten,
    "yaml-duplicate-key": _single,
    "front-matter-not-mapping": _entries,
}

HEALED = frozenset(_MENDS) | {"other-encoding"}
"""Codes of the problems that may be healed."""
