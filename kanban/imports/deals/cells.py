"""What stands in the cells of a row, read exactly: days, amounts, owners, stages; or refused with the cure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from kanban.i18n import _
from kanban.imports.deals.deal import Value
from kanban.imports.mapping.forms import are_fractions, plain_amount, read_day, share_of, unit_of
from kanban.imports.mapping.mapping import LEFT_OUT, ImportMapping
from kanban.imports.tables.sheet import Sheet
from kanban.model.cards.fields import field_of
from kanban.model.cards.people import source_meant
from kanban.model.cards.read_card import choices_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.typed import read as reading
from kanban.model.typed.result import shown, tidy
from kanban.model.typed.values import Money, When

T = TypeVar("T")
_NUMBER = re.compile(r"[\d.,' \u00a0\u202f]+")
"""An amount with nothing but digits: its heading may say what it counts."""


class Refusal(Exception):
    """A row that cannot be taken: why, and what to do."""

    def __init__(self, reason: str, cure: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cure = reason, cure


@dataclass
class Cells:
    """How cells are read: under a mapping, for a board. The same few texts stand in thousands of rows."""

    mapping: ImportMapping
    config: BoardConfig
    fractions: bool = False
    first_day: date = date(1899, 12, 30)
    _days: dict[tuple[str, str], reading.Read[When]] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: ImportMapping, config: BoardConfig, sheet: Sheet) -> Cells:
        """For one sheet: whether probabilities are fractions is told by all of them together."""
        heading = mapping.columns.get("probability", "")
        return cls(mapping, config, are_fractions(sheet.values(heading)), sheet.first_day)

    def when(self, heading: str, text: str) -> When | None:
        """The day in a cell, None for an empty one."""
        if not text:
            return None
        order = self.mapping.dates_in.get(heading, self.mapping.dates)
        read = self._days.get((text, order))
        if read is None:
            read = read_day(text, order, self.config.language, self.config.zone, self.first_day)
            self._days[text, order] = read
        return _needed(heading, read)

    def beside(self, sheet: Sheet) -> Cells:
        """For another sheet of the same export: its history."""
        return replace(self, first_day=sheet.first_day, _days={})

    def day(self, cells: Mapping[str, str], key: str) -> date | None:
        """The day that one of our columns holds, None when it is empty or not mapped."""
        heading = self.mapping.columns.get(key, "")
        when = self.when(heading, cells.get(heading, ""))
        return None if when is None else when.day

    def owner(self, name: str) -> str:
        """The owner as the board calls them; "" for one that is left out."""
        meant = self.mapping.owners.get(name, name)
        return "" if meant == LEFT_OUT else tidy(meant)

    def money(self, heading: str, text: str, currency: str = "") -> Money:
        """An amount in the export's way of writing; `currency` is the one to use where none stands in it."""
        currency = currency or self.mapping.currency or self.config.currency
        plain = plain_amount(text, self.mapping.decimal)
        size = unit_of(heading)[0]
        plain = f"{plain} {size}" if size and _NUMBER.fullmatch(plain) else plain
        read = reading.read_money(plain, currency=currency, language="en")
        if read.code == "money-ambiguous":
            cure = _('say `decimal: "{mark}"` in the mapping, or write the cents')
            read = replace(read, cure=cure.format(mark="," if self.mapping.decimal == "." else "."))
        if read.value is None and plain != text:
            read = replace(read, message=_("`{text}`: {message}").format(text=shown(text), message=read.message))
        return _needed(heading, read)

    def stage(self, name: str) -> str | None:
        """The key of the column that a stage is; None when its rows are passed over."""
        key = self.mapping.stages.get(name, "")
        if key == LEFT_OUT:
            return None
        if self.config.column(key) is None:
            raise unmapped(name, "stages", [column.key for column in self.config.columns])
        return key

    def fields(self, cells: Mapping[str, str], column: Column, special: Sequence[str]) -> dict[str, Value]:
        """The card's fields for a row that stands in a column; `special` are those that are no text of a card."""
        found: dict[str, Value] = {}
        for key, heading in self.mapping.columns.items():
            text = cells.get(heading, "")
            if text and key == "amount":
                code = cells.get(self.mapping.columns.get("currency", ""), "")
                money = self.money(heading, text, _needed(heading, reading.read_currency(code)) if code else "")
                found[key] = reading.write_amount(money.amount)
                found["currency"] = money.currency
            elif text and key not in special and (value := self._value(key, heading, text, column)):
                found[key] = value
        if "amount" not in found or found.get("currency") == self.config.currency:
            found.pop("currency", None)
        return found

    def _value(self, key: str, heading: str, text: str, column: Column) -> Value:
        if key == "owner":
            return self.owner(text)
        if key == "probability":
            return self._share(heading, text) if column.is_open else ""
        if key == "lost_reason":
            return self._reason(text) if column.kind == "lost" else ""
        if key == "source":
            return source_meant(text, self.config) or tidy(text)
        known = field_of(key, self.config)
        kind = known.type if known is not None else "text"
        if kind in ("when", "day"):
            when = self.when(heading, text)
            return "" if when is None else when.day.isoformat() if kind == "day" else when.isoformat()
        if kind == "currency":
            return _needed(heading, reading.read_currency(text))
        if kind == "list":
            return reading.read_list(text)
        if kind == "choice" and known is not None:
            choices = choices_of(known, self.config)
            return choices[_needed(heading, reading.read_choice(text, tuple(choices)))]
        return tidy(text)

    def _share(self, heading: str, text: str) -> str:
        return reading.write_percent(_needed(heading, reading.read_percent(share_of(text, self.fractions))))

    def _reason(self, text: str) -> str:
        meant = self.mapping.lost_reasons.get(text, text)
        if meant == LEFT_OUT:
            return ""
        read = reading.read_choice(meant, self.config.lost_reasons) if meant else None
        if read is None or read.value is None:
            raise unmapped(text, "lost_reasons", self.config.lost_reasons)
        return read.value


def written_amount(money: Money, config: BoardConfig) -> str:
    """An amount as it stands on a card: with its currency where that is not the board's."""
    amount = reading.write_amount(money.amount)
    return amount if money.currency == config.currency else f"{amount} {money.currency}"


def unmapped(value: str, setting: str, choices: Sequence[str]) -> Refusal:
    """The refusal of a word that the mapping does not translate."""
    cure = _("write `{setting}: {{{value}: …}}` in the mapping: one of {choices}, or `-`")
    return Refusal(
        _("“{value}” is mapped to nothing").format(value=shown(value)),
        cure.format(setting=setting, value=shown(value), choices=", ".join(choices)),
    )


def _needed(heading: str, read: reading.Read[T]) -> T:
    if read.value is None:
        raise Refusal(f"{heading}: {read.message}", read.cure)
    return read.value
