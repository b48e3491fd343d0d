"""What stands in each table of an export: a record a row, a field a column, in their order.

The types decide what JSON and SQL call them, the notes what the guide says of them.
"""

from __future__ import annotations

from types import NoneType
from typing import Annotated, Any, Literal, TypedDict, get_args, get_origin, get_type_hints

from kanban.schemas.fields import ColumnKind, EventKind, one_of
from kanban.values import dataclass

Outcome = Annotated[str, one_of("open", "won", "lost", "parked", "deleted")]

CardRow = TypedDict(
    "CardRow",
    {
        "record": Literal["card"],
        "card": Annotated[str, "the card's id: its file name without the suffix"],
        "title": Annotated[str, "what the opportunity is"],
        "account": Annotated[str | None, "the customer"],
        "contact": Annotated[str | None, "the person one talks to"],
        "column": Annotated[str, "key of the column it stands in, or stood in last"],
        "outcome": Annotated[Outcome, "open, won, lost, parked, or deleted"],
        "path": Annotated[str, "its file, relative to the board"],
        "owner": Annotated[str | None, "who has it now"],
        "owner_at_close": Annotated[str | None, "who had it when it was closed"],
        "role": Annotated[str | None, "the owner's role"],
        "source": Annotated[str | None, "where it comes from"],
        "class": Annotated[str, "class of service"],
        "amount": Annotated[str | None, "exact amount as a decimal number"],
        "currency": Annotated[str | None, "three-letter code of the amount"],
        "probability": Annotated[float | None, "the card's own, else its column's; 0 to 1"],
        "next_action": Annotated[str | None, "what happens next"],
        "next_action_date": Annotated[str | None, "the day of the next action"],
        "close_date": Annotated[str | None, "when it is expected to be decided"],
        "lost_reason": Annotated[str | None, "normalised reason of a loss"],
        "blocked": Annotated[bool, "1 while it carries a block label"],
        "blocked_since": Annotated[str | None, "the day of the block"],
        "blocked_cause": Annotated[str | None, "why it is blocked"],
        "started": Annotated[str | None, "the day its clock started"],
        "ended": Annotated[str | None, "the day it went into the exit it stands in"],
        "ended_week": Annotated[str | None, "ISO week of that day"],
        "cycle_days": Annotated[int | None, "days from start to end, both counted"],
        "age_days": Annotated[int | None, "days since the start, today included; open cards only"],
        "column_days": Annotated[int | None, "days since it entered its column; open cards only"],
        "idle_days": Annotated[int | None, "days since its last event; open cards only"],
        "fields": Annotated[dict[str, Any], "every field of the front matter as typed, as a JSON object"],
    },
)
CardRow.__doc__ = "A card as it stands on the as-of day, or stood last."


class EventRow(TypedDict):
    """One thing that happened to one card in one commit."""

    record: Literal["event"]
    number: Annotated[int, "place in the history, from 0"]
    card: Annotated[str, "the card's id"]
    kind: Annotated[EventKind, "created, moved, edited, removed"]
    from_column: Annotated[str | None, "column key; empty for a creation"]
    to_column: Annotated[str | None, "column key; empty for a removal"]
    at: Annotated[str, "when it happened (author date, board timezone)"]
    day: Annotated[str, "the day of that"]
    known_at: Annotated[str, "when the repository knew (committer date)"]
    author: Annotated[str, "who did it"]
    commit_id: Annotated[str, "the commit"]
    path: Annotated[str, "the file after it, or the one removed"]
    edited: Annotated[bool, "1 when the text changed too"]


class VersionRow(TypedDict):
    """What a card said after an event that changed its text."""

    record: Literal["version"]
    number: Annotated[int, "the event's place in the history"]
    card: Annotated[str, "the card's id"]
    day: Annotated[str, "the day from which it said so"]
    text: Annotated[str, "the whole file, notes too"]


class StayRow(TypedDict):
    """One stay of a card in a column."""

    record: Literal["stay"]
    card: Annotated[str, "the card's id"]
    number: Annotated[int, "the card's first stay is 1"]
    column: Annotated[str, "column key"]
    entered: Annotated[str, "the moment of entry, part of the stay"]
    left: Annotated[str | None, "the moment of leaving, no longer part of it; empty while it goes on"]
    since: Annotated[str, "the day of entry"]
    until: Annotated[str | None, "the day of leaving; empty while it goes on"]
    days: Annotated[int, "difference of the two days, up to the as-of day while it goes on"]


class ColumnRow(TypedDict):
    """A column of the board."""

    record: Literal["column"]
    column: Annotated[str, "key"]
    name: Annotated[str, "what people call it"]
    kind: Annotated[ColumnKind, "open, won, lost, parked"]
    position: Annotated[int, "place on the board, from 0"]
    wip_limit: Annotated[int | None, "the limit in force on the as-of day; empty: none"]
    counted: Annotated[bool, "1 when its cards are work in progress"]


class WeekRow(TypedDict):
    """A complete ISO week."""

    record: Literal["week"]
    week: Annotated[str, "ISO week, complete on the as-of day"]
    monday: Annotated[str, "its first day"]
    sunday: Annotated[str, "its last day"]


class AccountRow(TypedDict):
    """A company, as its file says."""

    record: Literal["account"]
    account: Annotated[str, "its file in accounts/, without the suffix"]
    name: Annotated[str, "what it is called"]
    also: Annotated[str | None, "what else, with commas between"]
    domain: Annotated[str | None, "the domains of its mail addresses, with commas between"]
    owner: Annotated[str | None, "who has it"]
    text: Annotated[str, "the whole file, notes too"]


class PersonRow(TypedDict):
    """Somebody one talks to, as their file says."""

    record: Literal["person"]
    person: Annotated[str, "their file in people/, without the suffix"]
    name: Annotated[str, "what they are called"]
    also: Annotated[str | None, "what else, with commas between"]
    account: Annotated[str | None, "the file of their company, else what is typed there"]
    email: Annotated[str | None, "mail addresses, with commas between"]
    phone: Annotated[str | None, "numbers, with commas between"]
    role: Annotated[str | None, "what they do there"]
    decision_maker: Annotated[bool, "1 for whoever decides"]
    text: Annotated[str, "the whole file, notes too"]


class LinkRow(TypedDict):
    """A deal and a company or person that it is about."""

    record: Literal["link"]
    card: Annotated[str, "the card's id"]
    kind: Annotated[Annotated[str, one_of("accounts", "people")], "accounts or people"]
    file: Annotated[str, "the file there: `account` of the table accounts, or `person` of people"]


class FactRow(TypedDict):
    """What the tables are about."""

    record: Literal["fact"]
    name: Annotated[str, "what"]
    value: Annotated[str | None, "as of which day, from which commit, in which timezone and format"]


ExportRow = CardRow | EventRow | VersionRow | StayRow | ColumnRow | WeekRow | AccountRow | PersonRow | LinkRow | FactRow
"""One line of an export as JSON."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One column of an export table: its name, its SQL type, and what it holds."""

    name: str
    type: str
    doc: str


_SQL = {int: "INTEGER", bool: "INTEGER", float: "REAL"}


def _shapes(row: Any) -> tuple[Shape, ...]:
    hints = get_type_hints(row, include_extras=True)
    return tuple(_shape(name, hint) for name, hint in hints.items() if get_origin(hint) is Annotated)


def _shape(name: str, hint: Any) -> Shape:
    kinds = [kind for kind in get_args(hint.__origin__) or (hint.__origin__,) if kind is not NoneType]
    return Shape(name, _SQL.get(kinds[0], "TEXT"), hint.__metadata__[-1])


SHAPES = {
    "cards": _shapes(CardRow),
    "events": _shapes(EventRow),
    "versions": _shapes(VersionRow),
    "stays": _shapes(StayRow),
    "columns": _shapes(ColumnRow),
    "weeks": _shapes(WeekRow),
    "accounts": _shapes(AccountRow),
    "people": _shapes(PersonRow),
    "links": _shapes(LinkRow),
    "facts": _shapes(FactRow),
}
"""The columns of every table."""
