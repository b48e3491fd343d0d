"""What is said beside the answer, on standard error: on a terminal broken between words, what is to be typed whole."""

from __future__ import annotations

import sys

import click

from kanban.paper.plain import between_words, safe


def aside(said: str, mark: str = "", colour: int | str | None = None, *, bold: bool = False) -> None:
    """Say a line; `mark` stands before it in a colour."""
    line = safe(f"{mark} {said}" if mark else said)
    if sys.stderr.isatty():
        import shutil

        margin = " " * (len(line) - len(line.lstrip()) + 4)
        width = shutil.get_terminal_size().columns
        line = "\n".join(between_words(one, width, margin) for one in line.split("\n"))
    painted = click.style(mark, fg=colour, bold=bold or None) if colour is not None else mark
    click.echo(painted + line.removeprefix(mark), err=True)
