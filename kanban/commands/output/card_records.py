"""What the documents about cards say: the records of `kanban list`, `board`, `next`, `ready` and `show`."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from kanban.model.history.events import EventRecord
from kanban.schemas.fields import Amount, Day, DayOrTime, Share


class BlockRecord(TypedDict):
    """Why the card stands still, and what gets it going."""

    since: Day | None
    cause: str | None
    next: str | None
    owner: str | None


class ProblemRecord(TypedDict):
    """What could not be read in the card's file."""

    line: int
    column: int
    message: str
    cure: str


_Class = TypedDict("_Class", {"class": str})


class CardRecord(_Class):
    """A card as it stands, with its ages."""

    card: str
    column: str
    path: str
    title: str
    account: str | None
    owner: str | None
    amount: Amount | None
    currency: str | None
    probability: Share | None
    next_action: str | None
    next_action_date: DayOrTime | None
    close_date: Day | None
    blocked: bool
    block: BlockRecord | None
    readable: bool
    problems: list[ProblemRecord]
    age_days: Annotated[int | None, "days since the start, today included; null for closed cards and without history"]
    column_days: Annotated[int | None, "days since the card entered its column; null without history"]
    idle_days: Annotated[int | None, "days since the last event; null without history"]


class ListDocument(TypedDict):
    """The cards that were asked for, column by column."""

    schema: Literal["kanban-list/1"]
    as_of: Day
    cards: list[CardRecord]


class ColumnRecord(TypedDict):
    """A column with its cards, as they stand on the wall."""

    key: str
    name: str
    kind: Annotated[str, "open, won, lost or parked"]
    count: Annotated[int, "cards in the column"]
    limit: int | None
    light: Annotated[str, "red over the limit, amber at it, green below, none without one"]
    cards: list[CardRecord]


class StrayRecord(TypedDict):
    """A file where the board cannot use it."""

    path: str
    reason: str


class BoardDocument(TypedDict):
    """The board, column by column in pull order."""

    schema: Literal["kanban-board/1"]
    as_of: Day
    title: str
    columns: list[ColumnRecord]
    strays: list[StrayRecord]


class TaskRecord(CardRecord):
    """A card that somebody should see to now."""

    why: Annotated[list[str], "in the reader's language, the gravest first"]


class NextDocument(TypedDict):
    """What to do now, the most urgent first, and what may be pulled."""

    schema: Literal["kanban-next/1"]
    as_of: Day
    tasks: list[TaskRecord]
    pull: Annotated[dict[str, list[str]], "column → cards that may be pulled into it, the best first"]


class LackRecord(TypedDict):
    """What stands between a card and a column."""

    rule: str
    message: str
    cure: str


class HardLackRecord(LackRecord):
    """The same, with whether it refuses the move."""

    hard: bool


_From = TypedDict("_From", {"from": str})


class ReadyDocument(_From):
    """What a card lacks for a column."""

    schema: Literal["kanban-ready/1"]
    as_of: Day
    card: str
    to: str
    ready: bool
    lacking: list[HardLackRecord]


class ShowDocument(CardRecord):
    """One card with everything that is in its file, and its history."""

    schema: Literal["kanban-show/1"]
    as_of: Day
    fields: Annotated[dict[str, str | list[str]], "every field as it is written, by key"]
    body: str
    account_file: Annotated[str | None, "the file of its company, relative to the board"]
    people_files: Annotated[list[str], "the files of its people"]
    attachments: Annotated[list[str], "the files kept for it"]
    next_column: str | None
    lacking: list[LackRecord]
    history: list[EventRecord]
