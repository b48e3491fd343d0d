"""`kanban workshop`: three lost deals replayed, and the script to rewrite."""

from __future__ import annotations

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, open_session
from kanban.commands.output.page_output import sheet_options, show
from kanban.commands.rituals.answers import workshop_steps
from kanban.commands.rituals.interactive import check_terminal, walk
from kanban.i18n import current_language
from kanban.rituals.review_document import workshop_document
from kanban.rituals.workshop import build_workshop
from kanban.rituals.workshop_sheet import workshop_sheet
from kanban.scripts.script import find_script, script_names


@click.command(
    cls=Verb,
    examples=(
        "kanban workshop               three lost deals with their story, and the script to rewrite",
        "kanban workshop --markdown",
    ),
)
@sheet_options
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_markdown: bool, interactive: bool, as_of: str | None, as_json: bool) -> None:
    """Replay three lost deals: the largest of each reason, their story from git, the script to rewrite."""
    session = open_session(context, as_of)
    workshop = build_workshop(ledger_of(session), script_names(board_of(session).files))
    sheet = workshop_sheet(workshop, _texts(session, workshop.scripts))
    if interactive:
        check_terminal(as_json, as_markdown)
        walk(session, workshop_steps(sheet))
        return
    show(sheet, lambda: workshop_document(workshop), as_markdown=as_markdown, as_json=as_json)


def _texts(session: Session, names: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Script name → where the board has its own ("" for the built-in one), and its text, unfilled."""
    found = [find_script(board_of(session).files, name, current_language()) for name in names]
    return {script.name: (script.own_path, script.body.strip()) for script in found}
