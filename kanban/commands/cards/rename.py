"""`kanban rename`: another file name for a card; its past goes with it."""

from kanban.commands.base.hand import argument, hand
from kanban.gestures.base.filing import rename

command = hand(
    rename,
    argument("card"),
    argument("new_id", metavar="NEW-ID"),
    examples=("kanban rename acme-sas acme-sso",),
    dated=False,
)
