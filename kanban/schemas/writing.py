"""Documents as JSON text: one way for all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.patterns import pattern

_quoted: Callable[[str], str] = json.encoder.encode_basestring
"""A text as JSON, letters of all languages as they are."""
_STEERING = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand, and a terminal takes for an order (C1) or for the direction of what follows."""


def to_json(document: Any, *, indent: int | None = 2) -> str:
    """The document as text. Amounts become decimal strings, days ISO dates, tuples lists, records objects."""
    text = json.dumps(document, ensure_ascii=False, default=plain) if indent is None else _set(document, "\n", indent)
    return text if text.isascii() else _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _set(value: Any, margin: str, indent: int) -> str:
    """As `json.dumps` sets it line by line, in a third of the time: its quick half knows no lines."""
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is int:
        return str(value)
    if value is None or kind is bool or kind is float:
        return json.dumps(value)
    inner = margin + " " * indent
    if isinstance(value, dict):
        lines = [
            f"{inner}{_quoted(key if isinstance(key, str) else json.dumps(key))}: {_set(one, inner, indent)}"
            for key, one in value.items()
        ]
        return f"{{{','.join(lines)}{margin}}}" if lines else "{}"
    if isinstance(value, (list, tuple)):
        lines = [inner + _set(one, inner, indent) for one in value]
        return f"[{','.join(lines)}{margin}]" if lines else "[]"
    if isinstance(value, (str, int, float)):
        return json.dumps(value, ensure_ascii=False)
    return _set(plain(value), margin, indent)


def plain(value: Any) -> Any:
    """What JSON has in place of one value that it does not know. Raises TypeError where it has nothing."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")
