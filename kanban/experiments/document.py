"""The `kanban-experiments/1` document: tickets, and what was measured of those that were asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, NotRequired, TypedDict

from kanban.experiments.ticket import Ticket
from kanban.experiments.trial import Trial
from kanban.metrics.base.figure import Figure, Shift
from kanban.schemas.fields import one_of
from kanban.schemas.filling import filled


class TicketRecord(TypedDict):
    """A micro-rule, what it is to change, and what was decided about it."""

    id: str
    path: str
    title: str
    problem: str
    rule: str
    indicator: str | None
    target: str | None
    start: date | None
    weeks: int
    due_on: date | None
    state: Annotated[str, one_of("planned", "running", "due", "decided", "undated")]
    decision: str | None
    decided_on: date | None


class TrialRecord(TypedDict):
    """The indicator over equal windows before and after the start."""

    indicator: str | None
    unit: str | None
    days: int
    watched: bool
    before: Figure
    after: Figure
    difference: Shift
    verdict: Annotated[str, one_of("better", "worse", "chance", "unknown")]
    target_reached: bool | None


class ExperimentsDocument(TypedDict):
    """Micro-rules tried for some weeks. Fields may be added."""

    schema: Literal["kanban-experiments/1"]
    as_of: date
    experiments: list[TicketRecord]
    trial: NotRequired[
        Annotated[TrialRecord, "with `show`: the indicator over equal windows before and after the start"]
    ]


def experiments_document(found: Iterable[Ticket], today: date, trial: Trial | None = None) -> ExperimentsDocument:
    """The tickets; with `trial`, its measurement too."""
    document: ExperimentsDocument = {
        "schema": "kanban-experiments/1",
        "as_of": today,
        "experiments": [filled(TicketRecord, one, state=one.state(today)) for one in found],
    }
    if trial is not None:
        document["trial"] = _trial(trial)
    return document


def _trial(found: Trial) -> TrialRecord:
    named = found.indicator
    name, unit = (named.name, named.unit) if named else (None, None)
    return filled(TrialRecord, found, indicator=name, unit=unit, difference=found.shift, target_reached=found.reached)
