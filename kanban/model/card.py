"""One opportunity: a card's fields as typed values, with the place of each in its file.

Reading never fails. A field that cannot be understood has no value and a problem with its line; a card whose front
matter is broken still stands on the board, marked `readable=False`, with what could be salvaged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.model import reading
from kanban.model.boardfile import BoardFile
from kanban.model.config import BoardConfig
from kanban.model.document import Document, RawField, document_title, parse_document
from kanban.model.fields import Field, field_of
from kanban.model.problem import Problem
from kanban.model.values import Money, When


@dataclass(frozen=True, slots=True)
class Block:
    """Why a card cannot move: since when, why, what would help, who does it."""

    since: date | None
    cause: str
    next: str
    owner: str


@dataclass(frozen=True)
class Card:
    """A card as it stands in one file. `values` holds only fields that could be read, by key."""

    id: str
    column: str
    path: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, RawField] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()
    blob: str = ""
    readable: bool = True
    text: str = ""

    def get(self, key: str) -> str:
        """The field as text: its value when it is plain text, else what was typed; "" when absent."""
        value = self.values.get(key)
        if isinstance(value, str):
            return value
        found = self.raw.get(key)
        if found is None:
            return ""
        return found.value if isinstance(found.value, str) else ", ".join(found.value)

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
        found = self.raw.get(key)
        return found is not None and bool(found.value)

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
        return self.get("source")

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
    def formerly(self) -> tuple[str, ...]:
        """Earlier stems of this card's file."""
        return self.items("formerly")

    @property
    def block(self) -> Block | None:
        """The block in force: any of its fields is enough to see it."""
        keys = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")
        if not any(self.has(key) for key in keys):
            return None
        since = self.values.get("blocked_since")
        return Block(since, self.get("blocked_cause"), self.get("blocked_next"), self.get("blocked_owner"))


def read_card(file: BoardFile, card_id: str, column: str, config: BoardConfig, *, anchor: date | None = None) -> Card:
    """Read one file as a card. `anchor` is the day near which a date without a year is meant."""
    if file.data is None:
        cure = _("replace it by a regular text file")
        problem = Problem(file.path, 1, 1, "unreadable-file", file.note or _("this file cannot be read"), cure)
        return Card(card_id, column, file.path, card_id, problems=(problem,), blob=file.blob, readable=False)
    document = parse_document(file.data)
    values, found = _typed(document, config, anchor)
    return Card(
        id=card_id,
        column=column,
        path=file.path,
        title=document_title(document) or card_id,
        values=values,
        raw={raw.key: raw for raw in document.fields},
        body=document.body,
        body_line=document.body_line,
        problems=tuple(sorted(problem.at(file.path) for problem in (*document.problems, *found))),
        blob=file.blob,
        readable=document.readable,
        text=document.text,
    )


def _typed(document: Document, config: BoardConfig, anchor: date | None) -> tuple[dict[str, Any], list[Problem]]:
    """Type every known, non-empty field by the schema; unknown keys stay text."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    raw = {one.key: one for one in document.fields}
    currency = _currency(raw.get("currency"), config)
    for one in document.fields:
        known = field_of(one.key, config)
        if known is None or not one.value:
            continue
        if known.type == "list":
            values[one.key] = reading.read_list(one.value)
            continue
        if one.is_list:
            message = _("`{key}` holds a list where one value is meant").format(key=one.key)
            cure = _("write one value after `{key}:`").format(key=one.key)
            problems.append(Problem("", one.line, one.column, "field-list", message, cure, one.key))
            continue
        text = one.value if isinstance(one.value, str) else ""
        result = _READERS[known.type](text, known, config, currency, anchor)
        if result.value is not None:
            values[one.key] = result.value
        else:
            code = result.code or f"field-{known.type}"
            problems.append(
                Problem("", one.line, one.column, code, f"`{one.key}`: {result.message}", result.cure, one.key)
            )
    return values, problems


def _currency(raw: RawField | None, config: BoardConfig) -> str:
    text = raw.value.strip().upper() if raw is not None and isinstance(raw.value, str) else ""
    return text if len(text) == 3 and text.isalpha() else config.currency


def _choices(known: Field, config: BoardConfig) -> dict[str, str]:
    """What may be written for a choice field → the word it stands for."""
    if known.key == "class":
        named = {one.name: one.key for one in config.classes if one.name}
        return {one.key: one.key for one in config.classes} | named
    if known.key == "lost_reason":
        return {one: one for one in config.lost_reasons} | {_(one): one for one in config.lost_reasons}
    return {one: one for one in known.choices} | {_(one): one for one in known.choices}


def _read_choice(text: str, known: Field, config: BoardConfig, currency: str, anchor: date | None) -> reading.Read[Any]:
    choices = _choices(known, config)
    result = reading.read_choice(text, tuple(choices))
    return result if result.value is None else reading.Read(choices[result.value])


def _read_day(text: str, known: Field, config: BoardConfig, currency: str, anchor: date | None) -> reading.Read[Any]:
    result = reading.read_card_when(text, language=config.language, anchor=anchor)
    return result if result.value is None else reading.Read(result.value.day)


_Reader = Callable[[str, Field, BoardConfig, str, "date | None"], "reading.Read[Any]"]

_READERS: dict[str, _Reader] = {
    "text": lambda text, *_rest: reading.Read(text.strip()),
    "money": lambda text, _f, config, currency, _a: reading.read_money(
        text, currency=currency, language=config.language
    ),
    "share": lambda text, *_rest: reading.read_percent(text),
    "when": lambda text, _f, config, _c, anchor: reading.read_card_when(text, language=config.language, anchor=anchor),
    "day": _read_day,
    "choice": _read_choice,
    "yes-no": lambda text, *_rest: reading.read_bool(text),
    "number": lambda text, *_rest: reading.read_integer(text),
}
