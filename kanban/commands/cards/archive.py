"""`kanban archive`: closed cards into year folders, so that a column's folder stays short."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.base.filing import archive

command = hand(
    archive,
    argument("cards", metavar="[CARD]..."),
    option("--days"),
    examples=(
        "kanban archive                    won and lost cards closed over 30 days ago",
        "kanban archive acme-sso --days 0",
    ),
)
