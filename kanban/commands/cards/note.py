"""`kanban note`: what was said, what happens next, and when, in one command."""

from __future__ import annotations

from dataclasses import replace

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.edits import Edit, edits
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of, note_on_day, written
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_gesture, perform, write_options
from kanban.commands.moves.move import plan_moves
from kanban.errors import KanbanError, Refused
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.text.notes import append_note
from kanban.pull.sla import promise_of


@click.command(
    cls=Verb,
    examples=(
        'kanban note acme-sso "called, wants two integrations" --next "send offer" --on "tomorrow 10:00"',
        'kanban note acme-sso "budget confirmed" "decides on Friday" --move offre',
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("bullets", nargs=-1, required=True, metavar="TEXT...")
@click.option("--next", "next_text", default=None, help="The next action.")
@click.option("--on", default=None, metavar="WHEN", help="When it is: `tomorrow 10:00`, `12 Oct 10:00`, `+7d`.")
@click.option("--move", "column", default=None, metavar="COLUMN", help="Pull the card there in the same commit.")
@click.option("--reason", default="", help="Why, when the move needs a reason.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str,
    bullets: tuple[str, ...],
    next_text: str | None,
    on: str | None,
    column: str | None,
    reason: str,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Add a call note, each TEXT one bullet (three at most), set the dated next action, and move if asked.

    On a partner's card the first note is the first answer: its promise is kept from then on.
    """
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        edit = note_edit(session, board, found, bullets, next_text, on)
        warnings = (*_warnings(found, next_text, on), *note_on_day(board, on, session.today))
        if column is not None:
            moved = plan_moves(session, board, "note", (found.id,), column, reason=reason, edit=edit)
            return replace(moved, warnings=(*moved.warnings, *warnings))
        done = _("{card}: noted").format(card=found.id)
        return card_gesture("note", found, edit, done, warnings=warnings, bullets=list(bullets))

    perform(session, plan, flags)


def note_edit(
    session: Session, board: Board, card: Card, bullets: tuple[str, ...], next_text: str | None, on: str | None
) -> Edit:
    """The edit that adds the note and sets the next action. Raises Refused above the board's number of bullets."""
    most = board.config.policies.note_bullets
    texts = [" ".join(bullet.split()) for bullet in bullets if bullet.strip()]
    if len(texts) > most:
        text = ngettext("a call note has {most} bullet at most", "a call note has {most} bullets at most", most)
        message = text.format(most=most)
        raise Refused(
            message, [_("this one has {count}").format(count=len(texts))], cure=_("keep what the others need")
        )
    if not texts:
        raise KanbanError(_("the note is empty"), cure=f'kanban note {card.id} "…"')
    values: dict[str, str | tuple[str, ...] | None] = {}
    if next_text is not None:
        values["next_action"] = next_text.strip()
    if on is not None:
        values["next_action_date"] = written(board, "next_action_date", on, session.today)
    promise = promise_of(board, card)
    if promise is not None and promise.answered is None:
        values["answered_at"] = session.stamp
    return edits(edit_of(values), lambda data: append_note(data, session.today.isoformat(), texts))


def _warnings(card: Card, next_text: str | None, on: str | None) -> tuple[str, ...]:
    if next_text is not None and on is None and card.next_action_date is None:
        return (_("the next action has no date yet: add `--on`"),)
    return ()
