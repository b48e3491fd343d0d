"""`kanban lose`: the deal is lost, for one of the board's normalised reasons (D18)."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.closing import lose

command = hand(
    lose,
    argument("cards"),
    option("--reason"),
    option("--note"),
    examples=("kanban lose beta-crm --reason price", 'kanban lose beta-crm --reason timing --note "budget next year"'),
)
