"""A rule of the linter, and everything it may look at."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypedDict, Unpack

from kanban.i18n import _
from kanban.lint.finding import Fix, Hit, Load
from kanban.lint.manual import read_manual
from kanban.lint.steps.step import Step, Unsigned
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.paper import plain
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.lint.manual import Manual
    from kanban.lint.waivers.audit import Audit
    from kanban.metrics.clock_days import Clocks
    from kanban.model.history.events import History
    from kanban.model.settings.board_yml import BoardConfig
    from kanban.pull.nextaction import Lacking

CARD, BOARD, RANGE = "card", "board", "range"
ERROR, WARNING, INFO = "error", "warning", "info"
NONE, SAFE, UNSAFE = "none", "safe", "unsafe"

CLOCKS, HISTORY, VERSIONS, BASE, STEPS, AUDIT = "clocks", "history", "versions", "base", "steps", "audit"
"""What a rule may need besides the board and the day; a context without it skips the rule, and says so."""

PAST = frozenset((CLOCKS, HISTORY, VERSIONS))
"""What is told by the history, which may still be read while other rules judge."""

typed = plain.typed


def _nothing_is_forced(_card: str) -> Mapping[str, str]:
    return {}


def _no_rule_is_unknown(_word: str) -> str:
    return ""


@dataclass(frozen=True)
class LintContext:
    """What rules look at: frozen values and a day, so that the same input gives the same findings.

    `clocks` are the cards' ages, `history` the events they come from, `pasts` the earlier versions of cards, oldest
    first; None when there is no usable history. `base` is the board before the change (`beside` it those of a merge's
    other parents), `steps` what the change did:
    None when no change is looked at. `fresh` are ids of open cards changed since the last commit. `audit` is set in the
    second round, for the rules about waivers. `prefix` is the board's folder in the repository, "" or with a final
    slash; attribute files above it are among the board's files as `../.gitattributes`. `rule_cure` says what to type
    instead of a word that fits no rule, "" for one that does; the engine sets it. `forced` gives, for a card's id, the
    rules that were overridden when it came where it stands, each with the reason. `cards_then` are the cards as
    the commits of the steps left them, by blob, and `rules_then` the board's rules in those commits, by commit;
    `lacking_then` tells which open cards lacked a dated next action before such a commit and after it.
    `unsigned` is what the board wants signed and is not.
    `told` are the cards whose findings count, None for all. `past`, where there is a history, gives this context with
    what rules need of it; it may have to wait for it.
    """

    board: Board
    today: date
    clocks: Mapping[str, Clocks] | None = None
    history: History | None = None
    versions: Mapping[str, Card] | None = None
    base: Board | None = None
    beside: tuple[Board, ...] = ()
    steps: tuple[Step, ...] | None = None
    audit: Audit | None = None
    fresh: frozenset[str] = frozenset()
    prefix: str = ""
    rule_cure: Callable[[str], str] = _no_rule_is_unknown
    forced: Callable[[str], Mapping[str, str]] = _nothing_is_forced
    cards_then: Mapping[str, Card] = field(default_factory=dict)
    rules_then: Mapping[str, BoardConfig] = field(default_factory=dict)
    lacking_then: Mapping[str, tuple[Lacking, Lacking]] = field(default_factory=dict)
    unsigned: tuple[Unsigned, ...] = ()
    told: tuple[Card, ...] | None = None
    past: Callable[[LintContext], LintContext] | None = None

    @property
    def told_cards(self) -> tuple[Card, ...]:
        """The cards of which a rule need tell: all of the board's, or those that were asked about."""
        return self.board.cards if self.told is None else self.told

    def has(self, need: str) -> bool:
        """Whether what a rule needs is there."""
        return getattr(self, need) is not None


Hits = Iterator[Hit]
"""What a rule finds, one by one."""
Check = Callable[[LintContext], Hits]


@dataclass(frozen=True)
class Rule:
    """One rule. `doc` is its module's docstring: the manual page, whose first line is the summary.

    `scope` is `card`, `board` or `range`; `fix` is `none`, `safe` or `unsafe`. `timed` marks a rule whose verdict
    changes with the calendar alone: it warns, so that a clock never blocks an unrelated commit. `beside` marks a rule
    about cards that looks at other cards too: what any other says of a card follows from that card, the configuration
    and the files that are no cards. `only_of` is the one file of which it tells, where there is one. `waivable` is
    `card`, or `board` when only `board.yml` may waive it; `binding` marks a rule that nothing plays down: no waiver,
    setting, choice of rules or baseline. Codes and names are permanent: none is ever reused.
    """

    code: str
    name: str
    scope: str
    severity: str
    check: Check
    doc: str
    fix: str = NONE
    needs: tuple[str, ...] = ()
    timed: bool = False
    beside: bool = False
    waivable: str = CARD
    binding: bool = False
    only_of: str = ""
    since: str = "0.1"

    @property
    def is_alone(self) -> bool:
        """Whether it judges each card by itself: what it says of one is the same without the others."""
        return self.scope == CARD and not self.beside and AUDIT not in self.needs

    @property
    def is_lasting(self) -> bool:
        """Whether what it says of a closed card is the same on every day and whatever happens to other cards."""
        return self.is_alone and not self.timed and not self.needs

    @property
    def summary(self) -> str:
        """What the rule holds, in one line in the language in force."""
        return _(self.doc.strip().partition("\n")[0])

    @cached_property
    def manual(self) -> Manual:
        """The manual page, taken apart."""
        return read_manual(self.doc)


class Traits(TypedDict, total=False):
    """What else is to be said of a rule: see `Rule`."""

    fix: str
    needs: tuple[str, ...]
    timed: bool
    beside: bool
    waivable: str
    binding: bool
    only_of: str


def rule(code: str, name: str, scope: str, severity: str, **more: Unpack[Traits]) -> Callable[[Check], Rule]:
    """Makes the function below it the rule of its module, whose docstring is the manual page."""

    def made(check: Check) -> Rule:
        return Rule(code, name, scope, severity, check, sys.modules[check.__module__].__doc__ or "", **more)

    return made


def family(package: str, *modules: str) -> tuple[Rule, ...]:
    """The rules of a package, one in each of these modules, in the order of their codes."""
    return tuple(import_module(f"{package}.{module}").check for module in modules)


class More(TypedDict, total=False):
    """What a hit may say besides its place, message and cure: see `Hit`."""

    detail: str
    severity: str
    fix: Fix | None
    load: Load | None


class MoreOnLine(More, total=False):
    """The same for a place that is no field's, with the field it is about, if any."""

    key: str


def at(card: Card, key: str, message: str, cure: str = "", **more: Unpack[More]) -> Hit:
    """A hit on a card's field; on the first line when the card has no such field."""
    found = card.raw.get(key)
    line, column = (found.line, found.column) if found is not None else (1, 1)
    return Hit(card.path, line, column, message, cure, card=card.id, key=key, **more)


def at_line(card: Card, line: int, column: int, message: str, cure: str = "", **more: Unpack[MoreOnLine]) -> Hit:
    """A hit on a place in a card's file."""
    return Hit(card.path, line, column, message, cure, card=card.id, **more)


def pathspec(context: LintContext, path: str) -> str:
    """A board's path as it can be pasted after `git rm` or `git restore`, in the board's folder and above it."""
    return typed(f":/{context.prefix}{path}" if context.prefix else path)
