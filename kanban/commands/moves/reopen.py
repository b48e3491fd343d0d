"""`kanban reopen`: a closed card comes back onto the board."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.reopen import reopen

command = hand(
    reopen,
    argument("card"),
    option("--reason"),
    option("--to", "column", metavar="COLUMN"),
    option("--next", "next_action"),
    option("--on"),
    option("--force"),
    examples=(
        'kanban reopen beta-crm --reason "new sponsor" --next "call back" --on monday',
        'kanban reopen beta-crm --to prospects --reason "budget is back"',
    ),
)
