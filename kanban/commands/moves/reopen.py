"""`kanban reopen`: a closed card comes back onto the board."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of, written
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, perform, write_options
from kanban.commands.moves.move import plan_moves
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card


@click.command(
    cls=Verb,
    examples=(
        'kanban reopen beta-crm --reason "new sponsor" --next "call back" --on monday',
        "kanban reopen beta --to prospects --reason …",
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--reason", required=True, help="Why it comes back.")
@click.option("--to", "column", default=None, metavar="COLUMN", help="Where to; default: the column it left.")
@click.option("--next", "next_text", default="", help="The next action.")
@click.option("--on", default="", metavar="WHEN", help="When it is.")
@click.option("--force", is_flag=True, default=False, help="Although a rule forbids it.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str,
    reason: str,
    column: str | None,
    next_text: str,
    on: str,
    force: bool,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Bring a won, lost or parked card back into an open column. A lost reason is taken off."""
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        if board.is_open(found):
            raise KanbanError(_("{card} is open already").format(card=found.id))
        typed = {"next_action": next_text, "next_action_date": on}
        values = {key: written(board, key, text, session.today) for key, text in typed.items() if text}
        dropped = {key: None for key in ("lost_reason", "parked_until") if key in found.raw}
        target = column or _left(session, board, found)
        edit = edit_of({**values, **dropped}) if values or dropped else None
        return plan_moves(session, board, "reopen", (found.id,), target, reason=reason, force=force, edit=edit)

    perform(session, plan, flags)


def _left(session: Session, board: Board, card: Card) -> str:
    """The open column that the card was in last, from the history; the first column when it never was in one."""
    open_keys = {column.key for column in board.config.open_columns}
    for event in reversed(session.history(needed=False).of(card.id)):
        if event.from_column in open_keys:
            return str(event.from_column)
    return board.config.open_columns[0].key
