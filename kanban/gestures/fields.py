"""Fields of a card, one line of the file each; and what was changed in an editor, taken as it is."""

from typing import Annotated

from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import edit_of, notes_on, parse_assignments, reason_typed
from kanban.gestures.base.words import Card, Word
from kanban.i18n import _
from kanban.pull.sla import promised_hours

Assignments = Annotated[tuple[str, ...], Word("A field and its value; without a value it is removed.", "assignment")]


@judged
def set_fields(
    at: Situation,
    *,
    card: Card,
    assignments: Assignments,
    reason: Annotated[str, Word("Why, with --force.")] = "",
    force: Annotated[bool, Word("Although a rule forbids it; needs --reason.")] = False,
) -> Gesture:
    """Set fields. Dates, amounts and shares are understood as people type them; what is ambiguous is refused."""
    reason_typed(reason, force)
    found = at.board.named(card)
    values = parse_assignments(at.board, assignments, at.today, found.raw)
    promised = promised_hours(at.board.config.class_of(str(values.get("class") or "")))
    if promised is not None and "received_at" not in (*values, *found.raw):
        values["received_at"] = at.stamp
    edit = edit_of(values)
    return Gesture(
        "set",
        f"{found.id}: set {', '.join(values)}",
        (PathChange.edited(found.path, edit),),
        tuple(_line(found.id, key, value) for key, value in values.items()),
        card_trailers(found.id),
        notes_on(at.board, values, at.today, found.raw),
        document={"card": found.id, "fields": dict(values)},
    )


def _line(card: str, key: str, value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return _("{card}: {key} removed").format(card=card, key=key)
    shown = value if isinstance(value, str) else ", ".join(value)
    return _("{card}: {key} = {value}").format(card=card, key=key, value=shown)


@judged
def saved(at: Situation, *, card: str, data: bytes) -> Gesture:
    """The card as somebody saved it, judged against the board `at` as it stood before."""
    found = at.board.named(card)
    return Gesture("edit", "", (PathChange.edited(found.path, lambda _old: data),), ())


def take_edited(at: Situation, *, card: Card) -> Gesture:
    """Take a card as somebody saved it in an editor."""
    found = at.board.named(card)
    change = PathChange.edited(found.path, lambda data: data)
    done = _("{card}: edited").format(card=found.id)
    trailers = card_trailers(found.id)
    return Gesture("edit", f"{found.id}: edited", (change,), (done,), trailers, document={"card": found.id})
