"""The kinds of single values that settings in `board.yml` can have."""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from kanban.i18n import N_, _
from kanban.i18n.currencies import CODES
from kanban.model.settings.declared import Kind, Reading, read_record, record_schema, settings_of
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence
from kanban.model.typed.amounts import read_money
from kanban.model.typed.choices import read_choice


def _text_of(node: Node, key: str, reading: Reading) -> str | None:
    if isinstance(node, Scalar):
        return reading.text(node, key).strip()
    reading.problem(node, _("`{key}` must be a single value").format(key=key), key=key)
    return None


class Text(Kind):
    """Any text, optionally of one pattern."""

    def __init__(self, pattern: str = "", hint: str = "") -> None:
        self.pattern, self.hint = pattern, hint

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        if self.pattern and not re.fullmatch(self.pattern, text):
            reading.problem(
                node, _("`{text}` cannot be used as `{key}`").format(text=text, key=key), _(self.hint), key=key
            )
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return (
            {"type": "string", "pattern": f"^(?:{self.pattern})$"} if self.pattern else {"type": ["string", "number"]}
        )


class Currency(Text):
    """The code of a currency in use."""

    def __init__(self) -> None:
        super().__init__("[A-Z]{3}", N_("use a three-letter code such as EUR"))

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        text = super().read(node, key, reading)
        if text is None or text in CODES:
            return text
        reading.problem(node, _("`{key}: {text}` is not known").format(key=key, text=text), _(self.hint), key=key)
        return None


class Number(Kind):
    """A whole number inside bounds, both ends included."""

    def __init__(self, minimum: int = 0, maximum: int = 1_000_000) -> None:
        self.minimum, self.maximum = minimum, maximum

    def read(self, node: Node, key: str, reading: Reading) -> int | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        if re.fullmatch(r"[+-]?\d{1,9}", text) and self.minimum <= int(text) <= self.maximum:
            return int(text)
        message = _("`{key}: {text}` is not a whole number from {low} to {high}")
        reading.problem(node, message.format(key=key, text=text, low=self.minimum, high=self.maximum), key=key)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


class Share(Kind):
    """A share between 0 and 1, written `40 %` or `0.4`."""

    def __init__(self, maximum: Decimal = Decimal(1)) -> None:
        self.maximum = maximum

    def read(self, node: Node, key: str, reading: Reading) -> Decimal | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        value = self._number(text)
        if value is None:
            cure = _("write it as `40 %` or `0.4`")
            reading.problem(node, _("`{key}: {text}` is not a share").format(key=key, text=text), cure, key=key)
        return value

    def _number(self, text: str) -> Decimal | None:
        number = text.rstrip("% \u00a0\u202f").replace(",", ".")
        try:
            value = Decimal(number) / (100 if "%" in text else 1)
        except InvalidOperation:
            return None
        return value if value.is_finite() and 0 <= value <= self.maximum else None

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"]}


class Factor(Share):
    """A positive decimal number such as `1.5`."""

    def __init__(self) -> None:
        super().__init__(Decimal(1_000_000_000))

    def read(self, node: Node, key: str, reading: Reading) -> Decimal | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        value = self._number(text)
        if value is None:
            message = _("`{key}: {text}` is not a number").format(key=key, text=text)
            reading.problem(node, message, _("write it as `1.5` or `40 %`"), key=key)
        return value


class Sum(Kind):
    """An amount in the board's currency, as amounts are written on cards: `900 k€`, `900000`."""

    def read(self, node: Node, key: str, reading: Reading) -> Decimal | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        found = read_money(text, currency=reading.currency, language=reading.language)
        if found.value is None:
            reading.problem(node, found.message, found.cure, key=key)
        elif found.value.currency != reading.currency:
            message = _("`{key}: {text}` is not in the board's currency").format(key=key, text=text)
            reading.problem(node, message, _("write it in {currency}").format(currency=reading.currency), key=key)
        else:
            return found.value.amount
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"]}


class Flag(Kind):
    """Yes or no, in English or French."""

    WORDS: ClassVar[dict[str, bool]] = {
        "true": True,
        "yes": True,
        "oui": True,
        "on": True,
        "false": False,
        "no": False,
        "non": False,
        "off": False,
    }

    def read(self, node: Node, key: str, reading: Reading) -> bool | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        if text.lower() in self.WORDS:
            return self.WORDS[text.lower()]
        cure = _("write `yes` or `no`")
        reading.problem(node, _("`{key}: {text}` is neither yes nor no").format(key=key, text=text), cure, key=key)
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": [True, False, *self.WORDS]}


class Choice(Kind):
    """One of a closed list of words; said in French it is understood too, the words of the schema are English."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        text = _text_of(node, key, reading)
        if text is None or text in self.choices:
            return text
        meant = read_choice(text, self.choices).value
        if meant is not None:
            return meant
        cure = _("choose one of {choices}").format(choices=", ".join(f"`{choice}`" for choice in self.choices))
        reading.problem(node, _("`{key}: {text}` is not known").format(key=key, text=text), cure, key=key)
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


class Day(Kind):
    """A calendar day, `2026-12-25`."""

    def read(self, node: Node, key: str, reading: Reading) -> date | None:
        text = _text_of(node, key, reading)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            cure = _("write the day as 2026-12-25")
            reading.problem(node, _("`{key}: {text}` is not a day").format(key=key, text=text), cure, key=key)
            return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def clock_of(text: str) -> time | None:
    """The time of day that `9:30`, `9h30` or `9h` says; None for anything else."""
    match = re.fullmatch(r"(\d{1,2})[:hH](\d{2})?", text)
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    return None


class Clock(Kind):
    """A time of day, `09:30`."""

    def read(self, node: Node, key: str, reading: Reading) -> time | None:
        text = _text_of(node, key, reading)
        at = clock_of(text or "")
        if at is None and text is not None:
            cure = _("write the time as 09:30")
            reading.problem(node, _("`{key}: {text}` is not a time of day").format(key=key, text=text), cure, key=key)
        return at

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{1,2}[:hH](\d{2})?$"}


class Record(Kind):
    """A mapping with declared settings of its own."""

    def __init__(self, record: type, what: str) -> None:
        self.record, self.what = record, what

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        return read_record(self.record, node, reading, what=_(self.what))

    def schema(self) -> dict[str, Any]:
        return record_schema(self.record)

    @property
    def nested(self) -> type | None:
        return self.record


class Listed(Kind):
    """A list of values of one kind; a single value stands for a list of one."""

    def __init__(self, item: Kind) -> None:
        self.item = item

    def read(self, node: Node, key: str, reading: Reading) -> tuple[Any, ...] | None:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        values = tuple(self.item.read(one, key, reading) for one in nodes)
        return tuple(value for value in values if value is not None)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.schema()}

    @property
    def nested(self) -> type | None:
        return self.item.nested


class Named(Kind):
    """A mapping from names of the board's own choosing to values of one kind."""

    def __init__(self, item: Kind) -> None:
        self.item = item

    def read(self, node: Node, key: str, reading: Reading) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            reading.problem(node, _("`{key}` must be a list of `name: value` lines").format(key=key), key=key)
            return None
        named = ((reading.text(name, name.text), value) for name, value in node.pairs)
        read = ((name, self.item.read(value, name, reading)) for name, value in named)
        return {name: value for name, value in read if value is not None}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema()}

    @property
    def nested(self) -> type | None:
        return self.item.nested


class Shorthand(Record):
    """A record that may also be written as one word, which then is its setting `word`."""

    def __init__(self, record: type, what: str, word: str) -> None:
        super().__init__(record, what)
        self.word = word

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        if isinstance(node, Scalar):
            attribute = next(item for item in settings_of(self.record) if item.key == self.word)
            value = attribute.kind.read(node, self.word, reading)
            return None if value is None else self.record(**{attribute.attribute: value})
        return super().read(node, key, reading)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, super().schema()]}
