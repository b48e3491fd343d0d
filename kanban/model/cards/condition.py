"""What a person asks of cards in a short text: `amount > 20k`, `owner = Zoé`, `close < fin janvier`, `tags ~ salon`."""

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.cards.fields import Field, field_of, key_named, nearest_field
from kanban.model.cards.people import source_meant
from kanban.model.cards.read_card import choices_of
from kanban.model.typed import read as reading
from kanban.model.typed.values import Money, When
from kanban.patterns import pattern

T = TypeVar("T")
Condition = Callable[[Card], bool]

_FORM = pattern(r"\s*(?P<key>[^=<>~!]+?)\s*(?P<sign>>=|<=|!=|=|<|>|~)\s*(?P<value>.*?)\s*", re.DOTALL)
_PRESENT = pattern(r"\s*(?P<none>!|no |sans |without )?\s*(?P<key>[^=<>~!]+?)\s*")
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def condition_typed(text: str, board: Board, today: date) -> Condition:
    """The test that `text` stands for. Fields are called by key, label or usual name; values are typed as for `set`.

    `=` `!=` compare, accents and case aside; `<` `<=` `>` `>=` compare amounts, shares, numbers and days (an amount in
    another currency fits none); `~` asks for a part of the text; `amount` alone asks that there is one, `!amount` that
    there is none. `column` is the card's column. Raises KanbanError for what cannot be understood.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return _presence(text, board)
    key, sign, value = found["key"], found["sign"], found["value"]
    if plain(key) in ("column", "colonne"):
        return _in_column(board, sign, value)
    field = _field(key, board)
    if not value and sign not in ("=", "!="):
        message = _("“{text}” compares with nothing").format(text=text.strip())
        raise KanbanError(message, cure='--where "amount > 20k"')
    if not value:
        return _presence(("!" if sign == "=" else "") + field.key, board)
    if sign == "~" or field.type in ("text", "list", "choice", "currency", "yes-no"):
        return _spoken(field, sign, value, board)
    wanted, compare = _value(field, value, board, today), _ORDERED[sign]

    def fits(card: Card) -> bool:
        held = _comparable(card.values.get(field.key), board)
        return held is not None and compare(held, wanted)

    return fits


def _presence(text: str, board: Board) -> Condition:
    found = _PRESENT.fullmatch(text)
    if found is None:
        raise KanbanError(_("“{text}” asks nothing").format(text=text), cure='--where "amount > 20k"')
    key = _field(found["key"], board).key
    return lambda card: card.has(key) != bool(found["none"])


def _field(called: str, board: Board) -> Field:
    key = key_named(called, board.config)
    field = field_of(key, board.config)
    if field is not None:
        return field
    near = nearest_field(called, board.config)
    cure = _("did you mean {names}?").format(names=near) if near else _("`kanban schema card` lists the fields")
    raise KanbanError(_("`{key}` is not a field of this board").format(key=called), cure=cure)


def _in_column(board: Board, sign: str, value: str) -> Condition:
    if sign not in ("=", "!="):
        raise _unordered("column", sign)
    key = board.column_named(value).key
    return lambda card: (card.column == key) == (sign == "=")


def _spoken(field: Field, sign: str, value: str, board: Board) -> Condition:
    """Words: whole, or in part with `~`; of a list, any of its items."""
    if sign not in ("=", "!=", "~"):
        raise _unordered(field.key, sign)
    if field.type == "choice" and sign != "~":
        value = _required(field.key, reading.read_choice(value, choices_of(field, board.config)))
    if field.key == "source" and sign != "~":
        value = source_meant(value, board.config) or value
    wanted = plain(value)

    def fits(card: Card) -> bool:
        held = [plain(one) for one in (card.items(field.key) or (card.get(field.key),))]
        if sign == "~":
            return any(wanted in one for one in held)
        return (wanted in held) == (sign == "=")

    return fits


def _unordered(key: str, sign: str) -> KanbanError:
    message = _("`{key}` has no order: `{sign}` cannot be asked of it").format(key=key, sign=sign)
    return KanbanError(message, cure=_("use `=`, `!=` or `~`"))


def _value(field: Field, text: str, board: Board, today: date) -> Any:
    config, key = board.config, field.key
    if field.type == "money":
        return _comparable(
            _required(key, reading.read_money(text, currency=config.currency, language=config.language)), board
        )
    if field.type == "share":
        return _required(key, reading.read_percent(text))
    if field.type == "number":
        return _required(key, reading.read_integer(text))
    return _required(key, reading.read_when(text, today=today, language=config.language)).day


def _required(key: str, read: reading.Read[T]) -> T:
    if read.value is None:
        raise KanbanError(_("{key}: {message}").format(key=key, message=read.message), cure=read.cure)
    return read.value


def _comparable(value: Any, board: Board) -> Any:
    """What may be compared: an amount in the board's currency, a day without its hour."""
    if isinstance(value, Money):
        return value.amount if value.currency == board.config.currency else None
    return value.day if isinstance(value, When) else value
