"""`kanban park`: back to nurturing, out of the work in progress."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.closing import park

command = hand(
    park,
    argument("cards"),
    option("--until"),
    option("--note"),
    option("--reason"),
    examples=(
        'kanban park beta-crm --until 2027-01-15 --note "new budget in January"',
        "kanban park beta-crm gamma-soft",
    ),
)
