"""Text a person types → values, by our own schema and never by guesses; and values → the text written to cards.

Every reader is a pure function from a text to a `Read`: the value, or the problem with its cure. None raises.
"""

from kanban.i18n.currencies import CODES, currency_of, minor_units
from kanban.model.typed.amounts import (
    read_currency,
    read_money,
    read_percent,
    said_plainly,
    write_amount,
    write_money,
    write_percent,
)
from kanban.model.typed.choices import fold, read_bool, read_choice, read_integer, read_list
from kanban.model.typed.dates import read_card_when, read_due_when, read_past_when, read_when, write_when
from kanban.model.typed.result import Read, shown, tidy

__all__ = [
    "CODES",
    "Read",
    "currency_of",
    "fold",
    "minor_units",
    "read_bool",
    "read_card_when",
    "read_choice",
    "read_currency",
    "read_due_when",
    "read_integer",
    "read_list",
    "read_money",
    "read_past_when",
    "read_percent",
    "read_when",
    "said_plainly",
    "shown",
    "tidy",
    "write_amount",
    "write_money",
    "write_percent",
    "write_when",
]
