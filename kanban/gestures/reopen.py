"""A closed card comes back onto the board."""

from dataclasses import replace
from typing import Annotated

from kanban.errors import KanbanError
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import Values, edit_of, planned_note, with_day, written
from kanban.gestures.base.words import Card, Word
from kanban.gestures.move import as_edited, moving
from kanban.i18n import _
from kanban.pull.nextaction import first_step


@judged
def reopen(
    at: Situation,
    *,
    card: Card,
    reason: Annotated[str, Word("Why it comes back.")],
    column: Annotated[str | None, Word("Where to; default: the column it left.", kind="column")] = None,
    next_action: Annotated[str, Word("The next action.")] = "",
    on: Annotated[str, Word("When it is.", kind="when")] = "",
    force: Annotated[bool, Word("Although a rule forbids it.")] = False,
) -> Gesture:
    """Bring a won, lost or parked card back into an open column. A lost reason is taken off."""
    found = at.board.named(card)
    if at.board.is_open(found):
        raise KanbanError(_("{card} is open already").format(card=found.id))
    text, day = with_day(at.board, next_action or None, on or None, at.today)
    typed = {"next_action": text, "next_action_date": day}
    values: Values = {key: written(at.board, key, text, at.today) for key, text in typed.items() if text}
    target = column or _left(at, found.id)
    bare = as_edited(at, found, edit_of(values))
    planned = first_step(at.board, bare, at.board.column_named(target), at.today, force=force)
    edit = edit_of(values | planned) if values or planned else None
    made = moving(at, "reopen", (found.id,), target, reason=reason, force=force, edit=edit)
    return replace(made, warnings=(*made.warnings, *planned_note(found.id, planned)))


def _left(at: Situation, card: str) -> str:
    """The open column that the card was in last, from the history; the first column when it never was in one."""
    open_keys = {column.key for column in at.board.config.open_columns}
    for event in reversed(at.past().of(card)):
        if event.from_column in open_keys:
            return str(event.from_column)
    return at.board.config.open_columns[0].key
