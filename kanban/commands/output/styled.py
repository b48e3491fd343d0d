"""Short texts in styles, for tables of one line a row; rich, which takes as long to load as click, sets larger ones."""

from __future__ import annotations

from functools import cache

import click

from kanban.paper.plain import safe
from kanban.patterns import pattern
from kanban.values import dataclass

_ONE_CELL_EACH = pattern("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u202f\u20ac\u2192]*")
"""Texts of characters that take one cell each in any terminal: nearly all that people write here."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Pieces of text, each with its style: words such as `bold`, `dim`, `red`, or none."""

    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> str:
        """The text without styles."""
        return self.pieces[0][0] if len(self.pieces) == 1 else "".join([text for text, _style in self.pieces])

    @property
    def width(self) -> int:
        """How many cells it takes in a terminal."""
        return cells(self.plain)

    @property
    def said(self) -> str:
        """The text with the signs for its styles, which click takes away where they are not wanted; no blanks last."""
        pieces = list(self.pieces)
        while pieces and not pieces[-1][0].strip(" "):
            pieces.pop()
        if pieces:
            pieces[-1] = (pieces[-1][0].rstrip(" "), pieces[-1][1])
        return "".join([_signed(text, style) if style else text for text, style in pieces])

    def __add__(self, other: Styled) -> Styled:
        return Styled(self.pieces + other.pieces)


def styled(text: str, style: str = "") -> Styled:
    """One piece; nothing for an empty text."""
    return Styled(((text, style),) if text else ())


def cells(text: str) -> int:
    """How many cells a text takes in a terminal."""
    if text.isascii() or _ONE_CELL_EACH.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def shorten(text: str, width: int) -> str:
    """The text in at most `width` terminal cells, cut with an ellipsis."""
    text = safe(text).replace("\n", " ")
    taken = cells(text)
    if taken <= width:
        return text
    if taken == len(text):
        return text[: width - 1].rstrip() + "…" if width > 0 else ""
    from rich.cells import set_cell_size

    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def _signed(text: str, style: str) -> str:
    before, after = _signs(style)
    return f"{before}{text}{after}"


@cache
def _signs(style: str) -> tuple[str, str]:
    """What stands before and after a text in a style."""
    words = style.split()
    colour = next((word for word in words if word not in ("bold", "dim")), None)
    before, _text, after = click.style(
        "·", fg=colour, bold="bold" in words or None, dim="dim" in words or None
    ).partition("·")
    return before, after
