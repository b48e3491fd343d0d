"""Writing for a terminal: rich consoles that heed NO_COLOR and width, and text that cannot steer the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.invocation import settings_of
from kanban.paper.plain import between_words

if TYPE_CHECKING:
    from rich.console import Console


AMBER = "color(130)"
"""An orange that can be read on white and on black, which a terminal's yellow cannot."""


def console(*, stderr: bool = False) -> Console:
    """A rich console on standard output (or error) as wide as the terminal, COLUMNS, or 100 when piped."""
    from rich.console import Console

    color = settings_of(click.get_current_context()).color
    stream = sys.stderr if stderr else sys.stdout
    terminal = stream.isatty()
    import shutil

    width = shutil.get_terminal_size((100, 24)).columns
    return Console(
        file=stream,
        width=width,
        no_color=color is False or (color is None and not terminal),
        force_terminal=True if color else terminal,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def width_of_output() -> int | None:
    """Terminal cells of standard output, or COLUMNS; None for a pipe or a file, where nothing need be cut."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        import shutil

        return shutil.get_terminal_size((100, 24)).columns
    return None


def hanging(said: str, first: str = "", rest: str = "") -> str:
    """What is said after `first`, on a terminal broken `between_words`, its further lines after `rest`."""
    width = width_of_output()
    return first + said if width is None else between_words(first + said, max(width, len(rest) + 20), rest)


@contextmanager
def paged(screen: Console) -> Iterator[None]:
    """What is printed to `screen` inside goes through the user's pager, on a terminal only.

    As git does: `less` quits by itself when everything fits, and shows colours; `PAGER=cat` does without.
    """
    if not (screen.is_terminal and sys.stdin.isatty() and sys.stdout.isatty()):
        yield
        return
    os.environ.setdefault("LESS", "FRX")
    sys.stdout.fileno()  # the pager writes there itself, past whoever listens to what is said
    with screen.pager(styles=not screen.no_color):
        yield
