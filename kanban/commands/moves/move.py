"""`kanban move`: pull a card into another column, if the board allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanban.commands.base.calling.completed_names import CARD_OR_COLUMN
from kanban.commands.base.hand import Words, argument, hand, option
from kanban.errors import KanbanError
from kanban.gestures.move import move
from kanban.i18n import _
from kanban.pull.moves import next_column

if TYPE_CHECKING:
    from kanban.commands.base.calling.options import WriteFlags
    from kanban.commands.base.session import Session


def _onward(session: Session, _flags: WriteFlags, words: Words) -> Words:
    """A card alone goes into its next column. Raises KanbanError where that would be an exit, which has verbs."""
    if words["cards"]:
        return words
    card = session.board.named(words["column"])
    target = next_column(session.board, card)
    if target is None or not target.is_open:
        said = _("{card} has no next column to be pulled into").format(card=card.id)
        verbs = ("reopen",) if target is None else ("win", "lose", "park")
        raise KanbanError(said, cure=", ".join(f"`kanban {verb} {card.id}`" for verb in verbs))
    return words | {"cards": (card.id,), "column": target.key}


command = hand(
    move,
    argument("cards", type=CARD_OR_COLUMN, required=False),
    argument("column"),
    option("--reason"),
    option("--force"),
    option("--tick", "ticks"),
    option("--set", "assignments", metavar="KEY=VALUE"),
    asking=_onward,
    examples=(
        "kanban move acme-sso                                           pull it into the next column",
        "kanban move acme-sso offer                                     the same, by the column's name",
        'kanban move acme-sso meeting --reason "brief to be redone"     back, or past a column: say why',
        'kanban move acme-sso offer --force --reason "signed tomorrow"  against a rule: recorded in the commit',
        "kanban move acme-sso offer --tick agenda-sent                  say on the way that a line is done",
        'kanban move acme-sso meeting --set next_action_date="friday 10:00"   and a field, in the same commit',
        "kanban move acme-sso beta-crm qualified                        several at once: all or none",
    ),
)
