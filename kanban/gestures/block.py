"""The red label, dated, with its cause, what comes next and who does it (D16); put on, and taken off again."""

from typing import Annotated

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.gesture import Gesture, card_gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import Values, edit_of, next_action_typed, note_on_day
from kanban.gestures.base.words import Card, NextAction, When, Word
from kanban.i18n import _
from kanban.i18n.formats import format_date

KEYS = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")


@judged
def block(
    at: Situation,
    *,
    card: Card,
    cause: Annotated[str, Word("What blocks; needed.")] = "",
    next_action: Annotated[str, Word("What will unblock it; needed.")] = "",
    who: Annotated[str, Word("Who unblocks it; default: the card's owner.")] = "",
    since: Annotated[str, Word("Since when; default: today, or as the label says already.", kind="day")] = "",
) -> Gesture:
    """Put the block label on a card. It is red on every view, and its age counts from its date."""
    day = at.day_not_to_come(since, "--since")
    found = at.still_played(card)
    who = who.strip() or found.owner or ""
    wanted = {
        _("its cause: `--cause`"): cause,
        _("what comes next: `--next`"): next_action,
        _("who unblocks it: `--who`"): who,
    }
    missing = [label for label, text in wanted.items() if not text.strip()]
    if missing:
        raise Refused(_("a block label says it all, so that somebody acts on it"), missing)
    standing = found.block.since if found.block is not None else None
    first = (day or standing or at.today).isoformat()
    said = [" ".join(text.split()) for text in wanted.values()]
    edit = edit_of(dict(zip(KEYS, (first, *said), strict=True)))
    since_day = format_date(day or standing or at.today, "full")
    done = _("{card}: blocked since {day}, {who} unblocks").format(card=found.id, day=since_day, who=who)
    return card_gesture("block", found, edit, done, told={"since": first})


@judged
def unblock(at: Situation, *, card: Card, next_action: NextAction = None, on: When = None) -> Gesture:
    """Take the block label off a card, and say what happens next."""
    found = at.board.named(card)
    if found.block is None:
        raise KanbanError(_("{card} is not blocked").format(card=found.id))
    values: Values = dict.fromkeys(key for key in KEYS if key in found.raw)
    values |= next_action_typed(at.board, next_action, on, at.today)
    notes = note_on_day(at.board, on, at.today)
    return card_gesture(
        "unblock", found, edit_of(values), _("{card}: free again").format(card=found.id), warnings=notes
    )
