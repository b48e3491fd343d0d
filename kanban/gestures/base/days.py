"""What a person types for a day, wherever it is asked for → the day. Loads nothing that only gestures need."""

from datetime import date
from typing import TypeVar

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.typed import read as reading

T = TypeVar("T")


def day_typed(text: str, option: str, today: date, language: str) -> date:
    """The day that a person typed after `option`. Raises KanbanError when it cannot be understood."""
    return value_typed(option, reading.read_when(text, today=today, language=language)).day


def past_day_typed(text: str, option: str, today: date, language: str) -> date:
    """The same where people look back: `monday` is the last one, not the next."""
    return value_typed(option, reading.read_past_when(text, today=today, language=language)).day


def value_typed(key: str, read: reading.Read[T]) -> T:
    """What was read of the text typed for `key`. Raises KanbanError when it cannot be understood."""
    if read.value is None:
        raise KanbanError(_("{key}: {message}").format(key=key, message=read.message), cure=_spoken_cure(read))
    return read.value


def _spoken_cure(read: reading.Read[T]) -> str:
    """What to type instead: a day may be said, which a card must not hold."""
    if read.code == "date-unreadable" and not read.readings:
        return _("type it like `tomorrow 10:00`, `friday`, `12 Oct 10:00`, `+2d` or 2026-10-12")
    return read.cure
