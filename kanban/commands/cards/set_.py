"""`kanban set`: change fields of a card, one line of the file each."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import ASSIGNMENT, CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of, notes_on, parse_assignments
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_trailers, perform, write_options
from kanban.commands.moves.move import as_edited
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.pull.moves import judge_change
from kanban.repository.write.publication import PathChange


@click.command(
    cls=Verb,
    examples=(
        'kanban set acme-sso next_action="send the offer" next_action_date="tomorrow 10:00"',
        'kanban set acme-sso amount="28 k€" probability="40 %" close_date=30/10',
        "kanban set acme-sso risk=        an empty value removes the field",
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("assignments", nargs=-1, required=True, metavar="KEY=VALUE...", type=ASSIGNMENT)
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context, /, card: str, assignments: tuple[str, ...], as_of: str | None, flags: WriteFlags
) -> None:
    """Set fields. Dates, amounts and shares are understood as people type them; what is ambiguous is refused."""
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        values = parse_assignments(board, assignments, session.today, found.raw)
        keys = ", ".join(values)
        edit = edit_of(values)
        limits = judge_change(board, found, as_edited(session, board, found, edit))
        return Gesture(
            "set",
            f"{found.id}: set {keys}",
            (PathChange.edited(found.path, edit),),
            tuple(_line(found.id, key, value) for key, value in values.items()),
            card_trailers(found.id),
            (*notes_on(board, values, session.today, found.raw), *(f"{one.message}  → {one.cure}" for one in limits)),
            document={"card": found.id, "fields": dict(values)},
        )

    perform(session, plan, flags)


def _line(card: str, key: str, value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return _("{card}: {key} removed").format(card=card, key=key)
    shown = value if isinstance(value, str) else ", ".join(value)
    return _("{card}: {key} = {value}").format(card=card, key=key, value=shown)
