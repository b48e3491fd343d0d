"""Waivers as values, and what became of them."""

from collections.abc import Iterator
from datetime import date

from kanban.lint.waivers.baseline import Entry
from kanban.values import dataclass


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
