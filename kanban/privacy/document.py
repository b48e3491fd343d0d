"""People on a board as data."""

from typing import Annotated, Literal, TypedDict

from kanban.schemas.fields import Count, Day


class PlaceRecord(TypedDict):
    """One line of a file, or the file's name (line 0)."""

    path: str
    line: Count
    text: str
    sure: Annotated[bool, "No: only a part of the name stands there, another person may be meant."]


class KeptRecord(TypedDict):
    """What git keeps of the person, the present state included."""

    commits: Count
    first: Day | None
    last: Day | None
    versions: Annotated[Count, "Objects, reached by a branch or tag, that have it."]
    messages: Count
    authors: Count
    file_names: list[str]
    refs: Annotated[list[str], "Branches and tags whose newest state has it."]
    ref_names: Annotated[list[str], "Branches and tags that are called so."]
    unreached: Annotated[Count, "Objects that no branch or tag leads to: stashed, amended, deleted."]


class PersonRecord(TypedDict):
    """Somebody who is a card's contact."""

    name: str
    cards: list[str]
    last_contact: Day | None


class DuePersonRecord(PersonRecord):
    """Somebody whose data is to be erased."""

    since: Day


class ScanDocument(TypedDict):
    """Where one person stands, or who stands on the board."""

    schema: Literal["kanban-privacy/1"]
    person: str | None
    people: list[PersonRecord]
    places: list[PlaceRecord]
    kept: KeptRecord | None


class DueDocument(TypedDict):
    """Whose time is over on the day."""

    schema: Literal["kanban-privacy-due/1"]
    as_of: Day
    retention_months: Count
    due: list[DuePersonRecord]
