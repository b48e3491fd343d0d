"""From types to schemas, from values to records, from records to text: each by literal cases."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pytest

from kanban.schemas.fields import Count, Currency, Light, Share, pattern
from kanban.schemas.filling import filled
from kanban.schemas.from_types import document_schema
from kanban.schemas.writing import to_json

DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


class Inner(TypedDict):
    """What stands
    inside."""

    name: str | None


class Outer(Inner):
    """A document."""

    of: Annotated[Inner, "the one it is of"]
    more: NotRequired[list[Inner]]


@dataclass(frozen=True)
class Shut:
    """Read back as written."""

    kind: Literal["a", "b"]


FIELDS: tuple[tuple[Any, dict[str, Any]], ...] = (
    # type | schema
    (str, {"type": "string"}),
    (str | None, {"type": ["string", "null"]}),
    (int | str, {"type": ["integer", "string"]}),
    (Any, {}),
    (date, DAY),
    (date | None, DAY | {"type": ["string", "null"]}),
    (Decimal, {"type": "string", "pattern": r"^-?\d+(\.\d+)?(E[+-]?\d+)?$"}),
    (Count, {"type": "integer", "minimum": 0}),
    (Share | None, {"type": ["number", "null"], "minimum": 0, "maximum": 1}),
    (Light, {"type": "string", "enum": ["none", "green", "amber", "red"]}),
    (Light | None, {"type": ["string", "null"], "enum": ["none", "green", "amber", "red", None]}),
    (Literal["x/1"], {"const": "x/1"}),
    (Literal["a", "b"], {"enum": ["a", "b"]}),
    (tuple[str, ...], {"type": "array", "items": {"type": "string"}}),
    (list[Count] | None, {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}}),
    (dict[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}),
    (
        dict[Currency, int],
        {"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": {"pattern": "^[A-Z]{3}$"}},
    ),
    (Inner | None, {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}]}),
    (Annotated[Inner, "said"], {"$ref": "#/$defs/Inner", "description": "said"}),
    (Annotated[str, pattern("^x$"), "said"], {"type": "string", "pattern": "^x$", "description": "said"}),
)


@pytest.mark.parametrize(("kind", "schema"), FIELDS, ids=lambda value: str(value)[:60])
def test_a_field(kind: Any, schema: dict[str, Any]) -> None:
    record = TypedDict("Record", {"field": kind})  # noqa: UP013 - made at run time
    assert document_schema(record, "t")["properties"]["field"] == schema


def test_a_document() -> None:
    assert document_schema(Outer, "kanban x --json") == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kanban x --json",
        "description": "A document.",
        "type": "object",
        "properties": {
            "name": {"type": ["string", "null"]},
            "of": {"$ref": "#/$defs/Inner", "description": "the one it is of"},
            "more": {"type": "array", "items": {"$ref": "#/$defs/Inner"}},
        },
        "required": ["name", "of"],
        "$defs": {
            "Inner": {
                "description": "What stands inside.",
                "type": "object",
                "properties": {"name": {"type": ["string", "null"]}},
                "required": ["name"],
            }
        },
    }


def test_what_is_read_back_may_hold_nothing_else() -> None:
    assert document_schema(Shut, "t")["additionalProperties"] is False
    assert "additionalProperties" not in document_schema(Outer, "t")
    assert [one["additionalProperties"] for one in document_schema(Shut | None, "t")["$defs"].values()] == [False]


def test_a_record_takes_what_the_value_has() -> None:
    class Filled(TypedDict):
        name: str | None
        kind: str
        days: int

    @dataclass
    class Source:
        kind: str
        name: str
        other: int = 7

    found = filled(Filled, Source("", ""), days=0)
    assert list(found.items()) == [("name", None), ("kind", ""), ("days", 0)]
    with pytest.raises(AttributeError, match="days"):
        filled(Filled, Source("", ""))


def test_values_as_text() -> None:
    document = {"a": Decimal("1.50"), "b": date(2026, 10, 5), "c": ("x", Shut("a")), "d": None, "e": "é"}
    assert json.loads(to_json(document)) == {
        "a": "1.50",
        "b": "2026-10-05",
        "c": ["x", {"kind": "a"}],
        "d": None,
        "e": "é",
    }
    assert to_json(datetime(2026, 10, 5, 10), indent=None) == '"2026-10-05T10:00:00"'
    assert to_json({"e": "é"}) == '{\n  "e": "é"\n}'
    with pytest.raises(TypeError, match="set has no place"):
        to_json({1})
