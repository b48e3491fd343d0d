"""`kanban win`: the deal is signed."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.closing import win

command = hand(
    win,
    argument("cards"),
    option("--amount"),
    option("--note"),
    option("--reason"),
    option("--force"),
    option("--tick", "ticks"),
    option("--set", "assignments", metavar="KEY=VALUE"),
    examples=(
        'kanban win acme-sso --amount "26 k€" --note "signed by M. Dubois"',
        'kanban win beta --reason "signed on the spot"',
    ),
)
