"""`kanban unblock`: takes the block label off; the history remembers it."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.block import unblock

command = hand(
    unblock,
    argument("card"),
    option("--next", "next_action"),
    option("--on"),
    examples=('kanban unblock acme-sso --next "send the contract" --on tomorrow',),
)
