"""Waivers: findings accepted for a reason until a day, written as data on the card or in `board.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanban.i18n import _
from kanban.lint.baseline import Entry
from kanban.lint.finding import Fix, Hit
from kanban.lint.rule import LintContext

KEY = "lint_ignore"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver. `until` is its last day, None when it has none (only `board.yml` may leave it out).

    `rule` is the rule as typed, `code` the one that is meant ("": nobody knows it). `fault` says why it holds nothing:
    `malformed`, `unknown-rule`, `not-allowed` or "". `text` is what was typed; `card` and `pattern` say what it covers
    ("" for everything), `line` and `column` where it stands.
    """

    path: str
    line: int
    column: int
    text: str
    rule: str
    code: str
    card: str = ""
    pattern: str = ""
    until: date | None = None
    fault: str = ""

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today

    @property
    def on_card(self) -> bool:
        """Whether it stands on a card, not in `board.yml`."""
        return self.path.endswith(".md")


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of a board's waivers and baseline.

    `used` are the places in `waivers` of those that held something, `checked` the codes of the rules that looked at
    everything. `stale` are the entries of the baseline file `baseline` that fit nothing any more.
    """

    waivers: tuple[Waiver, ...]
    used: frozenset[int] = frozenset()
    checked: frozenset[str] = frozenset()
    stale: tuple[Entry, ...] = ()
    baseline: str = ""

    def unused(self, today: date) -> Iterator[Waiver]:
        """Sound waivers in force that held nothing although their rule was checked."""
        for at, waiver in enumerate(self.waivers):
            if waiver.code in self.checked and at not in self.used and not waiver.fault and not waiver.expired(today):
                yield waiver


def waivers_with(context: LintContext, fault: str) -> Iterator[Waiver]:
    """The waivers of a context that hold nothing for this fault."""
    if context.audit is not None:
        yield from (waiver for waiver in context.audit.waivers if waiver.fault == fault)


def waiver_hit(waiver: Waiver, message: str, cure: str, fix: Fix | None = None) -> Hit:
    """A hit on a waiver, where it stands."""
    card = waiver.card if waiver.on_card else ""
    return Hit(waiver.path, waiver.line, waiver.column, message, cure, card, KEY, detail=waiver.text, fix=fix)


def dropped(waiver: Waiver) -> Fix | None:
    """The fix that removes a card's waiver; one of the board is removed by the board's owners."""
    if not waiver.on_card:
        return None

    def change(data: bytes | None) -> bytes | None:
        from kanban.model.document import parse_document
        from kanban.model.splice import remove_field, remove_from_list

        if data is None:
            return None
        field = parse_document(data).get(KEY)
        last = field is not None and field.texts == (waiver.text,)
        return remove_field(data, KEY) if last else remove_from_list(data, KEY, waiver.text)

    return Fix(waiver.path, _("drop the waiver of {rule}").format(rule=waiver.rule), change)
