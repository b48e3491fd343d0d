"""A person says that a line of a Definition of Ready or Done holds."""

from collections.abc import Iterable
from typing import Annotated

from kanban.errors import Ambiguous, NotFound
from kanban.gestures.base.change import Edit, edits
from kanban.gestures.base.gesture import Gesture, card_gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.words import Card, Word
from kanban.i18n import _, in_every_language
from kanban.model.cards import card as cards
from kanban.model.cards.board import Board
from kanban.model.settings.columns import Column
from kanban.model.text.edit.splice import add_to_list, remove_from_list
from kanban.model.typed.choices import fold


@judged
def tick(
    at: Situation,
    *,
    card: Card,
    ticks: Annotated[tuple[str, ...], Word("Lines of the Definitions, by id or by their words.", kind="tick")],
    off: Annotated[bool, Word("Take the tick away.")] = False,
) -> Gesture:
    """Tick lines of the board's Definitions of Ready and Done on a card; they are stored as `dor:` and `dod:`."""
    found = at.board.named(card)
    named = [_tick_named(at.board, at.board.column_of(found), one) for one in ticks]
    edit = edits(*(_one(at.board, found, one, off) for one in named))
    text = _("{card}: no longer ticked: {ticks}") if off else _("{card}: ticked {ticks}")
    done = text.format(card=found.id, ticks=", ".join(named))
    return card_gesture("tick", found, edit, done, told={"ticks": named, "off": off})


def ticking(board: Board, card: cards.Card, ticks: Iterable[str]) -> Edit:
    """The edit that ticks some lines on a card, named as in `tick`."""
    return edits(*(_one(board, card, _tick_named(board, board.column_of(card), one), False) for one in ticks))


def _one(board: Board, card: cards.Card, tick: str, off: bool) -> Edit:
    key = _list_of(board, board.column_of(card), tick)
    change = remove_from_list if off else add_to_list
    return lambda data: change(data, key, tick)


def ready_tick(board: Board, text: str) -> str:
    """The tick of a new card that a person named. Raises NotFound for one that no column asks for, and Ambiguous."""
    first = board.config.open_columns[0]
    named = _tick_named(board, first, text)
    _list_of(board, first, named)
    return named


def _tick_named(board: Board, own: Column, text: str) -> str:
    """The tick that a person named by its id or by the words on the board, whole or in part.

    What fits nothing stands for itself (`_list_of` says what there is). Raises Ambiguous.
    """
    columns = [own, *board.config.columns]
    asked = {
        one.id: one.label for column in columns for one in (*column.dor, *column.dod) if one.effective_check == "ticked"
    }
    if text in asked:
        return text
    word = fold(text)
    exact = [tick for tick, label in asked.items() if word in (fold(tick), fold(label))]
    exact = exact or [tick for tick in asked if word in map(fold, in_every_language(tick))]
    near = exact or [tick for tick, label in asked.items() if word in fold(tick) or word in fold(label)]
    if len(near) > 1:
        raise Ambiguous(_("“{tick}” fits several ticks").format(tick=text), near, cure=_("type one of them whole"))
    return near[0] if near and word else text


def _list_of(board: Board, own: Column, tick: str) -> str:
    """`dor` or `dod`: the column's own Done first, then any column's Ready, then any Done. Raises NotFound."""
    ready = {one.id for column in board.config.columns for one in column.dor if one.effective_check == "ticked"}
    done = {one.id for column in board.config.columns for one in column.dod if one.effective_check == "ticked"}
    if tick in {one.id for one in own.dod}:
        return "dod"
    if tick in ready:
        return "dor"
    if tick in done:
        return "dod"
    every = {one.id: one.label for column in board.config.columns for one in (*column.dor, *column.dod)}
    known = ", ".join(f"{one} ({every[one]})" for one in sorted(ready | done)) or _("none")
    raise NotFound(
        _("no column asks for the tick “{tick}”").format(tick=tick), cure=_("ticks are {known}").format(known=known)
    )
