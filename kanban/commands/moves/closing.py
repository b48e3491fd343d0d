"""Closing a card: where it goes, what is written on it, and the retrospective after an Expedite (D17, D18)."""

from __future__ import annotations

from kanban.commands.base.edits import Edit, edits
from kanban.commands.base.field_input import edit_of, written
from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import Gesture
from kanban.commands.moves.move import plan_moves
from kanban.errors import KanbanError, Refused
from kanban.i18n import _, use_language
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of
from kanban.model.cards.read_card import choices_of
from kanban.model.text.notes import append_note, append_to_body
from kanban.model.typed.read import read_choice


def exit_of(board: Board, kind: str) -> str:
    """The key of the board's first exit of a kind. Raises KanbanError when the board has none."""
    found = board.config.exits(kind)
    if not found:
        message = _("this board has no column of kind `{kind}`").format(kind=kind)
        raise KanbanError(message, cure=_("add one to `columns:` in `board.yml`"))
    return found[0].key


def plan_closing(
    session: Session,
    board: Board,
    verb: str,
    names: tuple[str, ...],
    kind: str,
    *,
    fields: dict[str, str] | None = None,
    note: str | None = None,
    reason: str = "",
    force: bool = False,
) -> Gesture:
    """The gesture that closes the named cards into the exit of `kind`, fields and note written on the way."""
    cards = [board.named(name) for name in dict.fromkeys(names)]
    if kind == "lost":
        _check_reason(board, cards, (fields or {}).get("lost_reason", ""))
    values: dict[str, str | tuple[str, ...] | None] = {
        key: written(board, key, text, session.today) for key, text in (fields or {}).items() if text
    }
    expedite = any(_asks_retrospective(board, card) for card in cards)
    if expedite and len(cards) > 1:
        message = _("close an Expedite by itself: its retrospective is its own")
        raise KanbanError(message, cure=f"kanban {verb} {cards[0].id}")
    steps: list[Edit] = [edit_of(values)] if values else []
    if note:
        text = " ".join(note.split())
        steps.append(lambda data: append_note(data, session.today.isoformat(), [text]))
    if expedite:
        steps.append(_retrospective(board, cards[0]))
    edit = edits(*steps) if steps else None
    return plan_moves(session, board, verb, names, exit_of(board, kind), reason=reason, force=force, edit=edit)


def _check_reason(board: Board, cards: list[Card], reason: str) -> None:
    """Refuse free text as the reason of a loss (D18)."""
    known = field_of("lost_reason")
    if known is None or read_choice(reason, tuple(choices_of(known, board.config))).value is not None:
        return
    reasons = ", ".join(map(_, board.config.lost_reasons))
    message = _("{cards} may not be lost for “{reason}”").format(
        cards=", ".join(card.id for card in cards), reason=reason
    )
    way = _("your own words go into `--note`")
    raise Refused(message, [_("a loss needs a normalised reason ({reasons})").format(reasons=reasons)], cure=way)


def _asks_retrospective(board: Board, card: Card) -> bool:
    service = board.config.class_of(card.service_class)
    return service.retrospective_minutes is not None and not card.has("retrospective")


def _retrospective(board: Board, card: Card) -> Edit:
    """Adds the sheet to fill in. The linter asks for `retrospective:` until a sentence stands there."""
    minutes = board.config.class_of(card.service_class).retrospective_minutes or 10
    with use_language(board.config.language):
        lines = [
            "## " + _("Retrospective, {minutes} minutes").format(minutes=minutes),
            "",
            "- " + _("What made it urgent?"),
            "- " + _("What would have shown it earlier?"),
            "- " + _("What do we change? (one sentence in `retrospective:`)"),
        ]
    text = "\n".join(lines) + "\n"
    return lambda data: append_to_body(data, text)
