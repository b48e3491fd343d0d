"""The kinds of settings that hold several values: records, lists, and mappings with names of the board's choosing."""

from __future__ import annotations

from typing import Any

from kanban.i18n import _
from kanban.model.settings import Kind, Reading, read_record, settings_of
from kanban.model.yamltext import Mapping, Node, Scalar, Sequence


class Record(Kind):
    """A mapping with declared settings of its own."""

    def __init__(self, record: type, what: str) -> None:
        self.record, self.what = record, what

    def read(self, node: Node, key: str, reading: Reading) -> Any:
        return read_record(self.record, node, reading, what=_(self.what))

    def schema(self) -> dict[str, Any]:
        from kanban.model.schema import record_schema

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
