"""`kanban tick`: a person says that a line of a Definition of Ready or Done holds."""

from __future__ import annotations

import click

from kanban.commands.cardedit import card_gesture
from kanban.commands.entry import Verb
from kanban.commands.gesture import Edit, Gesture, WriteFlags, edits, perform, write_options
from kanban.commands.names import CARD
from kanban.commands.session import as_of_option, open_session
from kanban.errors import NotFound
from kanban.i18n import _
from kanban.model.board import Board
from kanban.model.card import Card
from kanban.model.splice import add_to_list, remove_from_list


@click.command(
    cls=Verb,
    examples=("kanban tick acme-sso agenda-sent slot-confirmed", "kanban tick acme-sso agenda-sent --off"),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("ticks", nargs=-1, required=True, metavar="TICK...")
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
        edit = edits(*(_one(board, found, tick, off) for tick in ticks))
        text = _("{card}: no longer ticked: {ticks}") if off else _("{card}: ticked {ticks}")
        return card_gesture(
            "tick", found, edit, text.format(card=found.id, ticks=", ".join(ticks)), ticks=list(ticks), off=off
        )

    perform(session, plan, flags)


def _one(board: Board, card: Card, tick: str, off: bool) -> Edit:
    key = list_of(board, card, tick)
    change = remove_from_list if off else add_to_list
    return lambda data: change(data, key, tick)


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
