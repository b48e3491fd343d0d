"""`kanban touch`: one more outbound touch; after the last one the card goes back to nurturing (D10)."""

from __future__ import annotations

import sys

import click

from kanban.commands.base.completed_names import CARD, Spoken
from kanban.commands.base.edits import Edit, edits
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of, note_on_day, written
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_gesture, perform, write_options
from kanban.commands.moves.move import plan_moves
from kanban.commands.output.asking import confirm
from kanban.errors import Refused
from kanban.i18n import N_, _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.text.notes import append_note

CHANNELS = (N_("call"), N_("mail"), N_("linkedin"), N_("other"))


@click.command(
    cls=Verb,
    examples=(
        'kanban touch beta-crm call --next "mail" --on +2d',
        "kanban touch beta-crm linkedin --park     the last touch, and back to nurturing",
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("channel", type=Spoken(CHANNELS), default="call")
@click.option("--next", "next_text", default=None, help="The next action.")
@click.option("--on", default=None, metavar="WHEN", help="When it is.")
@click.option("--park/--no-park", default=None, help="After the last touch: park without asking, or do not.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str,
    channel: str,
    next_text: str | None,
    on: str | None,
    park: bool | None,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Count an outbound touch and note its channel. After the board's last touch (three), parking is offered."""
    session = open_session(context, as_of)
    found = session.board.named(card)
    most = session.config.policies.touches
    made = _touches(found) + 1
    if made > most:
        message = _("{card} has had its {most} touches").format(card=found.id, most=most)
        offer = _("back to nurturing: `kanban park {card}`").format(card=found.id)
        raise Refused(message, [_("no answer after {made} touches").format(made=made - 1)], cure=offer)
    if made == most and park is None and sys.stdin.isatty():
        park = confirm(_("That was touch {made} of {most}. Back to nurturing?").format(made=made, most=most))

    def plan(board: Board) -> Gesture:
        fresh = board.named(found.id)
        edit = touch_edit(session, board, fresh, channel, next_text, on)
        parked = board.config.exits("parked")
        if park and made >= most and parked:
            return plan_moves(session, board, "touch", (fresh.id,), parked[0].key, edit=edit)
        done = _("{card}: touch {made} of {most} ({channel})").format(
            card=fresh.id, made=made, most=most, channel=_(channel)
        )
        last = [_("that was the last touch: `kanban park {card}`").format(card=fresh.id)] if made >= most else []
        notes = (*last, *note_on_day(board, on, session.today))
        return card_gesture("touch", fresh, edit, done, warnings=notes, touches=made, most=most, channel=channel)

    perform(session, plan, flags)


def _touches(card: Card) -> int:
    value = card.values.get("touches")
    return value if isinstance(value, int) else 0


def touch_edit(session: Session, board: Board, card: Card, channel: str, next_text: str | None, on: str | None) -> Edit:
    """The edit that counts one more touch, notes it, and sets the next action."""
    values: dict[str, str | tuple[str, ...] | None] = {"touches": str(_touches(card) + 1)}
    if next_text is not None:
        values["next_action"] = next_text.strip()
    if on is not None:
        values["next_action_date"] = written(board, "next_action_date", on, session.today)
    text = _("touch {number}: {channel}").format(number=_touches(card) + 1, channel=_(channel))
    return edits(edit_of(values), lambda data: append_note(data, session.today.isoformat(), [text]))
