"""`kanban portfolio`: one question to several boards."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import click

from kanban.commands.base.calling.entry import LazyGroup, Verb, VerbGroup
from kanban.commands.base.calling.invocation import COULD_NOT, FINDINGS, settings_of, speak
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.session import emit_json
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.paper.plain import one_line, safe
from kanban.portfolio.asking import Answer, Verbs, ask_all
from kanban.portfolio.boards import Member, Portfolio, read_portfolio
from kanban.portfolio.document import PortfolioDocument
from kanban.portfolio.pages import guard, site_names, write_index
from kanban.portfolio.rows import Documents, Rows, forecast_rows, lines_of, lint_rows, list_rows, metrics_rows
from kanban.portfolio.wall import board_rows


@click.group(cls=VerbGroup, name="portfolio")
def command() -> None:
    """Ask several boards at once: those that `portfolio.yml` names, here or above.

    Boards are asked side by side; one that cannot answer is named and hides no other (exit 2).
    """


def _begun(context: click.Context) -> tuple[Path, Portfolio, tuple[str, ...]]:
    """The portfolio's folder, the portfolio, and the words that every question to a board ends with."""
    settings = settings_of(context)
    speak(settings)
    place, portfolio = read_portfolio(Path(settings.directory))
    return place, portfolio, (("--lang", settings.language) if settings.language else ())


def _verbs(context: click.Context, verb: str) -> Verbs:
    """All verbs; the one that boards will be asked is loaded now, once for all of them."""
    group = cast("LazyGroup", context.find_root().command)
    group.get_command(context, verb)
    return group.verbs


def _day(as_of: str | None) -> tuple[str, ...]:
    return ("--as-of", as_of) if as_of else ()


def _asked(
    context: click.Context, words: Sequence[str], as_of: str | None, as_json: bool, rows: Callable[[Documents], Rows]
) -> int:
    place, portfolio, language = _begun(context)
    answers = ask_all(place, portfolio, _verbs(context, words[0]), lambda _member: [*words, *_day(as_of), *language])
    found = {one.board: one.document for one in answers if one.document is not None}
    if as_json:
        failed = {one.board: one.trouble for one in answers if one.document is None}
        document: PortfolioDocument = {"schema": "kanban-portfolio/1", "boards": found, "failed": failed}
        emit_json(document)
    elif found:
        for line in lines_of(rows(found)):
            click.echo(line)
    return _ended(answers, found)


def _ended(answers: Sequence[Answer], found: Documents) -> int:
    failed = [one for one in answers if one.document is None]
    for one in failed:
        click.echo(one_line(_("{board} cannot answer: {reason}").format(board=one.board, reason=one.trouble)), err=True)
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


@command.command(cls=Verb, examples=("kanban portfolio board         one wall: cards and limits, column by column",))
@as_of_option
@json_option
@click.pass_context
def board(context: click.Context, as_of: str | None, as_json: bool) -> int:
    """Show all boards as one wall: a line a board, columns of one name below each other, sums."""
    return _asked(context, ("board", "--json"), as_of, as_json, board_rows)


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


@command.command(cls=Verb, examples=("kanban portfolio render -o sites     a site a board, and one wall above",))
@click.option(
    "-o",
    "--output",
    type=A_FOLDER,
    metavar="DIR",
    default=None,
    help="Where to write; default: `site` beside it.",
)
@as_of_option
@json_option
@click.pass_context
def render(context: click.Context, output: str | None, as_of: str | None, as_json: bool) -> int:
    """Write the internal site of each board into a folder of its own, and one wall that leads to them all."""
    place, portfolio, language = _begun(context)
    target = Path(os.path.abspath(output or place / "site"))
    guard(target)
    names = site_names(portfolio)

    def words(member: Member) -> list[str]:
        return ["render", "--output", str(target / names[member.called]), *_day(as_of), *language]

    verbs = _verbs(context, "board")
    walls = ask_all(place, portfolio, verbs, lambda _member: ["board", "--json", *_day(as_of), *language])
    found = {one.board: one.document for one in walls if one.document is not None}
    there = Portfolio(tuple(one for one in portfolio.boards if one.called in found))
    rendered = ask_all(place, there, verbs, words, documents=False)
    answers = [*(one for one in walls if one.document is None), *rendered]
    made = {one.board: found[one.board] for one in rendered if one.document is not None}
    path = write_index(target, portfolio, made, next((one["as_of"] for one in made.values()), "–")) if made else None
    if as_json:
        failed = {one.board: one.trouble for one in answers if one.document is None}
        emit_json(PortfolioDocument(schema="kanban-portfolio/1", boards=made, failed=failed))
    elif path is not None:
        click.echo(safe(str(path)))
    return _ended(answers, {})


@command.command(
    cls=Verb,
    examples=('kanban portfolio sql "select board, count(*) from cards group by all"   over the tables of all boards',),
)
@click.argument("question", metavar="QUESTION")
@as_of_option
@json_option
@click.pass_context
def sql(context: click.Context, question: str, as_of: str | None, as_json: bool) -> int:
    """Answer a `select` over the tables of all boards, with DuckDB (extra `analytics`); `board` says whose a row is."""
    from kanban.commands.publish.sql import tell_rows  # what only this verb needs
    from kanban.metrics.export.parquet import ask_parquet
    from kanban.metrics.export.questions import Asked

    place, portfolio, language = _begun(context)
    with tempfile.TemporaryDirectory(prefix="kanban-portfolio-", ignore_cleanup_errors=True) as lake:

        def words(member: Member) -> list[str]:
            return ["export", lake, "--format", "parquet", "--board", member.called, *_day(as_of), *language]

        answers = ask_all(place, portfolio, _verbs(context, "export"), words, documents=False)
        if not any(one.document is not None for one in answers):
            raise KanbanError(_("no board can answer: {reason}").format(reason=answers[0].trouble))
        tell_rows(Asked(*ask_parquet(Path(lake), question)), as_json=as_json, as_csv=False)
    sys.stdout.flush()
    return _ended(answers, {})
