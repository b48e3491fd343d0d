"""`kanban daily`: the ten minutes at the board."""

from __future__ import annotations

import click

from kanban.commands.base.calling.completed_names import OWNER, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import open_session
from kanban.commands.base.unshared import say_unshared
from kanban.commands.output.page_output import past_of, sheet_options, show
from kanban.commands.rituals.answers import daily_steps, ticket_steps
from kanban.commands.rituals.interactive import check_terminal, walk
from kanban.rituals.daily import build_daily
from kanban.rituals.daily_sheet import daily_sheet
from kanban.rituals.document import daily_document


@click.command(
    cls=Verb,
    examples=(
        "kanban daily                 blocks, then finishing, then pulling",
        "kanban daily --owner Zoé     what one person says",
        "kanban daily --interactive   go through it, one commit per decision",
        "kanban daily --markdown      to paste into a chat",
    ),
)
@click.option(
    "-o", "--owner", default="", type=OWNER, help="Only this owner's cards, and the blocks this person takes away."
)
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
    """Go through the day in ten minutes: blocks, follow-ups due, meetings without an outcome, then what may be pulled.

    What changed since the last working day comes from git. Also `kanban standup`.
    """
    session = open_session(context, as_of, known=known)
    board = session.board if interactive else board_of(session)
    say_unknown_owner(board, owner)
    history, clocks = past_of(session)
    daily = build_daily(board, history, clocks, session.today, owner=owner)
    sheet = daily_sheet(daily)
    if interactive:
        check_terminal(as_json, as_markdown)
        walk(session, [*daily_steps(daily, sheet), *ticket_steps(sheet)])
        return
    show(sheet, lambda: daily_document(daily), as_markdown=as_markdown, as_json=as_json)
    if not (as_markdown or as_json):
        say_unshared(session)
