"""`kanban ready`: what a card still lacks for its next column, and how to give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import emit_json, open_session
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.paper.plain import safe, typed
from kanban.pull.moves import judge, next_column

if TYPE_CHECKING:
    from kanban.commands.output.card_records import HardLackRecord, ReadyDocument


@click.command(
    cls=Verb,
    examples=("kanban ready acme-sso           for the next column", "kanban ready acme-sso --for offer"),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--for", "column", default=None, metavar="COLUMN", help="Another column than the next one.")
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, card: str, column: str | None, as_of: str | None, known: bool, as_json: bool
) -> None:
    """List everything a card lacks to be pulled, each with what to type. Exit 0: it may go; 1: something lacks."""
    session = open_session(context, as_of, known=known)
    board = board_of(session)
    found = board.named(card)
    target = board.column_named(column) if column else next_column(board, found)
    if target is None:
        message = _("{card} is closed").format(card=found.id)
        raise KanbanError(message, cure=f'kanban reopen {typed(found.id)} --reason "…"')
    verdict = judge(board, found, target, today=session.today)
    if as_json:
        lacking: list[HardLackRecord] = [
            {"rule": one.rule, "message": one.message, "cure": one.cure, "hard": one.hard} for one in verdict.reasons
        ]
        document: ReadyDocument = {
            "schema": "kanban-ready/1",
            "as_of": session.today.isoformat(),
            "card": found.id,
            "from": verdict.source.key,
            "to": target.key,
            "ready": not verdict.refusals,
            "lacking": lacking,
        }
        emit_json(document)
    else:
        if not verdict.refusals:
            click.echo(safe(_("{card} may be pulled into {column}").format(card=found.id, column=target.title)))
        else:
            click.echo(safe(_("{card} lacks for {column}:").format(card=found.id, column=target.title)))
        for one in verdict.reasons:
            click.echo(safe(f"  {'-' if one.hard else '~'} {one.message}\n      → {one.cure}"))
    context.exit(1 if verdict.refusals else 0)
