"""`kanban diff`: what a change does to the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS, Settings, settings_of, speak
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.calling.places import A_FILE
from kanban.commands.check.inputs.two_sides import Sides, Wanted
from kanban.commands.check.judge import judged, judged_merge
from kanban.commands.output.printing import paint, put
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.paper.html import html
from kanban.paper.length import brief
from kanban.paper.markdown import BUDGET, markdown
from kanban.paper.text import plain, text
from kanban.review.document import MAX_BYTES, read_report
from kanban.review.from_boards import Change, make_report
from kanban.review.sections import could_not_run, page_of
from kanban.review.web import Web
from kanban.schemas.writing import to_json

if TYPE_CHECKING:
    from kanban.commands.check.inputs.source import Source
    from kanban.commands.check.inputs.two_sides import Sides
    from kanban.lint.finding import Finding
    from kanban.model.history.events import History
    from kanban.paper.page import Page
    from kanban.review.report import Report


@click.command(
    cls=Verb,
    examples=(
        "kanban diff                               the folder as it stands against the last commit",
        "kanban diff main...HEAD                   what this branch brings, since it left main",
        "kanban diff --since yesterday             the digest of yesterday and today",
        "kanban diff main feature --format markdown --output-file report.md",
    ),
)
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--merge-base", "fork", is_flag=True, default=False, help="Compare from where the sides parted (A...B).")
@click.option("--since", metavar="DAY", default=None, help="From the beginning of a day: “yesterday”, “3 days ago”.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown", "html"]), default="text")
@click.option(
    "--output-file", type=A_FILE, metavar="FILE", default=None, help="Write to a file instead of standard output."
)
@click.option("--exit-code", is_flag=True, default=False, help="Exit 1 when the board changed, as git does.")
@click.option("--budget", type=click.IntRange(1000), default=None, help="Markdown: characters at most [60000].")
@click.option("--full", is_flag=True, default=False, help="Text: every detail, not only the weightiest.")
@click.option("--reveal", is_flag=True, default=False, help="Show the values of personal fields.")
@click.option(
    "--from-json",
    "stored",
    type=A_FILE,
    metavar="FILE",
    default=None,
    help="Tell a report made before with --format json.",
)
@click.option("--links", metavar="URL", default="", help="Where the newer side's files stand: names lead there.")
@click.option("--site", metavar="URL", default="", help="Where the board is shown: the report leads there.")
@click.option(
    "--not-checked", metavar="BOARD", default=None, help="Tell, in place of a report, that BOARD could not be checked."
)
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    base: str | None,
    head: str | None,
    fork: bool,
    since: str | None,
    form: str,
    output_file: str | None,
    exit_code: bool,
    budget: int | None,
    full: bool,
    reveal: bool,
    stored: str | None,
    links: str,
    site: str,
    not_checked: str | None,
    as_of: str | None,
    as_json: bool,
) -> int:
    """Compare two boards card by card: value, moves, WIP, findings, rules.

    BASE is a revision (default: HEAD), HEAD another; without HEAD the folder as it stands is compared. With two
    branches, WIP is also counted as it will be after merging them.
    """
    settings, web = settings_of(context), Web.at(links, site)
    if not_checked is not None:
        speak(settings)
        put(_written(could_not_run(not_checked.strip("./")), form, budget, output_file, full), output_file)
        return 0
    if stored is not None:
        report = _stored(settings, stored)
    else:
        report = report_of(Sides(settings, as_of, Wanted.parsed(base, head, fork, since)), reveal=reveal)
    form = "json" if as_json else form
    put(
        to_json(report) + "\n" if form == "json" else _written(page_of(report, web), form, budget, output_file, full),
        output_file,
    )
    return FINDINGS if exit_code and not report.is_empty else 0


def report_of(sides: Sides, *, reveal: bool = False) -> Report:
    """The report of a change."""
    head, base = sides.head, sides.base
    before, after = (_looked_at(one) for one in (sides.base_then, sides.judged))
    merged, conflicts = sides.merged
    first, second = sides.names()
    return make_report(
        Change(
            base.board,
            head.board,
            first,
            second,
            head.today,
            prefix=head.prefix,
            merged=merged.board if merged is not None else None,
            onto=merged.base if merged is not None else None,
            conflicts=conflicts,
            histories=(before[0], after[0]),
            findings=(before[1], after[1]),
            findings_merged=judged_merge(merged) if merged is not None else ((), ()),
            reveal=reveal,
            accepts_more=sides.judged.accepts_more,
            unjudged=sides.unjudged,
            reasons={step.card: step.reason for step in sides.judged.steps or () if step.reason},
        )
    )


def _looked_at(source: Source) -> tuple[History | None, tuple[Finding, ...]]:
    """The history of a side, and what the linter finds there."""
    if not source.revision and not source.board.cards:
        return None, ()
    found = judged(source)
    return found.history, found.report.findings


def _stored(settings: Settings, path: str) -> Report:
    """A report made before, by somebody who need not be trusted."""
    speak(settings)
    try:
        with Path(path).open("rb") as file:
            report = read_report(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise KanbanError(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)) from error
    set_language(settings.language or report.language)
    return report


def _written(page: Page, form: str, budget: int | None, output_file: str | None, full: bool) -> str:
    if form == "markdown":
        return markdown(page, budget or BUDGET)
    if form == "html":
        return html(page)
    return text(page if full else brief(page), plain if output_file else paint)
