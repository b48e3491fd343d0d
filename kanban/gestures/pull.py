"""The best ready card from upstream."""

from collections.abc import Mapping
from typing import Annotated

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.words import Column, Word
from kanban.gestures.move import moving
from kanban.i18n import _
from kanban.metrics.base.clocks import clocks
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings import columns
from kanban.pull.ranking import pullable, tasks


@judged
def pull(
    at: Situation,
    *,
    column: Column,
    card: Annotated[str, Word("The card to pull; default: the best.", kind="card")] = "",
) -> Gesture:
    """Propose the best ready card from the column upstream of COLUMN, and move it on yes.

    Best is by class of service, then the nearest fixed date, then the longest wait. Blocked cards are left out.
    """
    target = at.board.column_named(column)
    return moving(at, "pull", (card or best_for(at, column).id,), target.key)


def best_for(at: Situation, column: str, standing: Mapping[str, Clocks] | None = None) -> Card:
    """The card that should be pulled into the column. Raises Refused with what every card upstream lacks.

    `standing` tells how long cards have waited; default: read from the past, if all of it is there.
    """
    board, target = at.board, at.board.column_named(column)
    if not target.is_open or target == board.config.open_columns[0]:
        message = _("nothing is pulled into {column}").format(column=target.title)
        raise KanbanError(message, cure=_("name an open column with one upstream; close cards with win, lose or park"))
    if standing is None:
        past = at.past()
        standing = {} if past.shallow else clocks(board, past, at.today)
    days = {card: found.column_days for card, found in standing.items()}
    idle = {card: found.idle_days for card, found in standing.items()}
    ready, lacking = pullable(board, target, at.today, column_days=days, idle_days=idle)
    if ready:
        return ready[0].card
    reasons = [
        _("{card}: ").format(card=verdict.card.id) + f"{one.message}  → {one.cure}"
        for verdict in lacking
        for one in verdict.refusals
    ]
    known = {verdict.card.id for verdict in lacking}
    reasons += [
        _("{card}: ").format(card=task.card.id) + f"{concern.text}  → `{concern.cure}`"
        for task in tasks(board, at.today, idle_days=idle, column_days=days)
        for concern in task.concerns
        if _stands_before(board, task.column, target) and task.card.id not in known
    ]
    raise Refused(_("no card may be pulled into {column}").format(column=target.title), reasons)


def _stands_before(board: Board, column: columns.Column, target: columns.Column) -> bool:
    """Whether cards go from the column into the target."""
    before = board.config.open_columns
    return before.index(column) + 1 == before.index(target)
