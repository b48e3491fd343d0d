"""Closing a card: where it goes, what is written on it, and the retrospective after an Expedite (D17, D18)."""

from dataclasses import replace
from typing import Annotated

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.change import Edit, edits
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import edit_of, notes_on, written
from kanban.gestures.base.words import Cards, Word
from kanban.gestures.move import moving, on_the_way
from kanban.i18n import _, use_language
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of
from kanban.model.cards.read_card import choices_of
from kanban.model.text.edit.note_writing import append_note, append_to_body
from kanban.model.typed.read import read_choice
from kanban.pull.classes import owes_retrospective, retrospective_minutes


@judged
def win(
    at: Situation,
    *,
    cards: Cards,
    amount: Annotated[str, Word("The amount as signed.", kind="money")] = "",
    note: Annotated[str | None, Word("A last note.")] = None,
    reason: Annotated[str, Word("Why, when columns are skipped, a result changes, or with --force.")] = "",
    force: Annotated[bool, Word("Although a rule forbids it; needs --reason.")] = False,
    ticks: Annotated[tuple[str, ...], Word("Tick this line of a Definition on the way.", kind="tick")] = (),
    assignments: Annotated[tuple[str, ...], Word("Set this field on the way.", kind="assignment")] = (),
) -> Gesture:
    """Record a deal as won."""
    more = on_the_way(at, cards, ticks, assignments)
    return _closing(at, "win", cards, "won", {"amount": amount}, note, reason, force, more)


@judged
def lose(
    at: Situation,
    *,
    cards: Cards,
    reason: Annotated[str, Word("One of the board's reasons: price, timing, fit, competition by default.", "reason")],
    note: Annotated[str | None, Word("A last note, in your own words.")] = None,
) -> Gesture:
    """Record a deal as lost. Free text goes into --note; the reason is from the list, so that losses can be counted."""
    _check_reason(at.board, [at.board.named(name) for name in dict.fromkeys(cards)], reason)
    told = reason if any(at.board.column_of(at.board.named(name)).kind == "won" for name in cards) else ""
    return _closing(at, "lose", cards, "lost", {"lost_reason": reason}, note, told)


@judged
def park(
    at: Situation,
    *,
    cards: Cards,
    until: Annotated[str, Word("When to look at it again.", kind="day")] = "",
    note: Annotated[str | None, Word("A note.")] = None,
    reason: Annotated[str, Word("Why; kept with the move.")] = "",
) -> Gesture:
    """Park cards in nurturing. Parked cards are neither work in progress nor lost; `reopen` brings them back."""
    return _closing(at, "park", cards, "parked", {"parked_until": until}, note, reason)


def _closing(
    at: Situation,
    verb: str,
    names: tuple[str, ...],
    kind: str,
    fields: dict[str, str],
    note: str | None,
    reason: str = "",
    force: bool = False,
    more: Edit | None = None,
) -> Gesture:
    """The gesture that closes the named cards into the exit of `kind`, fields and note written on the way."""
    board = at.board
    cards = [board.named(name) for name in dict.fromkeys(names)]
    values = {key: written(board, key, text, at.today) for key, text in fields.items() if text}
    expedite = any(owes_retrospective(board, card) for card in cards)
    if expedite and len(cards) > 1:
        message = _("close an Expedite by itself: its retrospective is its own")
        raise KanbanError(message, cure=f"kanban {verb} {cards[0].id}")
    steps: list[Edit] = [edit_of(dict(values))] if values else []
    if more is not None:
        steps.insert(0, more)
    if note:
        text = " ".join(note.split())
        steps.append(lambda data: append_note(data, at.today.isoformat(), [text]))
    if expedite:
        steps.append(_retrospective(board, cards[0]))
    edit = edits(*steps) if steps else None
    closed = moving(at, verb, names, _exit_of(board, kind), reason=reason, force=force, edit=edit)
    return replace(closed, warnings=(*closed.warnings, *notes_on(board, dict(values), at.today)))


def _exit_of(board: Board, kind: str) -> str:
    """The key of the board's first exit of a kind. Raises KanbanError when the board has none."""
    found = board.config.exits(kind)
    if not found:
        message = _("this board has no column of kind `{kind}`").format(kind=kind)
        raise KanbanError(message, cure=_("add one to `columns:` in `board.yml`"))
    return found[0].key


def _check_reason(board: Board, cards: list[Card], reason: str) -> None:
    """Refuse free text as the reason of a loss (D18)."""
    known = field_of("lost_reason")
    if known is None or read_choice(reason, choices_of(known, board.config)).value is not None:
        return
    reasons = ", ".join(map(_, board.config.lost_reasons))
    message = _("{cards} may not be lost for “{reason}”").format(
        cards=", ".join(card.id for card in cards), reason=reason
    )
    way = _("your own words go into `--note`")
    raise Refused(message, [_("a loss needs a normalised reason ({reasons})").format(reasons=reasons)], cure=way)


def _retrospective(board: Board, card: Card) -> Edit:
    """Adds the sheet to fill in, once. The linter asks for `retrospective:` until a sentence stands there."""
    minutes = retrospective_minutes(board.config.class_of(card.service_class)) or 10
    with use_language(board.config.language):
        lines = [
            "## " + _("Retrospective, {minutes} minutes").format(minutes=minutes),
            "",
            "- " + _("What made it urgent?"),
            "- " + _("What would have shown it earlier?"),
            "- " + _("What do we change? (one sentence in `retrospective:`)"),
        ]
    text = "\n".join(lines) + "\n"
    return lambda data: data if lines[0].encode() in data else append_to_body(data, text)
