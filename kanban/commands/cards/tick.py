"""`kanban tick`: a person says that a line of a Definition of Ready or Done holds."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.tick import tick

command = hand(
    tick,
    argument("card"),
    argument("ticks", metavar="TICK..."),
    option("--off"),
    examples=("kanban tick acme-sso contact-opt-in need-explicit", "kanban tick acme-sso brief-validated --off"),
)
