"""A card into another column, if the board allows it."""

from dataclasses import replace
from functools import partial
from shlex import quote
from typing import Annotated, NamedTuple

from kanban.errors import EditConflict, KanbanError, Refused
from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture, MoveRecord, Told, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import edit_of, own_words, parse_assignments, reason_typed
from kanban.gestures.base.words import Cards, Column, Word
from kanban.gestures.tick import ticking
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.settings import columns
from kanban.model.text.edit.splice import remove_field, remove_from_list
from kanban.pull.moves import SAME, WITH_REASON, Verdict, direction_of, judge, to_earn_again


@judged
def move(
    at: Situation,
    *,
    cards: Cards,
    column: Column,
    reason: Annotated[str, Word("Why; needed to skip a column, to go back, to reopen, and with --force.")] = "",
    force: Annotated[bool, Word("Move although a rule forbids it; needs --reason.")] = False,
    ticks: Annotated[tuple[str, ...], Word("Tick this line of a Definition on the way.", kind="tick")] = (),
    assignments: Annotated[tuple[str, ...], Word("Set this field on the way.", kind="assignment")] = (),
) -> Gesture:
    """Pull a card from the column upstream into COLUMN.

    Refused (exit 1, with every reason) when the column is full, the card is not ready, an open card lacks a dated next
    action, or the way is not the next column.
    """
    edit = on_the_way(at, cards, ticks, assignments)
    return moving(at, "move", cards, column, reason=reason, force=force, edit=edit)


def on_the_way(
    at: Situation, cards: tuple[str, ...], ticks: tuple[str, ...], assignments: tuple[str, ...]
) -> Edit | None:
    """The edit that ticks lines and sets fields of the one card that moves; None where nothing was typed.

    Raises KanbanError where several cards move: a tick and a date are one card's.
    """
    if not ticks and not assignments:
        return None
    if len(dict.fromkeys(cards)) != 1:
        option = "--tick" if ticks else "--set"
        message = _("`{option}` speaks of one card").format(option=option)
        raise KanbanError(message, cure=_("move the cards one by one, or use `kanban batch`"))
    card = at.board.named(cards[0])
    values = parse_assignments(at.board, assignments, at.today, card.raw)
    return edits(edit_of(values), ticking(at.board, card, ticks))


def moving(
    at: Situation,
    verb: str,
    names: tuple[str, ...],
    column: str,
    *,
    reason: str = "",
    force: bool = False,
    edit: Edit | None = None,
) -> Gesture:
    """The gesture that moves the named cards, each edited by `edit` on its way. Raises Refused with every reason."""
    reason = reason_typed(own_words("--reason", reason), force)
    target = at.board.column_named(column)
    cards = [at.board.named(name) for name in dict.fromkeys(names)]
    verdicts: list[Verdict] = []
    ways: list[_Way] = []
    for card in cards:
        way = _way(at.board, card, target, edit)
        edited = card if way.edit is None else as_edited(at, card, way.edit)
        verdicts.append(judge(_with(at.board, edited, verdicts), edited, target, today=at.today, reason=reason))
        ways.append(way)
    _refuse(verdicts, force)
    return _gesture(verb, verdicts, target, reason, force, ways)


class _Way(NamedTuple):
    """What happens to a card on its way, and the ticks that it has to earn again."""

    edit: Edit | None
    spent: tuple[str, ...] = ()


def _way(board: Board, card: Card, target: columns.Column, edit: Edit | None) -> _Way:
    """The edit on the way, before which the card loses what held where it comes from alone: the reason of a loss, the
    day until which it was parked, ticks of a first time."""
    if not card.readable:
        return _Way(edit)
    source = board.column_of(card)
    spent = to_earn_again(board, card, target, direction_of(board, source, target))
    steps: list[Edit] = [
        partial(remove_from_list, key=key, item=tick) for key, ticks in spent.items() for tick in ticks
    ]
    gone = _OF_AN_EXIT.get(source.kind, "")
    if gone in card.raw and source.kind != target.kind:
        steps.append(partial(remove_field, key=gone))
    if edit is not None:
        steps.append(edit)
    return _Way(edits(*steps) if steps else None, tuple(tick for ticks in spent.values() for tick in ticks))


_OF_AN_EXIT = {"lost": "lost_reason", "parked": "parked_until"}


def as_edited(at: Situation, card: Card, edit: Edit) -> Card:
    """The card as it will be: fields that the same gesture sets count for the rules."""
    if not card.text and not card.readable:
        return card
    try:
        data = edit(card.text.encode())
    except EditConflict as error:
        raise error.in_file(card.path) from None
    file = BoardFile(card.path, data, card.mode, card.blob)
    return read_card(file, card.id, card.column, at.board.config, anchor=at.today)


def _with(board: Board, card: Card, before: list[Verdict]) -> Board:
    """The board with the card's new fields, and with the cards already judged standing in their target."""
    moved = {verdict.card.id: replace(verdict.card, column=verdict.target.key) for verdict in before}
    cards = tuple(moved.get(one.id, card if one.path == card.path else one) for one in board.cards)
    return replace(board, cards=cards)


def _refuse(verdicts: list[Verdict], force: bool) -> None:
    """Raise Refused with all reasons of all cards, unless forced."""
    refused = [verdict for verdict in verdicts if verdict.refusals]
    if not refused or force:
        return
    several = len(verdicts) > 1
    reasons = [
        (_("{card}: ").format(card=verdict.card.id) if several else "") + f"{reason.message}  → {reason.cure}"
        for verdict in refused
        for reason in verdict.refusals
    ]
    only_a_reason = all(reason.needs_reason for verdict in refused for reason in verdict.refusals)
    names = ", ".join(verdict.card.id for verdict in refused)
    text = ngettext("{cards} may not go to {column}", "{cards} may not go to {column}", len(refused))
    message = text.format(cards=names, column=refused[0].target.title)
    cure = "" if only_a_reason else _('to do it all the same: `--force --reason "…"`, recorded in the commit')
    raise Refused(message, reasons, cure=cure)


def _gesture(
    verb: str, verdicts: list[Verdict], target: columns.Column, reason: str, force: bool, ways: list[_Way]
) -> Gesture:
    changes, done, warnings = [], [], []
    moved: list[MoveRecord] = []
    trailers: list[tuple[str, str]] = []
    for verdict, (edit, spent) in zip(verdicts, ways, strict=True):
        card, source = verdict.card, verdict.source
        if verdict.direction == SAME:
            done.append(_("{card} is in {column} already").format(card=card.id, column=target.title))
            if edit is not None:
                changes.append(PathChange.edited(card.path, edit))
            continue
        path = f"{target.directory}/{card.id}.md"
        changes.append(PathChange.moved(card.path, path, edit))
        said = _("{card}: {source} → {target}")
        done.append(said.format(card=card.id, source=source.title, target=target.title))
        if spent:
            text = _("  to be earned again, no longer ticked: {ticks}")
            done.append(text.format(ticks=", ".join(spent)))
        trailers += card_trailers(card.id, source.key, target.key, _overrides(verdict, reason, force))
        if reason:
            trailers.append(("Reason", reason))
        warnings += [one.message for one in verdict.warnings]
        if card.block is not None and target.is_open:
            text = _("{card} moves although it is blocked: {cause}").format(card=card.id, cause=card.block.cause)
            warnings.append(f"{text}  → `kanban unblock {quote(card.id)}`")
        moved.append({"card": card.id, "from": source.key, "to": target.key, "path": path})
    ids = ", ".join(verdict.card.id for verdict in verdicts)
    sources = "/".join(dict.fromkeys(verdict.source.key for verdict in verdicts))
    subject = f"{ids}: {sources} → {target.key}"
    document: Told = {"moves": moved, "reason": reason or None, "forced": force}
    return Gesture(verb, subject, tuple(changes), tuple(done), tuple(trailers), tuple(warnings), document)


def _overrides(verdict: Verdict, reason: str, force: bool) -> list[str]:
    """What is recorded: each rule that was overridden, and the way that needed a reason."""
    found = [f"{one.rule}: {reason}" for one in verdict.refusals] if force else []
    if not found and verdict.direction in WITH_REASON and reason:
        found = [f"pull-order: {reason}"]
    return list(dict.fromkeys(found))
