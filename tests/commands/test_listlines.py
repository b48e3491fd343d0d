"""The lines of `kanban list`: whole in a pipe, one a card where it fits, stacked where it does not, never a cut figure."""

from __future__ import annotations

import pytest
from rich.text import Text

from kanban.commands.output.card_lines import CardRow, card_lines

HEADINGS = ("Card", "Column", "On", "Next action", "Amount", "%", "Owner", "Idle")
ROWS = [
    CardRow(tuple(map(Text, ("acme-sso", "Offer", "12 Oct 10:00", "send the revised offer", "€28k", "40%", "Zoé", "4 d")))),
    CardRow(tuple(map(Text, ("brasserie", "Prospects", "none", "", "", "", "", "12 d")))),
]  # fmt: skip


def lines(width: int | None) -> list[str]:
    return [line.plain for line in card_lines(HEADINGS, ROWS, width)]


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
