"""One deal of an export: what its card is to say, and on which days it came into which column."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A deal comes into a column on a day; by whom, where that is told. `fields` are those of that time only."""

    day: date
    column: str
    author: str = ""
    fields: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """A row as a card: `origin` tells it from all others for ever, `name` is what its file is called after.

    `passages` are in order, the first one its creation; `note` is text that becomes the card's first note.
    """

    line: int
    origin: str
    name: str
    fields: dict[str, Value]
    passages: tuple[Passage, ...]
    note: str = ""
    undated: bool = field(default=False, compare=False)

    @property
    def column(self) -> str:
        """Where it stands now."""
        return self.passages[-1].column


def same_deal(identity: str, system: str) -> str:
    """An id as it is compared: Salesforce writes one of 15 letters in reports, and three more elsewhere."""
    return identity[:15] if system == "salesforce" and len(identity) == 18 else identity


def same_origin(origin: str) -> str:
    """The origin of a deal, `system:id`, as it is compared."""
    system, mark, identity = origin.partition(":")
    return f"{system}{mark}{same_deal(identity, system)}"
