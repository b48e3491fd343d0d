"""`kanban set`: change fields of a card, one line of the file each."""

from kanban.commands.base.hand import argument, hand, option
from kanban.gestures.fields import set_fields

command = hand(
    set_fields,
    argument("card"),
    argument("assignments"),
    option("--reason"),
    option("--force"),
    examples=(
        'kanban set acme-sso next_action="send the offer" next_action_date="tomorrow 10:00"',
        'kanban set acme-sso amount="28 k€" probability="40 %" close_date=30/10',
        "kanban set acme-sso risk=        an empty value removes the field",
    ),
)
