"""What a line says, in the words of `new`, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.fields import label_of


class Unclear(KanbanError):
    """A piece of the line that can be read in several ways.

    `lines` are the line as it would be without the doubt, each with how the reading is shown to a person.
    """

    def __init__(self, message: str, readings: Mapping[str, str], count: int = 1, *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.readings, self.count = readings, count
        self.lines: dict[str, str] = {}

    def in_line(self, words: list[str], at: int) -> Unclear:
        """The same, once it is known where in the line the piece stands."""
        for typed, shown in self.readings.items():
            self.lines[" ".join([*words[:at], *typed.split(), *words[at + self.count :]])] = shown
        return self


@dataclass
class QuickLine:
    """What the line says, in the words of `new`'s parameters; `extra` are further fields as `key=value`.

    `pieces` counts what was recognised besides the name, `sure` what of it could not stand in a name; the day came
    after the `day_after`-th of the words that say nothing by themselves (0: there was none), its `hours` where they
    were a span; `places` are the fields said so far: as typed, from which word on, and in how many.
    """

    account: str = ""
    contact: str | None = None
    next_action: str | None = None
    on: str | None = None
    amount: str | None = None
    probability: str | None = None
    source: str | None = None
    owner: str | None = None
    close: str | None = None
    service: str | None = None
    column: str | None = None
    tags: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    pieces: int = 0
    sure: int = 0
    day_after: int = 0
    hours: str = ""
    places: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    @property
    def is_a_line(self) -> bool:
        """Whether more than a name was typed: one piece alone (`Groupe Vendredi`) may be part of the name."""
        return self.sure > 0 or self.pieces > 1

    @property
    def words(self) -> dict[str, str]:
        """What it says by `new`'s parameters, tags and further fields aside."""
        return {name: value for name in LABELS if (value := getattr(self, name))}

    @property
    def understood(self) -> list[tuple[str, str]]:
        """Each piece with its label, as a person is shown what was understood; tags and further fields have none."""
        known = [(label_of(LABELS[name]) if LABELS[name] else _("column"), value) for name, value in self.words.items()]
        return [*known, *(("", f"#{tag}") for tag in self.tags), *(("", one) for one in self.extra)]


LABELS = {
    "account": "account",
    "contact": "contact",
    "next_action": "next_action",
    "on": "next_action_date",
    "amount": "amount",
    "probability": "probability",
    "owner": "owner",
    "source": "source",
    "close": "close_date",
    "service": "class",
    "column": "",
}
"""`new`'s parameters that a line can say → the field by whose label they are shown; a column is no field."""
SAID_SHORT = frozenset(LABELS.values()) - {"account", "next_action", ""}
"""Fields that `key=value` says as well as their sign does."""
