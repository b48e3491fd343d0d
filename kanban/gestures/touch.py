"""One more outbound touch; after the last one the card goes back to nurturing (D10)."""

from typing import Annotated

from kanban.errors import Refused
from kanban.gestures.base.change import edits
from kanban.gestures.base.gesture import Gesture, Told, card_gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import edit_of, next_action_typed, note_on_day
from kanban.gestures.base.words import Card, NextAction, When, Word
from kanban.gestures.move import moving
from kanban.i18n import _
from kanban.model.cards import card as cards
from kanban.model.cards.board import Board
from kanban.model.text.edit.note_writing import append_note
from kanban.paper.plain import typed
from kanban.pull.contact import CHANNELS, TOUCH_NOTE, WAYS, most_touches, touches_of, ways_left, ways_tried


@judged
def touch(
    at: Situation,
    *,
    card: Card,
    channel: Annotated[
        str | None, Word("How the customer was approached; default: the way not tried yet.", "channel", CHANNELS)
    ] = None,
    next_action: NextAction = None,
    on: When = None,
    park: Annotated[bool | None, Word("After the last touch: park without asking, or do not.")] = None,
) -> Gesture:
    """Count an outbound touch and note its channel: a call, a mail, LinkedIn, each once.

    After the board's last touch (three), parking is offered.
    """
    board, found = at.board, at.still_played(card)
    made, most = next_touch(board, found)
    channel = _way(found, channel)
    values = {"touches": str(made), **next_action_typed(board, next_action, on, at.today)}
    text = _(TOUCH_NOTE).format(number=made, channel=_(channel))
    edit = edits(edit_of(values), lambda data: append_note(data, at.today.isoformat(), [text]))
    parked = board.config.exits("parked")
    if park and made >= most and parked:
        return moving(at, "touch", (found.id,), parked[0].key, edit=edit)
    done = _("{card}: touch {made} of {most} ({channel})").format(
        card=found.id, made=made, most=most, channel=_(channel)
    )
    last = [_("that was the last touch: `kanban park {card}`").format(card=typed(found.id))] if made >= most else []
    notes = (*last, *note_on_day(board, on, at.today))
    told: Told = {"touches": made, "most": most, "channel": channel}
    return card_gesture("touch", found, edit, done, warnings=notes, told=told)


def next_touch(board: Board, card: cards.Card) -> tuple[int, int]:
    """Which touch the next one is, and how many the board allows. Raises Refused after the last."""
    made, most = touches_of(card) + 1, most_touches(board.config)
    if made > most:
        message = _("{card} has had its {most} touches").format(card=card.id, most=most)
        offer = _("back to nurturing: `kanban park {card}`").format(card=typed(card.id))
        raise Refused(message, [_("no answer after {made} touches").format(made=made - 1)], cure=offer)
    return made, most


def _way(card: cards.Card, channel: str | None) -> str:
    """The channel. Raises Refused for one that was tried while another was not: three calls are not three touches."""
    left = ways_left(card)
    if channel is None:
        return left[0] if left else CHANNELS[-1]
    if channel in ways_tried(card) and left:
        message = _("{card} was touched that way already: {channel}").format(card=card.id, channel=_(channel))
        reason = _("a prospect is approached by {ways}, each once").format(ways=", ".join(map(_, WAYS)))
        raise Refused(message, [reason], cure=f"`kanban touch {typed(card.id)} {left[0]}`")
    return channel
