"""The JSON Schema of a document, made from the typed record that the document is.

A record is a TypedDict, to which later versions may add fields, or a frozen dataclass. Its docstring and the notes on
its fields (`Annotated`) become descriptions; see `kanban.schemas.fields`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from inspect import getdoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from kanban.schemas.fields import Keyword

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Json = dict[str, Any]

_SCALARS: Mapping[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?(E[+-]?\d+)?$"},
}


def document_schema(kind: Any, title: str) -> Json:
    """The schema of a whole document. A dataclass is read back as it was written, so it may hold nothing else."""
    maker = _Maker(closed=is_dataclass(next(iter(get_args(kind)), kind)))
    return {"$schema": DIALECT, "title": title} | maker.document(kind)


class _Maker:
    def __init__(self, *, closed: bool) -> None:
        self.closed = closed
        self.records: dict[str, Json] = {}

    def document(self, kind: Any) -> Json:
        """The schema of the outermost record, or of one of several; the records inside it stand under `$defs`."""
        found = self.record(kind) if _is_record(kind) else self.of(kind)
        return found | ({"$defs": self.records} if self.records else {})

    def of(self, kind: Any) -> Json:
        origin, inside = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(inside[0])
        if origin is Annotated:
            return self._noted(self.of(inside[0]), kind.__metadata__)
        if origin in (Union, UnionType):
            return self._any(inside)
        if origin is Literal:
            return {"const": inside[0]} if len(inside) == 1 else {"enum": list(inside)}
        if origin in (list, tuple):
            return {"type": "array", "items": self.of(inside[0])}
        if origin in (dict, Mapping):
            return self._table(*inside)
        return self._reference(kind) if _is_record(kind) else dict(_SCALARS[kind]) if kind is not Any else {}

    def record(self, kind: Any) -> Json:
        hints = get_type_hints(kind, include_extras=True)
        always = getattr(kind, "__required_keys__", hints)
        required = [name for name, hint in hints.items() if name in always and get_origin(hint) is not NotRequired]
        found: Json = {
            "description": " ".join((getdoc(kind) or "").split()),
            "type": "object",
            "properties": {name: self.of(hint) for name, hint in hints.items()},
            "required": required,
        }
        return found | ({"additionalProperties": False} if self.closed else {})

    def _reference(self, kind: Any) -> Json:
        name = kind.__name__
        if name not in self.records:
            self.records[name] = {}
            self.records[name] = self.record(kind)
        return {"$ref": f"#/$defs/{name}"}

    def _table(self, key: Any, value: Any) -> Json:
        names = {word: found for word, found in self.of(key).items() if word != "type"}
        return {"type": "object", "additionalProperties": self.of(value)} | ({"propertyNames": names} if names else {})

    def _any(self, kinds: tuple[Any, ...]) -> Json:
        found = [self.of(kind) for kind in kinds if kind is not NoneType]
        null = NoneType in kinds
        if all(set(one) == {"type"} for one in found):
            types = [one["type"] for one in found] + ["null"] * null
            return {"type": types}
        if len(found) == 1 and isinstance(found[0].get("type"), str) and found[0]["type"] != "object":
            return found[0] | {"type": [found[0]["type"], "null"]} | _or_none(found[0])
        return {"anyOf": found + [{"type": "null"}] * null}

    @staticmethod
    def _noted(found: Json, notes: tuple[Any, ...]) -> Json:
        for note in notes:
            name, value = note if isinstance(note, Keyword) else ("description", note)
            found = found | {name: list(value) if isinstance(value, tuple) else value}
        return found


def _is_record(kind: Any) -> bool:
    return is_typeddict(kind) or (isinstance(kind, type) and is_dataclass(kind))


def _or_none(found: Json) -> Json:
    return {"enum": [*found["enum"], None]} if "enum" in found else {}
