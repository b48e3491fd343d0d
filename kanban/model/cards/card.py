"""One opportunity: a card's fields as typed values, with the place of each in its file.

Reading never fails. A field that cannot be understood has no value and a problem with its line; a card whose front
matter is broken still stands on the board, marked `readable=False`, with what could be salvaged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kanban import values
from kanban.model.cards.boardfile import REGULAR_MODE, SILENT, BoardFile
from kanban.model.text.front.front_fields import RawField, Value, joined
from kanban.model.text.plain_card import body_in, body_line_in
from kanban.model.text.problem import Problem
from kanban.model.typed.values import Money, When

if TYPE_CHECKING:
    from typing import Protocol

    from kanban.model.cards.boardfile import Kept

    class Taking(Protocol):
        """Who takes a card from its file."""

        def __call__(self, *, whole: bool = False) -> "Card":
            """The card."""

        def look(self) -> dict[str, Any] | None:
            """What a look at the file tells."""


Said = Mapping[str, Value]
"""Key → what a file says under it, as `RawField.value` has it."""

_UNREAD = ("_read", "_file")
_APART = "_apart"
_TEXTS = ("text", "body")
_AT_A_LOOK = frozenset({"title", "values", "readable", "text", "body", "body_line", "problems"})
"""What a card of plain lines tells without its file being read whole."""


@values.dataclass(frozen=True, slots=True)
class Block:
    """Why a card cannot move: since when, why, what would help, who does it."""

    since: date | None
    cause: str
    next: str
    owner: str

    def days(self, today: date) -> int | None:
        """Days since the block's date; None when none is written."""
        return (today - self.since).days if self.since is not None else None


_ONE_LINE = frozenset(
    (
        *("account", "contact", "contact_email", "contact_phone", "owner", "role", "source", "class", "place"),
        *("next_action", "decision_maker", "blocked_cause", "blocked_next", "blocked_owner"),
    )
)
"""Fields that stand in the middle of a line: a line break in one (`"ACME\\n  → …"`) would forge the next line."""


@dataclass(frozen=True)
class Card:
    """A card as it stands in one file. `values` holds only fields that could be read, by key.

    A card made by `unread` is taken from its file when something is asked that the path does not tell: most verbs ask
    nothing of most closed cards.
    """

    id: str
    column: str
    path: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, RawField] = field(default_factory=dict)
    # No plain defaults here: a field that is absent from the instance must be absent from the class (`__getattr__`).
    body: str = field(default_factory=str)
    body_line: int = field(default_factory=lambda: 1)
    problems: tuple[Problem, ...] = field(default_factory=tuple)
    blob: str = ""
    readable: bool = field(default_factory=lambda: True)
    text: str = field(default_factory=str)
    mode: str = REGULAR_MODE

    @classmethod
    def unread(cls, card_id: str, column: str, file: BoardFile, read: "Taking", **known: object) -> "Card":
        """The card in a file, which `read` reads when more is asked than is `known`; equal to what `read` returns.

        `read(whole=True)` gives all of it; without, what it takes a look to know will do. `read.look()` gives that
        alone, None where a look is not enough.
        """
        card = object.__new__(cls)
        place = {"id": card_id, "column": column, "path": file.path, "blob": file.blob, "mode": file.mode}
        known |= {**place, "_read": read, "_file": file}
        card.__dict__.update(known)
        return card

    def placed(self, card_id: str, column: str, path: str) -> "Card":
        """The same card under another id, in another place: its file is not read for that."""
        card = object.__new__(type(self))
        card.__dict__.update(self.__dict__, id=card_id, column=column, path=path)
        return card

    def apart(self) -> "Card":
        """The same card for who asks much of it and then lets it go: its texts are made once, and stay with it."""
        card = self.placed(self.id, self.column, self.path)
        card.__dict__[_APART] = {}
        return card

    @property
    def told_apart(self) -> dict[str, Any] | None:
        """What somebody worked out of its text, by a name, where it is one that is let go; else None."""
        return self.__dict__.get(_APART)

    def __getattr__(self, name: str) -> Any:
        known = self.__dict__
        if "_read" not in known or name.startswith("_"):
            raise AttributeError(name)
        if "_said" not in known:
            self._take(name not in _AT_A_LOOK)
            return getattr(self, name)
        if name in _TEXTS:
            text = self.data.decode() if name == "text" else body_in(self.data)
            if _APART in known:
                known[name] = text
            return text
        if name == "body_line":
            return body_line_in(self.data)
        if name == "problems" and known["values"].understood:
            known["problems"] = ()
            return ()
        self._take(whole=True)
        return known[name]

    def _take(self, whole: bool) -> None:
        """Take from the file what is not known yet: all of it, or what a look tells if a look is enough."""
        known = self.__dict__
        seen = None if whole else known["_read"].look()
        if seen is not None:
            known.update({**seen, **known})
            return
        found = known["_read"](whole=whole).__dict__
        own = {key: value for key, value in known.items() if key not in _UNREAD}
        known.update({**found, **own})
        if "_read" not in found:
            for key in _UNREAD:
                known.pop(key, None)

    def mentions(self, word: str) -> bool:
        """Whether the file may hold a word: what it does not hold, no field of it says. Reads nothing.

        Where there is a backslash any letter may be written otherwise, so the answer is yes.
        """
        file: BoardFile | None = self.__dict__.get("_file")
        if file is not None and file.lacks(word):
            return False
        data = self.data
        return word.encode() in data or b"\\" in data

    @property
    def is_read(self) -> bool:
        """Whether its file was read whole already."""
        return "_read" not in self.__dict__

    @property
    def kept(self) -> "Kept | None":
        """Its file's content by its name, where that is known without reading it."""
        file: BoardFile | None = self.__dict__.get("_file")
        return None if file is None else file.kept

    @property
    def data(self) -> bytes:
        """The bytes of its file; for a card that is read already, as it understood them."""
        file: BoardFile | None = self.__dict__.get("_file")
        return self.text.encode() if file is None else file.data or b""

    def get(self, key: str) -> str:
        """The field as text: its value when it is plain text, else what was typed; "" when absent."""
        value = self.values.get(key)
        text = value if isinstance(value, str) else joined(self.written.get(key, ""))
        return " ".join(text.split()) if "\n" in text and key in _ONE_LINE else text

    def items(self, key: str) -> tuple[str, ...]:
        """A list field; () when absent."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else ()

    def line_of(self, key: str) -> int:
        """The line on which the field stands; the first line when it is absent."""
        found = self.raw.get(key)
        return found.line if found is not None else 1

    def has(self, key: str) -> bool:
        """Whether the field was written and not left empty."""
        return bool(self.written.get(key))

    @property
    def written(self) -> Said:
        """What the file says under each key, as typed, in the file's order."""
        self.readable  # noqa: B018 - a look at the file, if there was none yet
        said: Said | None = self.__dict__.get("_said")
        if said is None:
            said = self.__dict__["_said"] = {key: one.value for key, one in self.raw.items()}
        return said

    @property
    def account(self) -> str:
        """The customer."""
        return self.get("account")

    @property
    def label(self) -> str:
        """What to call the card where space is short: the account, else the title, else the id."""
        return self.account or self.title or self.id

    @property
    def contact(self) -> str:
        """The person one talks to."""
        return self.get("contact")

    @property
    def next_action(self) -> str:
        """What happens next."""
        return self.get("next_action")

    @property
    def next_action_date(self) -> When | None:
        """When it happens."""
        return self.values.get("next_action_date")

    @property
    def has_dated_next_action(self) -> bool:
        """Both the text and a readable date: what D51 asks of every open card."""
        return bool(self.next_action) and self.next_action_date is not None

    @property
    def amount(self) -> Money | None:
        """What the deal is worth."""
        return self.values.get("amount")

    @property
    def probability(self) -> Decimal | None:
        """The card's own probability, 0 to 1."""
        return self.values.get("probability")

    @property
    def owner(self) -> str:
        """Who is in charge."""
        return self.get("owner")

    @property
    def role(self) -> str:
        """The owner's role."""
        return self.get("role")

    @property
    def source(self) -> str:
        """Where the opportunity comes from."""
        return str(self.values.get("source", ""))

    @property
    def close_date(self) -> date | None:
        """The day on which the deal is expected to be decided."""
        return self.values.get("close_date")

    @property
    def fixed_date(self) -> date | None:
        """The day that cannot move: declared, else the close date."""
        return self.values.get("fixed_date") or self.close_date

    @property
    def service_class(self) -> str:
        """The key of the class of service; "" when none is written."""
        value = self.values.get("class")
        return value if isinstance(value, str) else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Free labels."""
        return self.items("tags")

    @property
    def lost_reason(self) -> str:
        """The normalised reason of a loss; "" when there is none or it is not in the board's list."""
        value = self.values.get("lost_reason")
        return value if isinstance(value, str) else ""

    @property
    def dor(self) -> frozenset[str]:
        """Ticks of the Definition of Ready."""
        return frozenset(self.items("dor"))

    @property
    def dod(self) -> frozenset[str]:
        """Ticks of the Definition of Done."""
        return frozenset(self.items("dod"))

    @property
    def is_silent(self) -> bool:
        """Whether it is known without reading it that nothing in it says `SILENT`."""
        file = self.__dict__.get("_file")
        return file is not None and "_read" in self.__dict__ and bool(file.lacks(SILENT))

    @property
    def formerly(self) -> tuple[str, ...]:
        """Earlier stems of this card's file."""
        if self.is_silent:
            return ()
        return self.items(SILENT) if self.is_read or self.mentions(SILENT) else ()

    @property
    def block(self) -> Block | None:
        """The block in force: any of its fields is enough to see it."""
        keys = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")
        if not any(self.has(key) for key in keys):
            return None
        since = self.values.get("blocked_since")
        return Block(since, self.get("blocked_cause"), self.get("blocked_next"), self.get("blocked_owner"))
