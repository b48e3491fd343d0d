"""What a YAML text becomes: every scalar stays the characters the user typed, with the line and column it stands on."""

from __future__ import annotations

from typing import NamedTuple

from kanban.patterns import pattern
from kanban.values import dataclass

UNREADABLE = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters YAML refuses to read at all, even inside quotes."""


class Scalar(NamedTuple):  # a third of a frozen dataclass's cost, and a board has tens of thousands
    """A single value as typed. `style` is "" for plain, else the YAML quote or block character.

    `line`/`column` are 1-based; `start`/`end` are character offsets into the text that was parsed.
    """

    text: str
    line: int
    column: int
    style: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes; `flow` tells `[a, b]` from one item a line."""

    items: tuple[Node, ...]
    line: int
    column: int
    flow: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Key and value pairs in file order, keys unique."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    flow: bool = False
    start: int = 0
    end: int = 0

    def get(self, key: str) -> Node | None:
        """The value under `key`, None when it is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Sequence | Mapping
