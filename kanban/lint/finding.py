"""What a rule sees, what the user is told, and the change that would cure it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from kanban.i18n import N_, _
from kanban.values import dataclass

SEVERITIES = ("info", "warning", "error")
"""From the mildest to the gravest."""
_NAMES = {"info": N_("info"), "warning": N_("warning"), "error": N_("error")}


def severity_name(severity: str) -> str:
    """What a person reads for a severity; programs are given the word itself."""
    return _(_NAMES[severity])


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of one file that cures a finding. `change` maps the file's bytes (None: no such file) to the new ones.

    It changes that one thing and nothing else. It raises `kanban.errors.EditConflict` when it cannot, and returns None
    for a file that is to be left out. `safe` tells that no meaning is lost and nothing is guessed.
    """

    path: str
    label: str
    change: Callable[[bytes | None], bytes | None]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """The cards that exceed a limit together, by their present ids."""

    cards: frozenset[str]
    limit: int

    def under(self, names: Mapping[str, str]) -> Load:
        """The same with the names that cards have now."""
        return replace(self, cards=frozenset(names.get(card, card) for card in self.cards))

    def is_no_worse_than(self, before: Load) -> bool:
        """Whether no card came in, and the limit was not lowered: what was too much before is at most that now."""
        return self.cards <= before.cards and self.limit >= before.limit


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is not kept, as the rule reports it.

    `path` is relative to the board; `line` and `column` are 1-based. `key` is the field concerned and `detail` what
    tells two findings on one field apart: neither changes when the card moves or its text is edited. `area` is a
    further path (a column's folder) under which the finding can be waived. `severity` overrides the rule's own.
    `load` is set by rules about limits.
    """

    path: str
    line: int
    column: int
    message: str
    cure: str = ""
    card: str = ""
    key: str = ""
    detail: str = ""
    area: str = ""
    severity: str = ""
    fix: Fix | None = None
    load: Load | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The paths under which it can be left out, waived or asked for."""
        return (self.path, self.area, f"{self.area}/") if self.area else (self.path,)

    def under(self, cards: Mapping[str, str], columns: Mapping[str, str]) -> Hit:
        """The same with the names that cards and columns have now: `column:rdv` is `column:meeting`."""
        scope, colon, name = self.key.partition(":")
        key = f"{scope}{colon}{columns.get(name, name)}" if colon else self.key
        load = self.load.under(cards) if self.load else None
        return replace(self, card=cards.get(self.card, self.card), key=key, load=load)


@dataclass(frozen=True)
class Finding:
    """A hit, stamped with its rule. `fingerprint` stays the same when the card moves and is unique in a report."""

    code: str
    name: str
    severity: str
    hit: Hit
    occurrence: int = 0

    @property
    def path(self) -> str:
        """The file, relative to the board."""
        return self.hit.path

    @property
    def card(self) -> str:
        """The card's id, "" for a finding about the board."""
        return self.hit.card

    @property
    def place(self) -> tuple[str, int, int, str]:
        """The order in which findings are told."""
        return self.hit.path, self.hit.line, self.hit.column, self.code

    @cached_property
    def identity(self) -> str:
        """Rule, card (or file) and field: what a baseline remembers."""
        subject = f"card:{self.hit.card}" if self.hit.card else f"file:{self.hit.path}"
        return "|".join((self.code, subject, self.hit.key, self.hit.detail))

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits made of the identity; a repeated identity is numbered."""
        from hashlib import sha256

        text = f"{self.identity}|{self.occurrence}" if self.occurrence else self.identity
        return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place, those with one identity numbered so that no two fingerprints are the same."""
    seen: dict[str, int] = {}
    result = []
    for finding in sorted(findings, key=lambda one: (*one.place, one.hit.detail, one.hit.message)):
        count = seen.get(finding.identity, 0)
        seen[finding.identity] = count + 1
        result.append(replace(finding, occurrence=count) if count else finding)
    return tuple(result)


def reaches(severity: str, threshold: str) -> bool:
    """Whether a severity is at least as grave as another."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)
