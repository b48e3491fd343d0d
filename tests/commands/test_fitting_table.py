"""Report tables lose nothing in a narrow terminal: they become a list where their figures would be cut off."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from kanban.commands.output.blocks import plain_table


def shown(width: int) -> str:
    table = plain_table(("Metric", "left"), ("Now", "right"), ("Target", "right"), ("Light", "left"))
    table.add_row("Conversion, Offer sent", "74.1%", "92.5%", Text("red", style="bold red"))
    table.add_row("Throughput", "2/week", "1.7/week", "")
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(table)
    return stream.getvalue()


@pytest.mark.parametrize("width", range(24, 100))
def test_no_figure_is_lost(width: int) -> None:
    text = shown(width)
    assert max(map(len, text.splitlines())) <= width
    for figure in ("74.1%", "92.5%", "red", "2/week", "1.7/week"):
        assert figure in text


def test_a_narrow_terminal_gets_a_list() -> None:
    assert shown(36).splitlines() == [
        "Conversion, Offer sent · Now 74.1%",
        "  Target 92.5% · Light red",
        "Throughput · Now 2/week",
        "  Target 1.7/week",
    ]
