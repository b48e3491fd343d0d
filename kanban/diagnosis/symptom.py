"""Symptom: something that goes wrong on sales boards, how to see it in the data, and what helps.

Looking for one gives a `Finding`: it is there, it is not, or there is too little data to say. Texts are in the language
in force when the symptom is looked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from kanban.diagnosis.case import Case
from kanban.i18n import _
from kanban.i18n.formats import format_days, format_percent
from kanban.metrics.base.figure import Figure, plain_figure, shift
from kanban.model.settings.columns import Column
from kanban.schemas.fields import one_of

FOUND, ABSENT, UNKNOWN, OFF = "found", "absent", "unknown", "off"
COMMAND, SETTING = "command", "board.yml"


@dataclass(frozen=True, slots=True)
class Action:
    """Something to type: a `command`, or a line of `board.yml`."""

    kind: Annotated[str, one_of("command", "board.yml")]
    text: str


@dataclass(frozen=True)
class Finding:
    """What was seen: sentences, the numbers in them, the cards they are about, and what to type now."""

    state: str
    evidence: tuple[str, ...] = ()
    numbers: Mapping[str, float | int | None] = field(default_factory=dict)
    cards: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Symptom:
    """One row of the table: its id in the domain, its name and what helps (both in English), and how to look for it.

    `stage` is the step of the sale where it shows, "" for the whole board; `figure` what its remedies should move, as
    tickets of micro-rules name it: of that step's column, else of the board.
    """

    id: str
    title: str
    remedies: tuple[str, ...]
    look: Callable[[Case], Finding]
    stage: str = ""
    figure: str = "throughput"


def judged(present: bool, finding: Finding) -> Finding:
    """The finding when the symptom is there; without actions and cards when it is not."""
    if present:
        return finding
    return Finding(ABSENT, finding.evidence, finding.numbers)


def judged_rate(rate: Figure, threshold: float, finding: Finding, *, also: bool = True) -> Finding:
    """The same for a rate that is too low, with what must hold beside it.

    Where its interval reaches the threshold, so few cards can be so by chance: there is too little data to say.
    """
    low = also and rate.value is not None and rate.value < threshold
    if not low or not shift(plain_figure(threshold, rate.unit), rate).by_chance:
        return judged(low, finding)
    text = _("so few cards can be below {share} by chance").format(share=format_percent(threshold, digits=0))
    return Finding(UNKNOWN, (*finding.evidence, text), finding.numbers)


def too_little(text: str, numbers: Mapping[str, float | int | None] | None = None) -> Finding:
    """There is too little data to say; `text` tells what there is."""
    return Finding(UNKNOWN, (text,), numbers or {})


def no_column(stage: str) -> Finding:
    """The board has no such step of the sale."""
    return too_little(_("no open column is declared as `stage: {stage}`").format(stage=stage))


def command(text: str) -> Action:
    """Something to type in a terminal."""
    return Action(COMMAND, text)


def setting(text: str) -> Action:
    """A line for `board.yml`."""
    return Action(SETTING, text)


def lower_limit(key: str, limit: int | None, count: int) -> Action:
    """The line of `board.yml` that lowers a column's limit by one (or sets one below what stands there)."""
    lower = max(1, (count if limit is None else limit) - 1)
    now = _("now without a limit") if limit is None else _("now {limit}").format(limit=limit)
    return setting(f"wip: {lower}    # columns, key: {key} ({now})")


def standing_too_long(case: Case, column: Column, threshold: str) -> tuple[tuple[str, ...], str]:
    """The cards that stand in a column for more days than a threshold, longest first, and the sentence that says so."""
    limit, standing = case.threshold(threshold), case.standing(column)
    stuck = {one.card: one.clocks.column_days for one in standing if one.clocks.column_days > limit}
    text = _("cards more than {days} in {column}: {count} of {all}").format(
        count=len(stuck), all=len(standing), days=format_days(int(limit)), column=column.title
    )
    listed = ", ".join(f"{card} {format_days(days)}" for card, days in stuck.items())
    return tuple(stuck), f"{text} ({listed})" if stuck else text
