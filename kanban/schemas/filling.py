"""Records filled from values whose attributes have the names of the record's fields."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from types import NoneType
from typing import TypeVar, cast, get_args, get_type_hints

Record = TypeVar("Record")


def filled(record: type[Record], source: object, **others: object) -> Record:
    """The record in the order of its fields: each from `others`, else the source's attribute of that name.

    An empty text becomes null where the field may be null. Raises AttributeError for a field that nobody has.
    """
    names = record.__annotations__
    values = {name: others[name] if name in others else getattr(source, name) for name in names}
    nullable = _nullable(cast(Hashable, record))
    return cast(Record, {name: None if one == "" and name in nullable else one for name, one in values.items()})


@cache
def _nullable(record: object) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(record).items() if NoneType in get_args(hint))
