"""The headings of a Markdown body, as a reader sees them: none inside code or comments."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kanban.model.text.problem import LINE_BREAK
from kanban.values import dataclass

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|\Z)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOT_TEXT = re.compile(r" {0,3}(?:[#>|]|[-*+] |\d+[.)] |-{3,}|\*{3,}|_{3,})| {4}|\t")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` 1 to 6, its text, and its place: `start` and `end` are offsets of its line or lines,
    line break included; `line` counts from 1.
    """

    level: int
    text: str
    start: int
    end: int
    line: int


def read_headings(body: str) -> Iterator[Heading]:
    """The headings of `body` from top to bottom, written with `#` or underlined with `=` or `-`."""
    return iter(_headings(body))


def first_heading(body: str) -> str:
    """The text of the first `# heading`, "" without any."""
    if "#" not in body and "=" not in body:
        return ""
    return next((heading.text for heading in read_headings(body) if heading.level == 1), "")


@lru_cache(maxsize=8)
def _headings(body: str) -> tuple[Heading, ...]:
    """The same at once; who looks for one section after another asks about one body several times."""
    return tuple(_read(body))


def _read(body: str) -> Iterator[Heading]:
    above: tuple[str, int] | None = None
    for line, start, end, number in _prose(body):
        atx = _ATX.match(line)
        if atx:
            yield Heading(len(atx.group(1)), _unclosed(line[atx.end() :]), start, end, number)
        underline = _UNDERLINE.match(line) if above else None
        if underline and above:
            yield Heading(1 if "=" in underline.group(1) else 2, above[0].strip(), above[1], end, number - 1)
        above = None if not line.strip() or underline or _NOT_TEXT.match(line) else (line, start)


def _prose(body: str) -> Iterator[tuple[str, int, int, int]]:
    """Each line: text, offsets with its line break, number. In code blocks and comments the text is left out."""
    closing = ""
    for line, start, end, number in _lines(body):
        code = _CODE.match(line)
        if closing:
            if closing == "-->":
                closing = "" if "-->" in line else closing
            elif code and code.group(1).startswith(closing) and not line.strip(" \t`~"):
                closing = ""
            yield "", start, end, number
        elif code or line.lstrip(" ").startswith("<!--"):
            closing = code.group(1) if code else "" if "-->" in line else "-->"
            yield "", start, end, number
        else:
            yield line, start, end, number


def _lines(text: str) -> Iterator[tuple[str, int, int, int]]:
    position = 0
    for number, found in enumerate(LINE_BREAK.finditer(text), 1):
        yield text[position : found.start()], position, found.end(), number
        position = found.end()
    if position < len(text):
        yield text[position:], position, len(text), len(LINE_BREAK.findall(text)) + 1


def _unclosed(text: str) -> str:
    """A heading's text without the `##` that may close it. No pattern: one would try a long line at every blank."""
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else text
