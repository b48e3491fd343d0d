"""No gesture leaves what our own hook would refuse: the board after it is judged (`pull.judgement`)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from kanban.errors import EditConflict, Refused
from kanban.gestures.base.change import PathChange, edits
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import own_words
from kanban.i18n import _
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import REGULAR_MODE, BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.links.following import following
from kanban.model.cards.read_card import read_card
from kanban.model.cards.said import days_said, unread_settings
from kanban.paper.plain import typed
from kanban.pull.judgement import made_worse, next_action_lost
from kanban.pull.reasons import Reason

W = ParamSpec("W")


def judged(gesture: Callable[Concatenate[Situation, W], Gesture]) -> Callable[Concatenate[Situation, W], Gesture]:
    """The gesture, refused when the board after it breaks what it did not break before; `force` overrides."""

    @wraps(gesture)
    def checked(at: Situation, /, *none: W.args, **words: W.kwargs) -> Gesture:
        _in_own_words(words)
        made = gesture(at, *none, **words)
        made = replace(made, changes=tuple(_followed(at.board, made.changes)))
        after = board_after(at, made.changes)
        reasons = _against(at, after)
        hard = [one for one in reasons if one.hard]
        if hard and not words.get("force"):
            message = _("{verb}: the board would break a rule").format(verb=made.verb)
            way = _('to do it all the same: `--force --reason "…"`, recorded in the commit')
            told = [f"{one.message}  → {one.cure}" for one in hard]
            raise Refused(message, told, cure=way if "force" in words else "")
        said = [f"{one.message}  → {one.cure}" for one in reasons if not one.hard]
        more = [one for one in said if not any(one.startswith(warning) for warning in made.warnings)]
        known = {value.partition(":")[0] for key, value in made.trailers if key == "Override"}
        why = str(words.get("reason", ""))
        overrides = [("Override", f"{one.rule}: {why}") for one in hard if one.rule not in known]
        trailers = (*made.trailers, *dict.fromkeys(overrides))
        done = (*made.done, *(f"  {line}" for line in _days_understood(at, after)))
        return replace(made, done=done, warnings=(*made.warnings, *more, *unread_settings(at.board)), trailers=trailers)

    return checked


def _followed(board: Board, changes: tuple[PathChange, ...]) -> Iterable[PathChange]:
    """The changes, with the links in the cards that move kept right."""
    moves = {one.moved_from: one.path for one in changes if one.moved_from is not None}
    texts = {card.path: card.body for card in board.cards if card.path in moves and card.readable}
    for one in changes:
        old = one.moved_from or ""
        if one.data is None and "](" in texts.get(old, ""):
            follow = following(old, one.path, moves)
            if follow(board_text := texts[old].encode()) != board_text:
                yield replace(one, edit=edits(follow, one.edit) if one.edit is not None else follow)
                continue
        yield one


def _in_own_words(words: Mapping[str, object]) -> None:
    """Raise KanbanError for a bare `…` that was copied from a cure, whichever word it stands for."""
    for name, word in words.items():
        for text in word if isinstance(word, tuple) else (word,):
            if isinstance(text, str):
                own_words(name, text)


def _days_understood(at: Situation, after: Board) -> Iterable[str]:
    """Each day that the gesture put on a card, in full."""
    _left, come = after.differs_from(at.board)
    asked = {name for card in come for name in (card.id, *card.formerly)}
    asked |= {old for old, new in after.renames.items() if new in asked}
    before = {after.renames.get(card.id, card.id): card for card in at.board.cards if card.id in asked}
    for card in come:
        old = before.get(card.id) or next(filter(None, map(before.get, card.formerly)), None)
        if old is None or old.blob != card.blob or old.text != card.text:
            yield from days_said(card, old, at.board.config, at.today)


def _against(at: Situation, after: Board) -> tuple[Reason, ...]:
    lost = [
        Reason(
            "next-action",
            _("{card} would have no dated next action").format(card=card.id),
            f'`kanban set {typed(card.id)} next_action="…" next_action_date=+2d`',
        )
        for card in next_action_lost(at.board, after)
    ]
    return (*made_worse(at.board, after, at.today), *lost)


def board_after(at: Situation, changes: Iterable[PathChange]) -> Board:
    """The board as the changes leave it. A file that cannot be edited stays as it is: whoever writes will say so."""
    known = {card.path: card for card in at.board.cards}
    gone: set[str] = set()
    come: dict[str, Card] = {}
    layout = layout_of(at.board.config)
    for change in changes:
        old = come.pop(change.source, None) or known.pop(change.source, None)
        gone.add(change.source)
        place = layout.place(change.path)
        if change.is_removal or place is None:
            continue
        column, card_id = place
        data = _bytes_after(change, old)
        if data is not None:
            file = BoardFile(change.path, data, old.mode if old is not None else REGULAR_MODE, "")
            come[change.path] = read_card(file, card_id, column, at.board.config, anchor=at.today)
        elif old is not None:
            come[change.path] = replace(old, path=change.path, column=column, id=card_id)
    gone |= come.keys()
    return at.board.with_cards(gone, come.values())


def _bytes_after(change: PathChange, old: Card | None) -> bytes | None:
    if change.data is not None or change.edit is None:
        return change.data
    if old is None or not old.readable:
        return None
    try:
        return change.edit(old.text.encode())
    except EditConflict:
        return None
