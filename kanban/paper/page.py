"""One model of a page: what a report or an agenda says, before any medium.

Texts are raw, in the language in force when the page was made; each writer escapes them for its medium. A page
decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Self

from kanban.values import dataclass

CELL = 160
"""Characters of one text of a card that a table shows."""

LIGHTS = {"red": "🔴", "amber": "🟠", "green": "🟢"}


class Styled(str):
    """A text with a style on a terminal (`dim`, `path`, `error`, …); elsewhere it is the text alone."""

    __slots__ = ("style",)
    style: str

    def __new__(cls, text: str, style: str = "") -> Self:
        made = super().__new__(cls, text)
        made.style = style
        return made


class Command(Styled):
    """What is to be typed, to be copied as it stands."""

    __slots__ = ()


class Link(Styled):
    """A text that leads somewhere, where the medium can. The address is ours, every part of it encoded."""

    __slots__ = ("address",)
    address: str

    @classmethod
    def to(cls, text: str, address: str) -> Link:
        """The text with its address."""
        made = cls(text)
        made.address = address
        return made


class Sentence(Styled):
    """A sentence of ours in which `backticks` mark what is to be typed."""

    __slots__ = ()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Each piece, and whether it is to be typed. A mark without its partner is a sign like any other."""
        pieces = self.split("`")
        if len(pieces) % 2 == 0:
            yield str(self), False
            return
        yield from ((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section. `weight` is what it is worth: the heaviest are kept when few are."""

    cells: tuple[str, ...]
    weight: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an agenda. `card` is the id it is about, "" for none; `light` is `red`, `amber`, `green` or "".

    `lines` stand under the head; `command` is what to type to settle it, and `more` what else.
    """

    head: str
    card: str = ""
    lines: tuple[str, ...] = ()
    command: str = ""
    light: str = ""
    more: tuple[str, ...] = ()

    @property
    def commands(self) -> tuple[str, ...]:
        """What to type, one after the other."""
        return (self.command, *self.more) if self.command else self.more


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page. `key` is stable. It holds entries, or rows, or text, or several of them.

    `empty` is said when there is no entry; `note` explains the section; `text` is shown as it stands, line by line.
    `to_settle` is False where there is nothing to do, only to know. `head` names the columns of a table, () makes the
    rows a list. `detail` can be dropped first, `folded` is shut until opened, `sums` are neither cut nor counted;
    `left_out` counts the rows not shown.
    """

    key: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    empty: str = ""
    note: str = ""
    text: str = ""
    to_settle: bool = True
    head: tuple[str, ...] = field(default=(), kw_only=True)
    rows: tuple[Row, ...] = field(default=(), kw_only=True)
    folded: bool = field(default=False, kw_only=True)
    detail: bool = field(default=False, kw_only=True)
    sums: bool = field(default=False, kw_only=True)
    left_out: int = field(default=0, kw_only=True)

    def counted(self) -> str:
        """The title, with how many rows there are where that says something."""
        count = len(self.rows) + self.left_out
        return f"{self.title} ({count})" if count and not self.sums else self.title


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page: `title` names it and `lead` goes on from there; a `verdict` takes the title's place, where it is
    read.

    `note` says what was left out, `foot` closes the page: what it rests on. `marker` is hidden where the medium can
    hide something, so that a comment is found again.
    """

    title: str = ""
    lead: str = ""
    sections: tuple[Section, ...] = ()
    verdict: str = ""
    note: str = ""
    foot: str = ""
    marker: str = ""


def short(text: str) -> str:
    """A text of a card, cut to what a table shows."""
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def rows_of(lines: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Rows that weigh nothing."""
    return tuple(Row(tuple(line)) for line in lines)
