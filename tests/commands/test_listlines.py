"""The lines of `kanban list`: whole in a pipe, one a card where it fits, stacked where it does not, never a cut figure."""

from __future__ import annotations

import click
import pytest

from kanban.commands.output.card_lines import CardRow, card_lines
from kanban.commands.output.styled import cells, shorten, styled

HEADINGS = ("Card", "Column", "On", "Next action", "Amount", "%", "Owner", "Idle")
ROWS = [
    CardRow(tuple(map(styled, ("acme-sso", "Offer", "12 Oct 10:00", "send the revised offer", "€28k", "40%", "Zoé", "4 d")))),
    CardRow(tuple(map(styled, ("brasserie", "Prospects", "none", "", "", "", "", "12 d")))),
]  # fmt: skip


def lines(width: int | None) -> list[str]:
    return [click.unstyle(line.said) for line in card_lines(HEADINGS, ROWS, width)]


def test_a_pipe_gets_every_cell_whole() -> None:
    assert lines(None) == [
        "Card       Column     On            Next action             Amount    %  Owner  Idle",
        "acme-sso   Offer      12 Oct 10:00  send the revised offer    €28k  40%  Zoé     4 d",
        "brasserie  Prospects  none                                                      12 d",
    ]


@pytest.mark.parametrize("width", range(20, 120))
def test_no_line_is_wider_than_the_terminal_and_only_the_next_action_is_cut(width: int) -> None:
    shown = lines(width)
    assert max(map(len, shown)) <= width
    words = " ".join(shown)
    for row in ROWS:
        for at, cell in enumerate(row.cells):
            assert at == 3 or cell.plain in words


def test_a_narrow_terminal_stacks() -> None:
    assert lines(40) == [
        "acme-sso · Offer · 12 Oct 10:00 · €28k",
        "  40% · Zoé · 4 d",
        "  send the revised offer",
        "brasserie · Prospects · none · 12 d",
    ]


def test_a_next_action_is_cut_before_the_cards_are_stacked() -> None:
    assert lines(76)[1] == "acme-sso   Offer      12 Oct 10:00  send the revi…    €28k  40%  Zoé     4 d"


def test_what_is_not_measured_by_rich_takes_one_cell() -> None:
    from rich.cells import cell_len

    letters = map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x300), *map(ord, "–—‘’“”…\u202f€→")])
    assert [letter for letter in letters if cells(letter) != cell_len(letter)] == []


@pytest.mark.parametrize("text", ["日本", "e\u0301", "🙂 a", "\u00ad", "été €"])
def test_cells_are_rich_s(text: str) -> None:
    from rich.cells import cell_len

    assert (cells(text), cells(shorten(text * 9, 7)) <= 7) == (cell_len(text), True)


def test_styles_are_told_and_nothing_is_after_the_last_word() -> None:
    row = CardRow((styled("a", "bold") + styled(" LATE", "bold red"), *(styled("") for _head in HEADINGS[1:])))
    assert [line.said for line in card_lines(HEADINGS, [row], None)][1] == (
        "\x1b[1ma\x1b[0m\x1b[31m\x1b[1m LATE\x1b[0m"
    )
