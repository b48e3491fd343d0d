"""`board.yml` as declared data: each setting is a dataclass field that knows its kind, its default and its meaning.

One declaration serves four readers: this module (text → frozen values and problems with lines), the JSON Schema,
`docs/board.md` and the linter. A setting is declared with `setting(KIND, "what it means", default=…)`.
"""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Sequence as Items
from dataclasses import MISSING, field
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from kanban.i18n import _
from kanban.model.text.characters import hidden_in_value, with_signs
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar
from kanban.model.text.plain import nearest
from kanban.model.text.problem import Problem
from kanban.values import dataclass

T = TypeVar("T")


_OF_LINES = frozenset({"signature"})


class Reading:
    """What a kind needs while it reads: the place to put problems, and where in the tree it stands."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.currency = self.language = ""
        """Those of the board, for amounts in its settings; "" where what is read has none."""

    def problem(self, node: Node, message: str, cure: str = "", *, code: str = "config-value", key: str = "") -> None:
        """Record that `node` cannot be used as written."""
        self.problems.append(Problem(self.path, node.line, node.column, code, message, cure, key))

    def text(self, node: Scalar, key: str) -> str:
        """The text of a value or name, which is shown in many places: what could steer a terminal there is reported.

        A quoted value's escapes can bring in any character, so the file's own characters say nothing. A name on two
        lines would forge the second one; only what is made of lines keeps them.
        """
        hidden = hidden_in_value(node.text, key, node.line, node.column)
        if hidden is not None:
            self.problem(node, hidden.message, hidden.cure, key=key)
        said = with_signs(node.text)
        return " ".join(said.split()) if "\n" in said and key not in _OF_LINES else said


class Kind(ABC):
    """How one setting is read and described. `read` returns None, after reporting, for a value it cannot use."""

    @abstractmethod
    def read(self, node: Node, key: str, reading: Reading) -> Any:
        """The value that `node` means for the setting `key`."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what may be written."""

    @property
    def nested(self) -> type | None:
        """The dataclass of the records inside, when there are any."""
        return None


def setting(kind: Kind, doc: str, *, default: Any = MISSING, required: bool = False, key: str = "") -> Any:
    """Declare one setting. `doc` is English prose for the guide; `key` when the name in the file differs."""
    metadata = {"kind": kind, "doc": doc, "required": required, "key": key}
    if default is MISSING:
        default = None
    if isinstance(default, dict | list):
        return field(default_factory=lambda: default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting, as the schema and the guide see it."""

    key: str
    attribute: str
    kind: Kind
    doc: str
    default: Any
    required: bool


def settings_of(record: type) -> tuple[Setting, ...]:
    """The declared settings of a dataclass, in declaration order."""
    found = []
    for item in dataclasses.fields(record):
        if "kind" not in item.metadata:
            continue
        default = item.default
        if default is MISSING:
            default = item.default_factory() if item.default_factory is not MISSING else None
        key = item.metadata["key"] or item.name
        required = bool(item.metadata["required"])
        found.append(Setting(key, item.name, item.metadata["kind"], item.metadata["doc"], default, required))
    return tuple(found)


def read_record(record: type[T], node: Node | None, reading: Reading, *, what: str) -> T | None:
    """Read a mapping into the dataclass `record`; `what` names it in messages (`board.yml`, `column`).

    Unknown keys are problems with a suggestion; a value that cannot be used falls back to its default.
    Returns None when a required setting is missing or `node` is no mapping.
    """
    if node is None:
        node = Mapping((), 1, 1)
    if not isinstance(node, Mapping):
        reading.problem(node, _("{what} must be a list of `key: value` lines").format(what=what), code="config-shape")
        return None
    declared = {item.key: item for item in settings_of(record)}
    values: dict[str, Any] = {}
    for name, value in node.pairs:
        item = declared.get(name.text)
        if item is None:
            _report_unknown(name, tuple(declared), what, reading)
        elif isinstance(value, Scalar) and value.text in ("", "~", "null") and not value.style:
            continue
        else:
            read = item.kind.read(value, name.text, reading)
            if read is not None:
                values[item.attribute] = read
    missing = [key for key, item in declared.items() if item.required and item.attribute not in values]
    for key in missing:
        if node.get(key) is not None:
            continue
        message = _("{what} has no usable `{key}:`").format(what=what, key=key)
        reading.problem(node, message, _("add `{key}: …`").format(key=key), code="config-missing", key=key)
    return None if missing else record(**values)


def _report_unknown(name: Scalar, known: Items[str], what: str, reading: Reading) -> None:
    close = nearest(name.text, known, most=1)
    cure = (
        _("did you mean `{key}`?").format(key=close[0])
        if close
        else _("known settings are {keys}").format(keys=", ".join(f"`{key}`" for key in known))
    )
    message = _("{what} has no setting `{key}`").format(what=what, key=name.text)
    reading.problem(name, message, cure, code="config-unknown-key", key=name.text)


def record_schema(record: type) -> dict[str, Any]:
    """The schema of one record: every declared setting with its meaning and default, nothing else allowed."""
    settings = settings_of(record)
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {setting.key: _property(setting) for setting in settings},
    }
    required = [setting.key for setting in settings if setting.required]
    return schema | ({"required": required} if required else {})


def _property(setting: Setting) -> dict[str, Any]:
    found: dict[str, Any] = dict(setting.kind.schema())
    found["description"] = setting.doc
    default = _plain(setting.default)
    if default not in (None, "", [], {}):
        found["default"] = default
    return found


def _plain(value: Any) -> Any:
    """A default as JSON; records are left out, their own settings carry theirs."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        plain = [_plain(item) for item in value]
        return [] if any(item is None for item in plain) else plain
    return value if isinstance(value, str | int | bool | dict) else None
