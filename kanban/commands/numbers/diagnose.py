"""`kanban diagnose`: what goes wrong on this board, seen in its data, and what to do about it."""

from __future__ import annotations

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import open_session
from kanban.commands.output.page_output import markdown_option, show
from kanban.diagnosis.diagnosis import diagnose
from kanban.diagnosis.document import diagnosis_document
from kanban.diagnosis.page import diagnosis_page
from kanban.diagnosis.thresholds import unknown_names
from kanban.i18n import _


@click.command(
    cls=Verb,
    examples=(
        "kanban diagnose                       symptoms found, with evidence and remedy",
        "kanban diagnose --as-of 2026-09-01    as the board stood then",
        "kanban diagnose --markdown            to paste into a page or a chat",
        "kanban diagnose --json                all eight symptoms as data",
    ),
)
@markdown_option
@as_of_option
@known_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_markdown: bool, as_of: str | None, known: bool, as_json: bool) -> None:
    """Look for eight symptoms of a board in trouble; say what shows them, what helps, and what to type.

    Thresholds are in `board.yml` under `diagnosis:`; docs/diagnosis.md lists them.
    """
    session = open_session(context, as_of, known=known)
    found = diagnose(ledger_of(session, known=known))
    for name in unknown_names(session.config):
        click.echo(
            _("note:") + " " + _("`diagnosis:` in board.yml names “{name}”, which does not exist").format(name=name),
            err=True,
        )
    show(
        diagnosis_page(found),
        lambda: diagnosis_document(found, session.config),
        as_markdown=as_markdown,
        as_json=as_json,
    )
