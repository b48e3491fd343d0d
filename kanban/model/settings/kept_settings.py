"""A configuration as plain data and back: read once, it need not be read from YAML again while its text is the same.

Nothing in the data is run: the classes it names are those of this package, and what does not fit raises ValueError.
"""

from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from typing import Any

from kanban.model.settings import columns, policies
from kanban.model.settings.board_yml import BoardConfig

_CLASSES: dict[str, type] = {
    name: found
    for module in (columns, policies)
    for name, found in vars(module).items()
    if isinstance(found, type) and found.__module__ == module.__name__ and "__dataclass_fields__" in vars(found)
} | {"BoardConfig": BoardConfig}
_TEXTS: dict[type, Any] = {Decimal: Decimal, date: date.fromisoformat, time: time.fromisoformat}
"""Values that are told as text, and how they are read."""
_READ = {kind.__name__: read for kind, read in _TEXTS.items()}


def plain_settings(config: BoardConfig) -> Any:
    """The configuration as lists, texts, numbers and objects of one key. ValueError: it has no such form."""
    return _plain(config)


def settings_told(told: Any) -> BoardConfig:
    """The configuration of `plain_settings`. Raises ValueError for anything else."""
    try:
        found = _told(told)
    except (TypeError, KeyError, ArithmeticError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(found, BoardConfig):
        raise ValueError(found)
    return found


def _plain(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, bool):
        return value
    if kind is tuple:
        return [_plain(one) for one in value]
    if kind is dict:
        return {"": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if kind in _TEXTS:
        return {kind.__name__: str(value)}
    if _CLASSES.get(kind.__name__) is kind:
        return {kind.__name__: [_plain(getattr(value, one.name)) for one in fields(value)]}
    raise ValueError(kind)


def _told(told: Any) -> Any:
    if isinstance(told, list):
        return tuple([_told(one) for one in told])
    if not isinstance(told, dict):
        return told
    ((name, inside),) = told.items()
    if not name:
        return {_told(key): _told(one) for key, one in inside}
    if name in _READ:
        return _READ[name](inside)
    return _CLASSES[name](*[_told(one) for one in inside])
