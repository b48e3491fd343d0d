"""`kanban review`: the flow review, and one micro-rule."""

from __future__ import annotations

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import open_session
from kanban.commands.output.page_output import sheet_options, show
from kanban.commands.rituals.answers import review_steps
from kanban.commands.rituals.interactive import check_terminal, walk
from kanban.metrics.report import build_report
from kanban.rituals.review import build_review
from kanban.rituals.review_document import review_document
from kanban.rituals.review_sheet import review_sheet


@click.command(
    cls=Verb,
    examples=(
        "kanban review                 trend, bottleneck, one micro-rule to try",
        "kanban review --interactive   decide on it: the ticket is written for you",
        "kanban review --markdown",
    ),
)
@sheet_options
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, as_markdown: bool, interactive: bool, as_of: str | None, known: bool, as_json: bool
) -> None:
    """Review the flow in twenty minutes: trend, conversion, bottleneck, and one micro-rule to try for two weeks."""
    session = open_session(context, as_of, known=known)
    review = build_review(build_report(ledger_of(session, known=known)), board_of(session))
    sheet = review_sheet(review)
    if interactive:
        check_terminal(as_json, as_markdown)
        walk(session, review_steps(review, sheet))
        return
    show(sheet, lambda: review_document(review), as_markdown=as_markdown, as_json=as_json)
