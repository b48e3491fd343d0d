"""`kanban portfolio`: one question to several boards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from kanban.commands.base.calling.entry import Verb, VerbGroup
from kanban.commands.base.calling.invocation import COULD_NOT, FINDINGS, settings_of, speak
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.session import emit_json
from kanban.i18n import _
from kanban.paper.plain import safe
from kanban.portfolio.asking import Answer, ask_all
from kanban.portfolio.boards import read_portfolio
from kanban.portfolio.rows import Documents, Rows, forecast_rows, lines_of, lint_rows, list_rows, metrics_rows


@click.group(cls=VerbGroup, name="portfolio")
def command() -> None:
    """Ask several boards at once: those that `portfolio.yml` names, here or above.

    Boards are asked side by side; one that cannot answer is named and hides no other (exit 2).
    """


def _asked(
    context: click.Context, words: Sequence[str], as_of: str | None, as_json: bool, rows: Callable[[Documents], Rows]
) -> int:
    settings = settings_of(context)
    speak(settings)
    place, portfolio = read_portfolio(Path(settings.directory))
    day = ("--as-of", as_of) if as_of else ()
    language = ("--lang", settings.language) if settings.language else ()
    answers = ask_all(place, portfolio, [*words, *day, *language])
    found = {one.board: one.document for one in answers if one.document is not None}
    if as_json:
        emit_json(
            {
                "schema": "kanban-portfolio/1",
                "boards": found,
                "failed": {one.board: one.trouble for one in answers if one.document is None},
            }
        )
    elif found:
        for line in lines_of(rows(found)):
            click.echo(safe(line))
    return _ended(answers, found)


def _ended(answers: Sequence[Answer], found: Documents) -> int:
    failed = [one for one in answers if one.document is None]
    for one in failed:
        click.echo(safe(_("{board} cannot answer: {reason}").format(board=one.board, reason=one.trouble)), err=True)
    if failed:
        return COULD_NOT
    return FINDINGS if any(one.get("findings") for one in found.values()) else 0


@command.command(name="list", cls=Verb, examples=("kanban portfolio list          open cards of all boards",))
@as_of_option
@json_option
@click.pass_context
def list_(context: click.Context, as_of: str | None, as_json: bool) -> int:
    """List the open cards of all boards."""
    return _asked(context, ("list", "--json"), as_of, as_json, list_rows)


@command.command(cls=Verb, examples=("kanban portfolio metrics       the flow, board by board and together",))
@as_of_option
@json_option
@click.pass_context
def metrics(context: click.Context, as_of: str | None, as_json: bool) -> int:
    """Measure every board, and what can be added up."""
    return _asked(context, ("metrics", "--json"), as_of, as_json, metrics_rows)


@command.command(cls=Verb, examples=("kanban portfolio forecast      wins to expect, board by board and together",))
@as_of_option
@json_option
@click.pass_context
def forecast(context: click.Context, as_of: str | None, as_json: bool) -> int:
    """Say what to expect of every board, and together."""
    return _asked(context, ("forecast", "--json"), as_of, as_json, forecast_rows)


@command.command(cls=Verb, examples=("kanban portfolio lint          findings, board by board",))
@as_of_option
@json_option
@click.pass_context
def lint(context: click.Context, as_of: str | None, as_json: bool) -> int:
    """Check every board against its rules: exit 1 when one has findings."""
    return _asked(context, ("lint", "--output-format", "json"), as_of, as_json, lint_rows)
