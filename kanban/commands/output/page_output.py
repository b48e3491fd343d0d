"""A page in the terminal, in a file, as Markdown, or as data: the same for every report and every ritual."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kanban.commands.base.day_shown import clocks_of
from kanban.commands.base.ledger import clocks_on
from kanban.commands.base.ledger import past_of as past_day
from kanban.commands.base.session import Session, emit_json
from kanban.commands.output.printing import paint, put
from kanban.errors import KanbanError, NotARepository
from kanban.i18n import _
from kanban.paper.markdown import markdown
from kanban.paper.text import text

if TYPE_CHECKING:
    from kanban.metrics.clock_days import Clocks
    from kanban.model.history.events import History
    from kanban.paper.page import Page

F = TypeVar("F", bound=Callable[..., Any])


def markdown_option(function: F) -> F:
    """`--markdown`."""
    return click.option("--markdown", "as_markdown", is_flag=True, default=False, help="Answer as Markdown.")(function)


def sheet_options(function: F) -> F:
    """`--markdown` and `--interactive`."""
    interactive = click.option(
        "--interactive", "-i", is_flag=True, default=False, help="Go through the items and settle them."
    )
    return markdown_option(interactive(function))


def show(page: Page, document: Callable[[], Mapping[str, Any]], *, as_markdown: bool, as_json: bool) -> None:
    """Print the page in the form that was asked for."""
    if as_json and as_markdown:
        raise KanbanError(_("--json and --markdown exclude each other"), cure=_("leave one out"))
    if as_json:
        emit_json(document())
    elif as_markdown:
        put(markdown(page))
    else:
        print_page(page)


def print_page(page: Page) -> None:
    """The page, wrapped to the terminal's width."""
    put(text(page, paint, terminal_width()))


def terminal_width() -> int:
    """Columns to write sentences in: the terminal's, as long as lines can be read."""
    return min(120, shutil.get_terminal_size((100, 24)).columns)


def past_of(session: Session) -> tuple[History | None, Mapping[str, Clocks]]:
    """The history and every card's clocks; (None, {}) outside a repository and in a shallow clone, said once."""
    past = past_day(session)
    if past is not None:
        return past.history, clocks_of(session)
    try:
        history = session.history(needed=False)
    except NotARepository:
        click.echo(_("note: not in a git repository, so ages are unknown"), err=True)
        return None, {}
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages are left out"), err=True)
        return None, {}
    return history.as_of(session.today), clocks_on(session, history, session.board)
