"""`kanban tick`: a person says that a line of a Definition of Ready or Done holds."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import CARD, TICK
from kanban.commands.base.edits import Edit, edits
from kanban.commands.base.entry import Verb
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_gesture, perform, write_options
from kanban.errors import Ambiguous, NotFound
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.text.splice import add_to_list, remove_from_list
from kanban.model.typed.choices import fold


@click.command(
    cls=Verb,
    examples=("kanban tick acme-sso agenda-sent slot-confirmed", "kanban tick acme-sso agenda-sent --off"),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("ticks", nargs=-1, required=True, metavar="TICK...", type=TICK)
@click.option("--off", is_flag=True, default=False, help="Take the tick away.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context, /, card: str, ticks: tuple[str, ...], off: bool, as_of: str | None, flags: WriteFlags
) -> None:
    """Tick lines of the board's Definitions of Ready and Done on a card; they are stored as `dor:` and `dod:`."""
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        named = [tick_named(board, found, tick) for tick in ticks]
        edit = edits(*(_one(board, found, tick, off) for tick in named))
        text = _("{card}: no longer ticked: {ticks}") if off else _("{card}: ticked {ticks}")
        return card_gesture(
            "tick", found, edit, text.format(card=found.id, ticks=", ".join(named)), ticks=named, off=off
        )

    perform(session, plan, flags)


def _one(board: Board, card: Card, tick: str, off: bool) -> Edit:
    key = list_of(board, card, tick)
    change = remove_from_list if off else add_to_list
    return lambda data: change(data, key, tick)


def tick_named(board: Board, card: Card, text: str) -> str:
    """The tick that a person named by its id or by the words on the board, whole or in part.

    What fits nothing stands for itself (`list_of` says what there is). Raises Ambiguous.
    """
    columns = [board.column_of(card), *board.config.columns]
    asked = {
        one.id: one.label for column in columns for one in (*column.dor, *column.dod) if one.effective_check == "ticked"
    }
    if text in asked:
        return text
    word = fold(text)
    exact = [tick for tick, label in asked.items() if word in (fold(tick), fold(label))]
    near = exact or [tick for tick, label in asked.items() if word in fold(tick) or word in fold(label)]
    if len(near) > 1:
        raise Ambiguous(_("“{tick}” fits several ticks").format(tick=text), near, cure=_("type one of them whole"))
    return near[0] if near and word else text


def list_of(board: Board, card: Card, tick: str) -> str:
    """`dor` or `dod`: the card's own column's Done first, then any column's Ready, then any Done. Raises NotFound."""
    own = board.column_of(card)
    ready = {one.id for column in board.config.columns for one in column.dor if one.effective_check == "ticked"}
    done = {one.id for column in board.config.columns for one in column.dod if one.effective_check == "ticked"}
    if tick in {one.id for one in own.dod}:
        return "dod"
    if tick in ready:
        return "dor"
    if tick in done:
        return "dod"
    known = ", ".join(sorted(ready | done)) or _("none")
    raise NotFound(
        _("no column asks for the tick “{tick}”").format(tick=tick), cure=_("ticks are {known}").format(known=known)
    )
