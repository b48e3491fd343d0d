"""`kanban board`: the wall in the terminal, columns side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import OWNER, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.base.unshared import say_unshared
from kanban.commands.output.card_json import card_json
from kanban.commands.output.console import console
from kanban.commands.output.wall import wall
from kanban.pull import wip

if TYPE_CHECKING:
    from kanban.commands.output.card_records import BoardDocument, ColumnRecord


@click.command(
    cls=Verb,
    examples=(
        "kanban board              the whole board",
        "kanban board --owner Zoé  only her cards",
        "kanban board --as-of -7d  the board as it stood a week ago",
    ),
)
@click.option("-o", "--owner", default=None, type=OWNER, help="Only this owner's cards.")
@click.option("--all", "everything", is_flag=True, default=False, help="Show the cards in the exits too.")
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, owner: str | None, everything: bool, as_of: str | None, known: bool, as_json: bool
) -> None:
    """Show the board: each column with its cards, count and limit; blocked and overdue stand out."""
    session = open_session(context, as_of, known=known)
    board = board_of(session)
    say_unknown_owner(board, owner)
    if as_json:
        emit_json(_document(session))
        return

    screen = console()
    for row in wall(board, clocks_of(session), session.today, screen.width, owner=owner, everything=everything):
        screen.print(row)
    say_unshared(session)


def _document(session: Session) -> BoardDocument:
    board, clocks = board_of(session), clocks_of(session)
    columns: list[ColumnRecord] = []
    for column in board.config.columns:
        cards = board.in_column(column.key)
        columns.append(
            {
                "key": column.key,
                "name": column.title,
                "kind": column.kind,
                "count": len(cards),
                "limit": column.wip,
                "light": wip.column_light(board, column),
                "cards": [card_json(board, card, clocks.get(card.id)) for card in cards],
            }
        )
    return {
        "schema": "kanban-board/1",
        "as_of": session.today.isoformat(),
        "title": board.config.title,
        "columns": columns,
        "strays": [{"path": stray.path, "reason": stray.reason} for stray in board.strays],
    }
