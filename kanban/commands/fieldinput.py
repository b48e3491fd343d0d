"""What a person types for a field on the command line → what is written to the card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model import reading
from kanban.model.board import Board
from kanban.model.fields import field_of
from kanban.model.splice import remove_field, set_field

T = TypeVar("T")

if TYPE_CHECKING:
    from kanban.commands.gesture import Edit


def parse_assignments(
    board: Board, assignments: tuple[str, ...], today: date
) -> dict[str, str | tuple[str, ...] | None]:
    """`key=value` pairs as the values to write; an empty value removes the field (None).

    Raises KanbanError for a pair without `=`, and for a value that the field's type cannot hold or that is ambiguous.
    """
    found: dict[str, str | tuple[str, ...] | None] = {}
    for assignment in assignments:
        key, equals, text = assignment.partition("=")
        if not equals or not key.strip():
            message = _("“{text}” is not of the form key=value").format(text=assignment)
            raise KanbanError(message, cure='kanban set CARD next_action="…" next_action_date=+2d')
        key = key.strip()
        found[key] = written(board, key, text, today) if text.strip() else None
    return found


def written(board: Board, key: str, text: str, today: date) -> str | tuple[str, ...]:
    """The canonical text of one field as it is put on the card. Raises KanbanError when it cannot be understood."""
    config = board.config
    known = field_of(key, config)
    if known is None or known.type == "text":
        return own_words(key, text)
    if known.type == "list":
        return reading.read_list(own_words(key, text))
    if known.type in ("when", "day"):
        when = _value(key, reading.read_when(text, today=today, language=config.language))
        return reading.write_when(when) if known.type == "when" else when.day.isoformat()
    if known.type == "money":
        _value(key, reading.read_money(text, currency=config.currency, language=config.language))
        return text.strip()
    if known.type == "currency":
        return _value(key, reading.read_currency(text))
    if known.type == "share":
        return reading.write_percent(_value(key, reading.read_percent(text)))
    if known.type == "choice":
        from kanban.model.cardreading import choices_of

        choices = choices_of(known, config)
        return choices[_value(key, reading.read_choice(text, tuple(choices)))]
    if known.type == "number":
        return str(_value(key, reading.read_integer(text)))
    _value(key, reading.read_bool(text))
    return text.strip()


def own_words(name: str, text: str) -> str:
    """The text as it is written. Raises KanbanError for the bare `…` that cures show where a person's words belong."""
    if text.strip() in ("…", "..."):
        message = _("{name}: `…` stands for your own words").format(name=name)
        raise KanbanError(message, cure=_("type them in its place"))
    return text.strip()


def _value(key: str, read: reading.Read[T]) -> T:
    if read.value is None:
        raise KanbanError(f"{key}: {read.message}", cure=read.cure)
    return read.value


def edit_of(values: dict[str, str | tuple[str, ...] | None]) -> Edit:
    """One splice after the other; a field whose value is None is removed."""

    def apply(data: bytes) -> bytes:
        for key, value in values.items():
            data = remove_field(data, key) if value is None else set_field(data, key, value)
        return data

    return apply
