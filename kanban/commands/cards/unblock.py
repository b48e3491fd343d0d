"""`kanban unblock`: takes the block label off; the history remembers it."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of, note_on_day, written
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_gesture, perform, write_options
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import Board

KEYS = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")


@click.command(cls=Verb, examples=('kanban unblock acme-sso --next "send the contract" --on tomorrow',))
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--next", "next_text", default=None, help="The next action.")
@click.option("--on", default=None, metavar="WHEN", help="When it is.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context, /, card: str, next_text: str | None, on: str | None, as_of: str | None, flags: WriteFlags
) -> None:
    """Take the block label off a card, and say what happens next."""
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        if found.block is None:
            raise KanbanError(_("{card} is not blocked").format(card=found.id))
        values: dict[str, str | tuple[str, ...] | None] = dict.fromkeys(key for key in KEYS if key in found.raw)
        if next_text is not None:
            values["next_action"] = next_text.strip()
        if on is not None:
            values["next_action_date"] = written(board, "next_action_date", on, session.today)
        done, notes = _("{card}: free again").format(card=found.id), note_on_day(board, on, session.today)
        return card_gesture("unblock", found, edit_of(values), done, warnings=notes)

    perform(session, plan, flags)
