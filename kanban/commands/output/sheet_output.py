"""A sheet in the terminal, as Markdown, or as data: the same options for every ritual."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kanban.commands.base.session import Session, emit_json
from kanban.commands.output.console import safe
from kanban.errors import KanbanError, NotARepository
from kanban.i18n import _
from kanban.metrics.base.clocks import clocks
from kanban.paper.sheet_markdown import sheet_markdown

if TYPE_CHECKING:
    from kanban.metrics.base.clocks import Clocks
    from kanban.model.history.events import History
    from kanban.paper.sheet import Entry, Section, Sheet

F = TypeVar("F", bound=Callable[..., Any])
_COLOURS = {"red": "red", "amber": "yellow", "green": "green"}
_MARKS = {"red": "!", "amber": "?", "green": "+", "": "-"}


def sheet_options(function: F) -> F:
    """`--markdown` and `--interactive`."""
    for decorate in (
        click.option("--interactive", "-i", is_flag=True, default=False, help="Go through the items and settle them."),
        click.option("--markdown", "as_markdown", is_flag=True, default=False, help="Answer as Markdown."),
    ):
        function = decorate(function)
    return function


def show(sheet: Sheet, document: Callable[[], dict[str, Any]], *, as_markdown: bool, as_json: bool) -> None:
    """Print the sheet in the form that was asked for."""
    if as_json and as_markdown:
        raise KanbanError(_("--json and --markdown exclude each other"), cure=_("leave one out"))
    if as_json:
        emit_json(document())
    elif as_markdown:
        click.echo(safe(sheet_markdown(sheet)), nl=False)
    else:
        print_sheet(sheet)


def print_sheet(sheet: Sheet) -> None:
    """The sheet, wrapped to the terminal's width."""
    width = min(120, shutil.get_terminal_size((100, 24)).columns)
    click.echo(click.style(sheet.title, bold=True) + click.style(f" · {sheet.subtitle}", dim=True))
    for section in sheet.sections:
        click.echo()
        for line in section_lines(section, width):
            click.echo(line)


def section_lines(section: Section, width: int) -> Iterator[str]:
    """One section as styled lines."""
    yield click.style(section.title, bold=True, underline=True)
    if section.note:
        yield from (click.style(f"  {line}", dim=True) for line in textwrap.wrap(safe(section.note), width - 4))
    for entry in section.entries:
        yield from entry_lines(entry, width)
    if not section.entries and section.empty:
        yield click.style(f"  {section.empty}", dim=True)
    for line in section.text.splitlines():
        yield f"    {safe(line)}".rstrip()


def entry_lines(entry: Entry, width: int) -> Iterator[str]:
    """One entry: its mark, the card's id, the head; what stands under it; what to type."""
    colour = _COLOURS.get(entry.light)
    mark = click.style(_MARKS[entry.light], fg=colour, bold=True)
    card = safe(entry.card)
    plain = f"{card}  {safe(entry.head)}" if card else safe(entry.head)
    first, *rest = textwrap.wrap(plain, max(20, width - 4), break_on_hyphens=False) or [""]
    if card and first.startswith(card):
        first = click.style(card, bold=True) + first[len(card) :]
    yield f"  {mark} {first}"
    yield from (f"      {line}" for line in rest)
    for text in entry.lines:
        lines = textwrap.wrap(safe(text).replace("\n", " "), max(20, width - 6), break_on_hyphens=False)
        yield from (f"      {line}" for line in lines)
    if entry.command:
        yield click.style(f"      → {safe(entry.command)}", dim=True)


def past_of(session: Session) -> tuple[History | None, dict[str, Clocks]]:
    """The history and every card's clocks; (None, {}) outside a repository and in a shallow clone, said once."""
    try:
        history = session.history(needed=False)
    except NotARepository:
        click.echo(_("note: not in a git repository, so ages are unknown"), err=True)
        return None, {}
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages are left out"), err=True)
        return None, {}
    return history.as_of(session.today), clocks(session.board, history, session.today)
