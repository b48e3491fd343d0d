"""`kanban note`: what was said, what happens next, and when, in one command."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.note import note

command = hand(
    note,
    argument("card"),
    argument("bullets", metavar="TEXT..."),
    option("--next", "next_action"),
    option("--on"),
    option("--move", "column", metavar="COLUMN"),
    option("--reason"),
    option("--tick", "ticks"),
    option("--keep"),
    examples=(
        'kanban note acme-sso "called, wants two integrations" --next "send offer" --on "tomorrow 10:00"',
        'kanban note acme-sso "budget confirmed" "decides on Friday" --move offer',
        'kanban note acme-sso "agenda sent" --move meeting --tick agenda-sent --keep',
    ),
)
