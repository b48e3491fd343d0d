"""`kanban block`: the red label, dated, with its cause, what comes next and who does it (D16)."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.block import block

command = hand(
    block,
    argument("card"),
    option("--cause"),
    option("--next", "next_action"),
    option("--who"),
    option("--since"),
    examples=('kanban block acme-sso --cause "legal review" --next "call their lawyer" --who Zoé',),
)
