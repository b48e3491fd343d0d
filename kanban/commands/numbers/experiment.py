"""`kanban experiment`: micro-rules tried for two weeks, measured, then kept, adjusted or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.entry import VerbGroup
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.hand import argument, hand, option
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.output.blocks import plain_table
from kanban.commands.output.console import console
from kanban.commands.output.page_output import print_page
from kanban.experiments.document import experiments_document
from kanban.experiments.indicators import indicator_said
from kanban.experiments.page import experiment_page
from kanban.experiments.ticket import tickets
from kanban.experiments.trial import trial
from kanban.experiments.wording import state_text
from kanban.gestures.experiment import decide, ticket_named, try_rule
from kanban.i18n import _
from kanban.paper.plain import safe

if TYPE_CHECKING:
    from kanban.experiments.ticket import Ticket


@click.group(cls=VerbGroup)
def command() -> None:
    """Try one micro-rule at a time: a ticket, two weeks, a measurement, a decision."""


command.add_command(
    hand(
        try_rule,
        argument("title"),
        option("--problem"),
        option("--rule"),
        option("--indicator"),
        option("--target"),
        option("--start"),
        option("--weeks", type=click.IntRange(1, 52), show_default=True),
        name="new",
        examples=(
            'kanban experiment new "Agenda at noon" --problem "cancelled" --indicator conversion-meeting --target 70%',
            'kanban experiment new "One offer less" --problem "too slow" --indicator cycle_time --target 30',
        ),
    )
)


@command.command("list", examples=("kanban experiment list    running, due and decided ones",))
@as_of_option
@json_option
@click.pass_context
def list_all(context: click.Context, /, as_of: str | None, as_json: bool) -> None:
    """List the micro-rules of this board."""
    session = open_session(context, as_of)
    found = _tickets(session)
    if as_json:
        emit_json(experiments_document(found, session.today))
        return
    if not found:
        click.echo(_("no experiment yet") + '  → `kanban experiment new "…"`')
        return

    table = plain_table((_("Experiment"), "left"), (_("Rule"), "left"), (_("Indicator"), "left"), (_("State"), "left"))
    for one in found:
        table.add_row(
            safe(one.id),
            safe(one.rule or one.title),
            safe(indicator_said(one.indicator)),
            state_text(one, session.today),
        )
    console().print(table)


@command.command("show", examples=("kanban experiment show agenda-before-noon    its figures before and after",))
@click.argument("name", metavar="EXPERIMENT")
@as_of_option
@json_option
@click.pass_context
def show(context: click.Context, /, name: str, as_of: str | None, as_json: bool) -> None:
    """Show a micro-rule: its indicator over equal spans of days before and after its start."""
    session = open_session(context, as_of)
    ticket = ticket_named(_tickets(session), name)
    found = trial(ledger_of(session), ticket)
    if as_json:
        emit_json(experiments_document([ticket], session.today, found))
        return

    print_page(experiment_page(ticket, found, session.today))


command.add_command(
    hand(
        decide,
        argument("name", metavar="EXPERIMENT"),
        argument("decision"),
        option("--because"),
        examples=(
            "kanban experiment decide agenda-before-noon keep",
            'kanban experiment decide one-offer-less drop --because "the team worked around it"',
        ),
    )
)


def _tickets(session: Session) -> tuple[Ticket, ...]:
    return tickets(board_of(session).files, session.today, language=session.config.language)
