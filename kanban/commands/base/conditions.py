"""Which cards a verb is about, by conditions: typed after `--where`, or kept under a name in `views:` of board.yml."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from kanban.errors import NotFound
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.model.cards.board import Board
    from kanban.model.cards.condition import Condition

where_option = click.option(
    "--where",
    multiple=True,
    metavar="CONDITION",
    help="Only cards for which this holds: `amount > 20k`, `owner = Zoé`, `close < +30d`, `!amount` (repeatable).",
)
view_option = click.option("--view", default=None, metavar="NAME", help="The conditions of a view in board.yml.")


def conditions_of(board: Board, where: Iterable[str], view: str | None, today: date) -> list[Condition]:
    """All that is asked. Raises KanbanError for what cannot be understood, NotFound for an unknown view."""
    kept: tuple[str, ...] = ()
    if view is not None:
        if view not in board.config.views:
            names = ", ".join(board.config.views)
            cure = _("views are {names}").format(names=names) if names else _("declare it under `views:` in board.yml")
            raise NotFound(_("there is no view “{name}”").format(name=view), cure=cure)
        kept = board.config.views[view]
    asked = (*kept, *where)
    if not asked:
        return []
    from kanban.model.cards.condition import condition_typed

    return [condition_typed(text, board, today) for text in asked]
