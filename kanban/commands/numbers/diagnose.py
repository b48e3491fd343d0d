"""`kanban diagnose`: what goes wrong on this board, seen in its data, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import as_of_option, emit_json, json_option, open_session
from kanban.commands.output.console import console, safe
from kanban.diagnosis.diagnosis import SYMPTOMS, diagnose
from kanban.diagnosis.document import diagnosis_document
from kanban.diagnosis.symptom import COMMAND
from kanban.diagnosis.thresholds import unknown_names
from kanban.i18n import _

if TYPE_CHECKING:
    from rich.text import Text

    from kanban.diagnosis.diagnosis import Diagnosis, Row


@click.command(
    cls=Verb,
    examples=(
        "kanban diagnose                       symptoms found, with evidence and remedy",
        "kanban diagnose --as-of 2026-09-01    as the board stood then",
        "kanban diagnose --json                all eight symptoms as data",
    ),
)
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_of: str | None, as_json: bool) -> None:
    """Look for eight symptoms of a board in trouble; say what shows them, what helps, and what to type.

    Thresholds are in `board.yml` under `diagnosis:`; docs/diagnosis.md lists them.
    """
    session = open_session(context, as_of)
    found = diagnose(ledger_of(session))
    for name in unknown_names(session.config, tuple(one.id for one in SYMPTOMS)):
        click.echo(
            _("note:") + " " + _("`diagnosis:` in board.yml names “{name}”, which does not exist").format(name=name),
            err=True,
        )
    if as_json:
        emit_json(diagnosis_document(found, session.config))
        return

    screen = console()
    for line in _sheet(found):
        screen.print(line)


def _sheet(found: Diagnosis) -> Iterator[Text]:
    from rich.text import Text

    if not found.found:
        yield Text(_("No symptom found."), style="green")
    for row in found.found:
        yield from _block(row)
    for heading, rows in ((_("Looked for, not there"), found.absent), (_("Too little data"), found.unknown)):
        if rows:
            yield Text("")
            yield Text(heading, style="bold")
            yield from (
                Text(f"  {row.id}  " + _("{title}: {evidence}").format(title=row.title, evidence=said), style="dim")
                for row, said in ((row, _plain("; ".join(row.evidence))) for row in rows)
            )


def _block(row: Row) -> Iterator[Text]:
    from rich.text import Text

    yield Text(f"{row.id}  {row.title}", style="bold red")
    yield from (Text("  " + _plain(line)) for line in row.evidence)
    yield from (Text(f"  → {line}") for line in row.remedies)
    for action in row.actions:
        # What to type stands by itself; a setting says in which file it goes.
        where = "" if action.kind == COMMAND else _("in {file}: ").format(file=action.kind)
        yield Text(f"    {where}{_plain(action.text)}", style="cyan")
    yield Text("")


def _plain(text: str) -> str:
    return safe(text)
