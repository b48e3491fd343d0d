"""The report read back from JSON. Reading trusts nothing: every field is checked against the type it must have.

A report made where a stranger's change was checked out is told where a comment may be written. So the reader accepts
exactly what `kanban diff --format json` can have written, and nothing longer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.review.report import SCHEMA, TEXT_LIMIT, Report

MAX_BYTES = 8 * 1024 * 1024
MAX_ITEMS = 20_000
_LONGEST = 4 * TEXT_LIMIT
"""A character that cannot be encoded is written as a longer escape."""

_MAX_NUMBER = 10**9


def read_report(data: bytes) -> Report:
    """The report that was written. Raises `KanbanError` for anything else."""
    if len(data) > MAX_BYTES:
        raise _refused(_("it is too long"))
    try:
        document = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refused(_("it is not JSON")) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise _refused(_("it is not a {schema} document").format(schema=SCHEMA))
    report: Report = _read(Report, document, "")
    return report


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any, place: str) -> Any:
    if get_origin(kind) is UnionType:
        if value is None and NoneType in get_args(kind):
            return None
        return _read(next(one for one in get_args(kind) if one is not NoneType), value, place)
    if get_origin(kind) is tuple:
        return _read_list(get_args(kind)[0], value, place)
    if is_dataclass(kind):
        return _read_record(kind, value, place)
    return _read_scalar(kind, value, place)


def _read_list(kind: Any, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise _wrong(place)
    return tuple(_read(kind, item, f"{place}[{number}]") for number, item in enumerate(value))


def _read_record(kind: Any, value: Any, place: str) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or set(value) != set(hints):
        raise _wrong(place)
    return kind(**{name: _read(hint, value[name], f"{place}.{name}") for name, hint in hints.items()})


def _read_scalar(kind: Any, value: Any, place: str) -> Any:
    if kind is Decimal and isinstance(value, str) and len(value) < 60:
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise _wrong(place) from error
        if number.is_finite() and abs(number.adjusted()) < 40:
            return number
    elif _fits(kind, value):
        return value
    raise _wrong(place)


def _fits(kind: Any, value: Any) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return type(value) is int and 0 <= value <= _MAX_NUMBER
    return kind is str and isinstance(value, str) and len(value) <= _LONGEST and _encodable(value)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _wrong(place: str) -> KanbanError:
    return _refused(_("{field} is not what it should be").format(field=f"`{place.lstrip('.')[:80] or 'document'}`"))


def _refused(reason: str) -> KanbanError:
    return KanbanError(
        _("this is no report that can be trusted: {reason}").format(reason=reason),
        cure=_("make it with `kanban diff --format json`"),
    )
