"""Fields of a card as the reader says them: labels, amounts, days and choices in the language in force."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_money, format_percent, format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of, label_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.values import Money, When


def value_said(card: Card, key: str, config: BoardConfig) -> str:
    """The value of one field in the reader's form; "" when the card has none."""
    if key in ("dor", "dod"):
        return ", ".join(items_said(card, key, config))
    return _choice(card, key, config) or _shown(card.values.get(key, card.get(key)))


def items_said(card: Card, key: str, config: BoardConfig) -> tuple[str, ...]:
    """The items of a list, each in the reader's form; () of a field that is none."""
    if key in ("dor", "dod"):
        asked = {one.id: one.text for column in config.columns for one in (*column.dor, *column.dod)}
        return tuple(asked.get(tick, tick) for tick in card.items(key))
    value = card.values.get(key)
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def days_said(card: Card, before: Card | None, config: BoardConfig, today: date) -> Iterator[str]:
    """`Label: Wednesday 2 December 2026` for each day of the card that is another than `before`, and not just today.

    What a person meant by `next wednesday` is shown to them in full, so that a slip is seen at once.
    """
    for key, value in card.values.items():
        if key == "blocked_since":
            continue  # the gesture that puts the label on says its day
        if not isinstance(value, date | When) or (before is not None and before.values.get(key) == value):
            continue
        when = value if isinstance(value, When) else When(value)
        if when.day != today:
            yield label_of(key, config) + _(": ") + format_when(when, "full")


def _choice(card: Card, key: str, config: BoardConfig) -> str:
    """A chosen word as the reader says it; "" for what is not one of the choices."""
    value = card.values.get(key)
    if key == "class" and isinstance(value, str):
        service = config.class_of(value)
        return service.name or service.key
    known = field_of(key, config)
    return _(value) if known is not None and known.type == "choice" and isinstance(value, str) else ""


def _shown(value: Any) -> str:
    if isinstance(value, Money):
        return format_money(value)
    if isinstance(value, When):
        return format_when(value)
    if isinstance(value, date):
        return format_date(value, "medium")
    if isinstance(value, Decimal):
        return format_percent(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def unread_settings(board: Board) -> Iterator[str]:
    """What of `board.yml` could not be read, so that a default stands in its place: a limit that is none, say."""
    for problem in board.problems:
        where = f"{problem.path}:{problem.line}: " if problem.line else ""
        yield where + _("{problem}. The default stands in its place.").format(problem=problem.message)
