"""The fields of a card as label and value, each value in the reader's form and language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_money, format_percent, format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of, label_of
from kanban.model.typed.values import Money, When
from kanban.render.markdown import plain_link

SHOWN_APART = frozenset(
    {"title", "account", "next_action", "next_action_date", "amount", "probability", "currency", "owner", "role"}
    | {"close_date", "blocked_since", "blocked_cause", "blocked_next", "blocked_owner", "class", "amount_band"}
    | {"dor", "dod", "formerly", "lint_ignore", "contact", "first_name", "contact_email", "contact_phone"}
)
"""Fields that have a place of their own at the top of the page, or none on it."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its label and its value, several values one below the other."""

    label: str
    values: tuple[str | Markup, ...]


def field_lines(board: Board, card: Card) -> Iterator[FieldLine]:
    """Every filled field that has no place of its own, in the order of the file; unknown keys stand for themselves."""
    for key in card.written:
        if key in SHOWN_APART or not card.has(key):
            continue
        yield FieldLine(label_of(key, board.config), values_of(board, card, key))


def values_of(board: Board, card: Card, key: str) -> tuple[str | Markup, ...]:
    """The value of a field, ready to be shown; what could not be read is shown as typed."""
    value = card.values.get(key)
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    if value is None or isinstance(value, str):
        text = card.get(key)
        known = field_of(key, board.config)
        if isinstance(value, str) and known is not None and known.type == "choice":
            return (_(value),)
        return (plain_link(text, text),) if text.startswith(("http://", "https://")) else (text,)
    return (shown(value),)


def shown(value: Any) -> str:
    """A typed value in the reader's form."""
    if isinstance(value, Money):
        return format_money(value)
    if isinstance(value, When):
        return format_when(value, "full")
    if isinstance(value, date):
        return format_date(value, "full")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return format_percent(value)
    return str(value)


def contact_lines(card: Card) -> tuple[str | Markup, ...]:
    """The contact's name, mail and phone; mail and phone can be tapped."""
    found: list[str | Markup] = [card.contact] if card.contact else []
    mail, phone = card.get("contact_email"), card.get("contact_phone")
    if mail:
        found.append(plain_link(f"mailto:{mail}", mail))
    if phone:
        found.append(plain_link("tel:" + "".join(one for one in phone if one.isdigit() or one == "+"), phone))
    return tuple(found)
