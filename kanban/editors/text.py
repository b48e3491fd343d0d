"""A text as an editor counts in it: lines and units of UTF-16 (or whatever was agreed on) beside the places of ours."""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range

from kanban.model.text.problem import LINE_BREAK

_MARK = "\ufeff"


class Text:
    """The content of an open file. Offsets and columns are those behind a byte order mark, as a card has them.

    Nothing raises: a place outside the text is its nearest end.
    """

    def __init__(self, source: str, encoding: str = "utf-16") -> None:
        self.text = source.removeprefix(_MARK)
        self._shift = len(source) - len(self.text)
        self._encoding = encoding
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]

    @property
    def line_count(self) -> int:
        """How many lines there are; the one behind the last line end counts."""
        return len(self._starts)

    def start_of(self, line: int) -> int:
        """The offset at which the line (from 0) begins."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def end_of(self, line: int) -> int:
        """The offset behind the line's last character, its line end left out."""
        end = self.start_of(line + 1)
        return end - len(_ending(self.text[self.start_of(line) : end]))

    def line(self, line: int) -> str:
        """The line (from 0) without its end."""
        return self.text[self.start_of(line) : self.end_of(line)]

    def line_at(self, offset: int) -> int:
        """The line (from 0) that holds an offset."""
        return bisect_right(self._starts, max(0, offset)) - 1

    def at(self, line: int, column: int) -> int:
        """The offset of a place as findings have it: line and column from 1."""
        start = self.start_of(max(0, line - 1))
        return min(start + max(0, column - 1), max(start, self.end_of(max(0, line - 1))))

    def position(self, offset: int) -> Position:
        """An offset as the editor counts."""
        line = self.line_at(min(offset, len(self.text)))
        units = self._units(self.text[self.start_of(line) : min(offset, len(self.text))])
        return Position(line, units + (self._shift if line == 0 else 0))

    def range(self, start: int, end: int) -> Range:
        """A stretch of the text as the editor counts."""
        return Range(self.position(start), self.position(max(start, end)))

    def whole_line(self, line: int) -> Range:
        """A line (from 0) without its end."""
        return self.range(self.start_of(line), self.end_of(line))

    def offset(self, position: Position) -> int:
        """The offset that an editor's position means."""
        line = min(max(0, position.line), len(self._starts) - 1)
        start, end = self.start_of(line), self.end_of(line)
        left = position.character - (self._shift if line == 0 else 0)
        for at in range(start, end):
            if left <= 0:
                return at
            left -= self._units(self.text[at])
        return end

    def _units(self, part: str) -> int:
        if self._encoding == "utf-32" or part.isascii():
            return len(part)
        if self._encoding == "utf-8":
            return len(part.encode("utf-8", "surrogatepass"))
        return len(part) + sum(ord(sign) > 0xFFFF for sign in part)


def _ending(line: str) -> str:
    found = re.search(r"(?:\r\n|\n|\r)\Z", line)
    return found.group() if found else ""
