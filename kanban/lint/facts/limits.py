"""An exceeded limit as a finding, placed where the limit is declared."""

from kanban.i18n import _, ngettext
from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.finding import Hit, Load
from kanban.lint.rule import WARNING
from kanban.model.cards.board import Board
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.pull.wip import Limit

_SECTION = {"column": "columns", "owner-in-column": "columns", "class": "classes", "owner": "owners"}
_MOST = 8


def limit_hit(board: Board, limit: Limit, cure: str) -> Hit:
    """The finding for an exceeded limit, at the line of `board.yml` that sets it, naming the cards."""
    ids = ", ".join(card.id for card in limit.cards[:_MOST]) + (", …" if limit.count > _MOST else "")
    message = ngettext(
        "{title} holds {count} card for a limit of {limit} ({ids})",
        "{title} holds {count} cards for a limit of {limit} ({ids})",
        limit.count,
    ).format(title=limit.title, count=limit.count, limit=limit.limit, ids=ids)
    if limit.scope == "class":
        message = _("class {message}").format(message=message)
    line, column = line_in_board(board, _SECTION[limit.scope], limit.key)
    declared = board.config.column(limit.key) if limit.scope in ("column", "owner-in-column") else None
    return Hit(
        BOARD_FILE,
        line,
        column,
        message,
        cure,
        key=f"{limit.scope}:{limit.key}",
        detail=limit.owner,
        area=declared.directory if declared else "",
        severity="" if limit.hard else WARNING,
        load=Load(frozenset(card.id for card in limit.cards), limit.limit),
    )
