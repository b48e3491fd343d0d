"""What the report of a change says, as plain values: made once, told as text, Markdown, HTML or JSON.

Texts of cards stand here as they were written, cut to a length; each way of telling makes them harmless for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from kanban.schemas.fields import Keyword, one_of

SCHEMA = "kanban-diff/1"
TEXT_LIMIT = 300
"""Characters of one text that the report keeps: a title of a megabyte does not make a report of one."""

MASKED = "•••"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: how it was named, and its commit ("" for the working tree, or for before the first commit)."""

    name: str
    commit: str


@dataclass(frozen=True, slots=True)
class Balance:
    """One currency's bridge; all amounts positive, except that weights and ends are what they are."""

    currency: str
    start: Decimal
    new: Decimal
    reopened: Decimal
    increased: Decimal
    decreased: Decimal
    unread: Decimal
    won: Decimal
    lost: Decimal
    parked: Decimal
    removed: Decimal
    end: Decimal
    weighted_start: Decimal
    weighted_end: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """One card that changed column. `kind` is the new column's; `days` were spent in the old one, None if unknown.

    `reason` is why it was lost, or what its commit or card says. `path` is its file, relative to the board.
    """

    card: str
    title: str
    source: str
    source_title: str
    target: str
    target_title: str
    kind: str
    days: int | None
    amount: Decimal | None
    currency: str
    owner: str
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One card that came or went, and the column in which it stands or stood."""

    card: str
    title: str
    column: str
    column_title: str
    amount: Decimal | None
    currency: str
    owner: str
    path: str


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of one card. `amount` is the card's, in its currency: what the change is about."""

    card: str
    title: str
    key: str
    label: str
    old: str
    new: str
    amount: Decimal | None
    path: str


@dataclass(frozen=True, slots=True)
class Room:
    """One WIP limit. `limit_base` is None when it was not set before, `limit` when it is not any more.

    `merged` is the count after merging both sides, None when nothing needs merging or it cannot be known; `onto` is the
    count on the side that it is merged into, as that stands now.
    """

    scope: str
    key: str
    owner: str
    title: str
    limit_base: int | None
    limit: int | None
    base: int
    head: int
    merged: int | None
    hard: bool
    onto: int | None = None

    @property
    def exceeded(self) -> bool:
        """Whether the limit is broken by what would stand in the end."""
        count = self.head if self.merged is None else self.merged
        return self.limit is not None and count > self.limit

    @property
    def breached(self) -> bool:
        """Whether this change is what breaks it, or breaks it further."""
        count = self.head if self.merged is None else self.merged
        return self.exceeded and (self.limit_base is None or count > max(self.base, self.onto or 0, self.limit or 0))


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of the linter. `card` is "" for one about the board."""

    code: str
    name: str
    severity: str
    card: str
    path: str
    line: int
    message: str
    cure: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class WaiverAdded:
    """One waiver that was not there before. `place` is the card or the pattern it covers, "" for everything."""

    rule: str
    place: str
    until: str
    text: str


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One line of `board.yml` that came (`+`) or went (`-`), or what that does to a rule in words (`!`)."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class NotesEdit:
    """One card whose text changed and nothing else: lines that came and went."""

    card: str
    title: str
    added: int
    removed: int
    path: str


@dataclass(frozen=True, slots=True)
class Revenue:
    """One currency's won deals: `start` + `won` + `corrected` − `taken_back` = `end`."""

    currency: str
    start: Decimal
    won: Decimal
    corrected: Decimal
    taken_back: Decimal
    end: Decimal


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One quarter in one currency: won, and expected of the open deals (amount × probability), before and after.

    `quota_before` is the quota under the rules before the change, None where there was none.
    """

    key: str
    currency: str
    quota: Decimal | None
    won_before: Decimal
    won_after: Decimal
    open_before: Decimal
    open_after: Decimal
    quota_before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """One open deal whose close date went to another quarter; dates in ISO form."""

    card: str
    title: str
    owner: str
    old: str
    new: str
    source: str
    target: str
    later: bool
    amount: Decimal | None
    currency: str
    path: str


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """What one person has open in one currency, before and after, and wins by the change."""

    owner: str
    currency: str
    before: Decimal
    after: Decimal
    won: Decimal


@dataclass(frozen=True, slots=True)
class StandsOut:
    """One thing not to be overlooked: see `kanban.review.outliers`. `card` is "" for several, `path` then too."""

    kind: Annotated[str, one_of("tenfold", "tenth", "unusual", "rewritten", "mass")]
    card: str
    title: str
    label: str
    old: str
    new: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """One card whose file has another name."""

    card: str
    old: str
    path: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `board` is the board's folder in the repository; `conflicts` are paths a merge would tear.

    `findings_left` counts the findings that stand on both sides; `overdue` names changed open cards whose next action
    lies before `as_of`; `without_amount` changed open cards that count as zero; `unpaired` ids that stand twice.
    `currency` is the board's own and `quarter` the one of that day. `unjudged` says why the steps are not judged,
    "" where they are.
    """

    schema: Annotated[str, Keyword("const", SCHEMA)]
    language: str
    board: str
    as_of: str
    base: Side
    head: Side
    changed: int
    bridges: tuple[Balance, ...]
    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    moves: tuple[Moved, ...]
    fields: tuple[FieldEdit, ...]
    notes: tuple[NotesEdit, ...]
    wip: tuple[Room, ...]
    policy: tuple[PolicyLine, ...]
    findings_new: tuple[Found, ...]
    findings_fixed: tuple[Found, ...]
    findings_left: int
    waivers: tuple[WaiverAdded, ...]
    overdue: tuple[str, ...]
    without_amount: tuple[str, ...]
    unpaired: tuple[str, ...]
    conflicts: tuple[str, ...]
    currency: str
    quarter: str
    revenue: tuple[Revenue, ...]
    quarters: tuple[QuarterLine, ...]
    shifts: tuple[Shifted, ...]
    owners: tuple[OwnerLine, ...]
    outliers: tuple[StandsOut, ...]
    renamed: tuple[Renamed, ...]
    unjudged: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the board changed."""
        return not (self.changed or self.policy or self.unpaired or self.findings_new or self.findings_fixed)


def clipped(text: str) -> str:
    """The text cut to what the report keeps, in signs that every output can encode."""
    cut = text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"
    return cut if cut.isascii() else cut.encode("utf-8", "backslashreplace").decode()
