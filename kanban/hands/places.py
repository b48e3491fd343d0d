"""Where a card that is held may be put down: yes, no with every reason, or yes once this is ticked, dated or said.

The verdict is that of the very gesture that putting it down would make (`move`, `win`, `lose`, `park`, `reopen`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.situation import Situation
from kanban.gestures.table import GESTURES
from kanban.hands.inputs import CHOICE, Choice, Form, Input, form_for, opening_input
from kanban.hands.outcome import Hindrance, refusal_of
from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.moves import Verdict, judge
from kanban.pull.reasons import CARDS, Reason

HERE, FREE, ASKS, SHUT = "here", "free", "asks", "shut"


@dataclass(frozen=True, slots=True)
class Place:
    """One column for a card that is held.

    `state`: HERE (it stands there), FREE (put it down), ASKS (put it down and fill in `inputs`), SHUT (what stands
    against it cannot be opened here). `gesture` with `words` is what putting it down makes, the inputs filled in
    (`inputs.filled`). `hindrances` are every reason against it as it is now. `may_force`: with a reason it can be
    done all the same, which the commit records.
    """

    column: str
    title: str
    state: str
    gesture: str
    words: Mapping[str, Any]
    hindrances: tuple[Hindrance, ...] = ()
    inputs: tuple[Input, ...] = ()
    optional: tuple[Input, ...] = ()
    may_force: bool = False


def places_for(at: Situation, card: Card) -> tuple[Place, ...]:
    """Every column of the board for one card."""
    return tuple(_place(at, card, column) for column in at.board.config.columns)


def gesture_into(at: Situation, card: Card, column: Column) -> tuple[str, dict[str, Any]]:
    """The gesture, with its words, that brings the card into a column."""
    if column.is_open:
        if at.board.is_open(card):
            return "move", {"cards": (card.id,), "column": column.key}
        return "reopen", {"card": card.id, "column": column.key}
    first = next(iter(at.board.config.exits(column.kind)), None)
    if first == column and at.board.is_open(card):
        return {"won": "win", "lost": "lose", "parked": "park"}[column.kind], {"cards": (card.id,)}
    return "move", {"cards": (card.id,), "column": column.key}


def _place(at: Situation, card: Card, column: Column) -> Place:
    name, words = gesture_into(at, card, column)
    if column.key == card.column:
        return Place(column.key, column.title, HERE, name, words)
    verdict = judge(at.board, card, column, today=at.today)
    against = [_hindrance(at, card, name, reason) for reason in verdict.reasons]
    optional: tuple[Input, ...] = ()
    if name in ("win", "lose", "park", "reopen"):
        form: Form = form_for(at.board.config, name, card, words)
        optional = tuple(one for one in form.inputs if not one.needed and one.word != "reason")
    inputs = tuple(dict.fromkeys(one.input for one in against if one.hard and one.input is not None))
    if not verdict.refusals:
        against += _of_the_whole(at, name, words)
    hard = [one for one in against if one.hard]
    state = FREE if not hard else ASKS if all(one.input is not None for one in hard) else SHUT
    may_force = bool(hard) and name in ("move", "win", "reopen") and not _only_a_reason(verdict)
    return Place(column.key, column.title, state, name, words, tuple(against), inputs, optional, may_force)


def _only_a_reason(verdict: Verdict) -> bool:
    return bool(verdict.refusals) and all(reason.needs_reason for reason in verdict.refusals)


def _hindrance(at: Situation, card: Card, gesture: str, reason: Reason) -> Hindrance:
    """A rule's reason, with the input that opens it where the gesture takes it."""
    opening = reason.opens
    cards: tuple[str, ...] = ()
    found = opening_input(at.board, card, opening) if opening is not None else None
    if found is not None and gesture == "lose" and found.before == "lost_reason=":
        choices = tuple(Choice(one, _(one)) for one in at.board.config.lost_reasons)
        found = Input("reason", found.label, CHOICE, choices=choices, needed=True)
    if found is not None and found.word in ("ticks", "assignments") and gesture not in ("move", "win"):
        found = None
    if opening is not None and (opening.kind == CARDS or opening.cards):
        cards = opening.cards
    return Hindrance(reason.message, reason.cure, reason.hard, reason.rule, found, cards)


def _of_the_whole(at: Situation, gesture: str, words: Mapping[str, Any]) -> Iterator[Hindrance]:
    """What only the whole gesture shows: the board after it would break a rule."""
    try:
        GESTURES[gesture](at, **_with_what_is_asked(gesture, words))
    except Refused as error:
        found = refusal_of(error)
        yield from found.hindrances or (Hindrance(found.message, found.cure),)
    except KanbanError as error:
        yield Hindrance(error.message, error.cure)


def _with_what_is_asked(gesture: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "reason": ""} if gesture == "reopen" else dict(words)
