"""A problem found while reading a user's text: data beside the values, never an exception."""

from __future__ import annotations

from dataclasses import replace

from kanban.patterns import pattern
from kanban.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that could not be read as written.

    `line` and `column` are 1-based and refer to the file as it stands; `code` is a stable kebab-case
    name that the linter maps to a rule; `message` says what is wrong, `cure` what to write instead.
    `key` names the field concerned, "" when the whole file is.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""
    key: str = ""

    def at(self, path: str) -> Problem:
        """The same problem, placed in the file `path`."""
        return replace(self, path=path)


LINE_BREAK = pattern(r"\r\n|\n|\r")


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of the character at `offset`; CRLF, LF and a lone CR each end one line."""
    breaks = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    last = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return breaks + 1, offset - last


def line_at(text: str, offset: int) -> str:
    """The whole line around `offset`, without its line break."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    found = LINE_BREAK.search(text, offset)
    return text[start : found.start() if found else len(text)]


def line_start(text: str, offset: int) -> int:
    """The offset at which the line around `offset` begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """The offset just past the line around `offset`, its line break included."""
    found = LINE_BREAK.search(text, offset)
    return found.end() if found else len(text)


def line_offset(text: str, line: int) -> int:
    """The offset at which the 1-based `line` begins; the text's length when it has fewer lines."""
    at = 0
    for _number in range(line - 1):
        at = line_end(text, at)
    return at
