"""Documents as JSON text: one way for all of them."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.patterns import pattern

_STEERING = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand, and a terminal takes for an order (C1) or for the direction of what follows."""


def to_json(document: Any, *, indent: int | None = 2) -> str:
    """The document as text. Amounts become decimal strings, days ISO dates, tuples lists, records objects."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, default=plain)
    return text if text.isascii() else _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    """What JSON has in place of one value that it does not know. Raises TypeError where it has nothing."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")
