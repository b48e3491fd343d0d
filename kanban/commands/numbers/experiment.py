"""`kanban experiment`: micro-rules tried for two weeks, measured, then kept, adjusted or dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from kanban.commands.base.completed_names import Spoken
from kanban.commands.base.edits import Edit, edits
from kanban.commands.base.entry import VerbGroup
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, as_of_option, emit_json, json_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, perform, write_options
from kanban.commands.output.blocks import plain_table
from kanban.commands.output.console import console, safe
from kanban.errors import KanbanError, NotFound
from kanban.experiments.document import experiments_document
from kanban.experiments.indicators import indicator, names
from kanban.experiments.ticket import tickets
from kanban.experiments.trial import trial
from kanban.experiments.wording import decision_name, state_text, trial_text
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.slug import free_slug
from kanban.model.text.notes import append_note
from kanban.model.text.splice import new_document, set_field
from kanban.repository.write.publication import PathChange

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
    _known_indicator(session, name)
    day = session.day(start, "--start") if start else session.today
    fields = [
        ("title", " ".join(title.split())),
        ("problem", problem),
        ("rule", rule or title),
        ("indicator", name),
        ("target", target),
        ("start", day.isoformat()),
        ("weeks", str(weeks)),
    ]
    if not fields[0][1]:
        raise KanbanError(_("an experiment needs a title"), cure='kanban experiment new "…"')
    perform(session, partial(_planned, session=session, fields=fields), flags)


def _planned(board: Board, *, session: Session, fields: list[tuple[str, str]]) -> Gesture:
    taken = {one.id for one in _tickets(session, board)} | {"readme"}
    name = free_slug(fields[0][1], taken)
    path = f"experiments/{name}.md"
    data = new_document([(key, value) for key, value in fields if value])
    done = _("{id} begins on {day}: look at it with `kanban experiment show {id}`").format(
        id=name, day=dict(fields)["start"]
    )
    change = PathChange.created(path, data)
    document = {"id": name, "path": path}
    return Gesture("experiment-new", f"experiments: try {name}", (change,), (done,), document=document)


@command.command("list", examples=("kanban experiment list    running, due and decided ones",))
@as_of_option
@json_option
@click.pass_context
def list_all(context: click.Context, /, as_of: str | None, as_json: bool) -> None:
    """List the micro-rules of this board."""
    session = open_session(context, as_of)
    found = _tickets(session, session.board)
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
    ticket = _named(session, session.board, name)
    found = trial(ledger_of(session), ticket)
    if as_json:
        emit_json(experiments_document([ticket], session.today, found))
        return

    click.echo(click.style(safe(ticket.title), bold=True) + f"  {safe(ticket.path)}")
    for label, text in ((_("problem"), ticket.problem), (_("rule"), ticket.rule), (_("indicator"), ticket.indicator)):
        if text:
            click.echo("  " + _("{label}: {text}").format(label=label, text=safe(text)))
    click.echo("  " + state_text(ticket, session.today))
    for line in trial_text(found):
        click.echo("  " + line)
    if ticket.state(session.today) == "due":
        click.echo(f"  → kanban experiment decide {ticket.id} keep | adjust | drop")


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
    day = session.today.isoformat()

    def plan(board: Board) -> Gesture:
        ticket = _named(session, board, name)
        done = _("{id}: {decision}").format(id=ticket.id, decision=decision_name(decision))
        document = {"id": ticket.id, "decision": decision, "decided_on": day}
        change = PathChange.edited(ticket.path, _decided(decision, day, because))
        subject = f"experiments: {decision} {ticket.id}"
        return Gesture("experiment-decide", subject, (change,), (done,), document=document)

    perform(session, plan, flags)


def _decided(decision: str, day: str, because: str) -> Edit:
    steps: list[Edit] = [
        lambda data: set_field(data, "decision", decision),
        lambda data: set_field(data, "decided_on", day),
    ]
    if because:
        steps.append(lambda data: append_note(data, day, [because]))
    return edits(*steps)


def _tickets(session: Session, board: Board) -> tuple[Ticket, ...]:
    return tickets(board.files, session.today, language=session.config.language)


def _named(session: Session, board: Board, name: str) -> Ticket:
    """The ticket a person means: by id, or the only one that begins so. Raises NotFound with the known ids."""
    found = _tickets(session, board)
    wanted = name.removesuffix(".md").rpartition("/")[2]
    exact = [one for one in found if one.id == wanted]
    begins = exact or [one for one in found if one.id.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    known = ", ".join(one.id for one in begins or found)
    cure = _("there are {values}").format(values=known) if known else '`kanban experiment new "…"`'
    raise NotFound(_("there is no experiment “{name}”").format(name=name), cure=cure)


def _known_indicator(session: Session, name: str) -> None:
    if indicator(name, session.config) is None:
        message = _("“{name}” is not an indicator").format(name=name)
        raise NotFound(message, cure=_("choose one of {names}").format(names=", ".join(names(session.config))))
