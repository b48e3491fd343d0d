"""`kanban remind`: what is due, for a cron job, CI, or a calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import OWNER, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.calling.places import A_FILE
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.page_output import past_of
from kanban.commands.output.printing import put
from kanban.i18n import _
from kanban.paper.plain import safe
from kanban.rituals.reminders import Reminder, calendar_file, reminder_line, reminders
from kanban.schemas.fields import one_of

Kind = Annotated[
    str, one_of("block", "action", "meeting", "outcome", "escalation", "answer", "wake", "close", "decision")
]


class ReminderRecord(TypedDict):
    """One thing that is due, or will be."""

    kind: Kind
    card: str
    when: str
    late_days: int
    owner: str | None
    text: str


class RemindDocument(TypedDict):
    """What is due, the latest first."""

    schema: Literal["kanban-remind/1"]
    as_of: date
    reminders: list[ReminderRecord]


@click.command(
    cls=Verb,
    examples=(
        "kanban remind                          what is due; nothing is printed when nothing is",
        "kanban remind --owner Zoé --days 2     and what comes in two days",
        "kanban remind --days 30 --ics due.ics  a calendar to import",
        "kanban remind --exit-code              in CI: exit 1 when something is due",
    ),
)
@click.option("-o", "--owner", default="", type=OWNER, help="Only this owner's.")
@click.option("--days", type=click.IntRange(0, 3650), default=0, help="What is planned for so many days to come too.")
@click.option(
    "--ics", "file", default=None, type=A_FILE, metavar="FILE", help="As a calendar; `-` writes to standard output."
)
@click.option("--exit-code", is_flag=True, default=False, help="Exit 1 when something is due.")
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    owner: str,
    days: int,
    file: str | None,
    exit_code: bool,
    as_of: str | None,
    known: bool,
    as_json: bool,
) -> None:
    """Remind of what is due: blocks, next actions, meetings, escalations, close dates, parked cards to look at."""
    session = open_session(context, as_of, known=known)
    board = board_of(session)
    say_unknown_owner(board, owner)
    history, clocks = past_of(session)
    found = reminders(board, clocks, session.today, days=days, owner=owner)
    if file is not None:
        first = history.events[0].commit if history is not None and history.events else ""
        calendar = calendar_file(board, found, session.today, first or session.config.title)
        put(calendar, None if file == "-" else file)
    elif as_json:
        rows = [_row(one, one.late(session.today)) for one in found]
        document: RemindDocument = {"schema": "kanban-remind/1", "as_of": session.today, "reminders": rows}
        emit_json(document)
    else:
        for one in found:
            click.echo(safe(_("{label}: {text}").format(label=one.card, text=reminder_line(one, session.today))))
    if exit_code and any(one.when.day <= session.today for one in found):
        context.exit(FINDINGS)


def _row(one: Reminder, late: int) -> ReminderRecord:
    return {
        "kind": one.kind,
        "card": one.card,
        "when": one.when.isoformat(),
        "late_days": late,
        "owner": one.owner or None,
        "text": one.text,
    }
