"""`kanban experiment`: micro-rules tried for two weeks, measured, then kept, adjusted or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.completed_names import Spoken
from kanban.commands.base.entry import VerbGroup
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, as_of_option, emit_json, json_option, open_session
from kanban.commands.base.write_verb import WriteFlags, perform, write_options
from kanban.commands.output.blocks import plain_table
from kanban.commands.output.console import console, safe
from kanban.commands.output.page_output import print_page
from kanban.experiments.document import experiments_document
from kanban.experiments.page import experiment_page
from kanban.experiments.ticket import tickets
from kanban.experiments.trial import trial
from kanban.experiments.wording import state_text
from kanban.gestures.experiment import decide as decide_on
from kanban.gestures.experiment import ticket_named, try_rule
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.experiments.ticket import Ticket


@click.group(cls=VerbGroup)
def command() -> None:
    """Try one micro-rule at a time: a ticket, two weeks, a measurement, a decision."""


@command.command(
    "new",
    examples=(
        'kanban experiment new "Agenda before noon" --problem "meetings cancelled" --indicator conversion-rdv',
        'kanban experiment new "One offer less" --rule "4 in negotiation" --indicator cycle_time --target 30',
    ),
)
@click.argument("title")
@click.option("--problem", default="", help="What goes wrong.")
@click.option("--rule", default="", help="What is tried; default: the title.")
@click.option("--indicator", "name", default="throughput", show_default=True, help="The figure it should move.")
@click.option("--target", default="", help="Where it should go: 1.5, 70 %, 30.")
@click.option("--start", default="", metavar="DAY", help="First day; default: today.")
@click.option("--weeks", default=2, type=click.IntRange(1, 52), show_default=True, help="How long.")
@as_of_option
@write_options
@click.pass_context
def new(
    context: click.Context,
    /,
    title: str,
    problem: str,
    rule: str,
    name: str,
    target: str,
    start: str,
    weeks: int,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Write the ticket of a micro-rule and commit it."""
    session = open_session(context, as_of)
    perform(
        session,
        flags,
        try_rule,
        title=title,
        problem=problem,
        rule=rule,
        indicator=name,
        target=target,
        start=start,
        weeks=weeks,
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
        table.add_row(safe(one.id), safe(one.rule or one.title), safe(one.indicator), state_text(one, session.today))
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


@command.command(
    "decide",
    examples=(
        "kanban experiment decide agenda-before-noon keep",
        'kanban experiment decide one-offer-less drop --because "the team worked around it"',
    ),
)
@click.argument("name", metavar="EXPERIMENT")
@click.argument("decision", type=Spoken(["keep", "adjust", "drop"]))
@click.option("--because", default="", help="Why, noted in the ticket.")
@as_of_option
@write_options
@click.pass_context
def decide(
    context: click.Context, /, name: str, decision: str, because: str, as_of: str | None, flags: WriteFlags
) -> None:
    """Record what becomes of a micro-rule: keep, adjust or drop."""
    session = open_session(context, as_of)
    perform(session, flags, decide_on, name=name, decision=decision, because=because)


def _tickets(session: Session) -> tuple[Ticket, ...]:
    return tickets(session.board.files, session.today, language=session.config.language)
