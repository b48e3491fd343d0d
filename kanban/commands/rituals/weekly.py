"""`kanban weekly`: the thirty minutes of replenishment and review."""

from __future__ import annotations

import click

from kanban.commands.base.calling.completed_names import OWNER, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import open_session
from kanban.commands.output.page_output import past_of, sheet_options, show
from kanban.commands.rituals.answers import ticket_steps, weekly_steps
from kanban.commands.rituals.interactive import check_terminal, walk
from kanban.rituals.document import weekly_document
from kanban.rituals.weekly import build_weekly
from kanban.rituals.weekly_sheet import weekly_sheet


@click.command(
    cls=Verb,
    examples=(
        "kanban weekly                 who sleeps, who is ready, which dates are not realistic",
        "kanban weekly --interactive   go through it; nothing is parked without a yes",
        "kanban weekly --markdown",
    ),
)
@click.option("-o", "--owner", default="", type=OWNER, help="Only this owner's cards.")
@sheet_options
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    owner: str,
    as_markdown: bool,
    interactive: bool,
    as_of: str | None,
    known: bool,
    as_json: bool,
) -> None:
    """Replenish and review in thirty minutes: purge what sleeps, pull ready leads, check offers and negotiations."""
    session = open_session(context, as_of, known=known)
    board = session.board if interactive else board_of(session)
    say_unknown_owner(board, owner)
    _history, clocks = past_of(session)
    weekly = build_weekly(board, clocks, session.today, owner=owner)
    sheet = weekly_sheet(weekly)
    if interactive:
        check_terminal(as_json, as_markdown)
        walk(session, [*weekly_steps(weekly, sheet), *ticket_steps(sheet)])
        return
    show(sheet, lambda: weekly_document(weekly), as_markdown=as_markdown, as_json=as_json)
