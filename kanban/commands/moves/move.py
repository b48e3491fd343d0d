"""`kanban move`: pull a card into another column, if the board allows it."""

from kanban.commands.base.calling.completed_names import CARD_OR_COLUMN
from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.move import move

command = hand(
    move,
    argument("cards", type=CARD_OR_COLUMN),
    argument("column"),
    option("--reason"),
    option("--force"),
    option("--tick", "ticks"),
    option("--set", "assignments", metavar="KEY=VALUE"),
    examples=(
        "kanban move acme-sso offer                                     pull it into the next column",
        'kanban move acme-sso meeting --reason "brief to be redone"     back, or past a column: say why',
        'kanban move acme-sso offer --force --reason "signed tomorrow"  against a rule: recorded in the commit',
        "kanban move acme-sso offer --tick agenda-sent                  say on the way that a line is done",
        'kanban move acme-sso meeting --set next_action_date="friday 10:00"   and a field, in the same commit',
        "kanban move acme-sso beta-crm qualified                        several at once: all or none",
    ),
)
