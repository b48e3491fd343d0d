"""The `kanban-experiments/1` document: tickets, and what was measured of those that were asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kanban.experiments.sample import Sample
from kanban.experiments.ticket import Ticket
from kanban.experiments.trial import Trial
from kanban.metrics.document import Json

SCHEMA = "kanban-experiments/1"


def experiments_document(found: Iterable[Ticket], today: date, trial: Trial | None = None) -> Json:
    """The tickets; with `trial`, its measurement too."""
    document: Json = {
        "schema": SCHEMA,
        "as_of": today.isoformat(),
        "experiments": [_ticket(one, today) for one in found],
    }
    if trial is not None:
        document["trial"] = _trial(trial)
    return document


def _ticket(one: Ticket, today: date) -> Json:
    return {
        "id": one.id,
        "path": one.path,
        "title": one.title,
        "problem": one.problem,
        "rule": one.rule,
        "indicator": one.indicator or None,
        "target": one.target or None,
        "start": one.start.isoformat() if one.start else None,
        "weeks": one.weeks,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "state": one.state(today),
        "decision": one.decision or None,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
    }


def _trial(found: Trial) -> Json:
    return {
        "indicator": found.indicator.name if found.indicator else None,
        "unit": found.indicator.unit if found.indicator else None,
        "days": found.days,
        "watched": found.watched,
        "before": _sample(found.before),
        "after": _sample(found.after),
        "difference": {"value": found.shift.value, "low": found.shift.low, "high": found.shift.high},
        "verdict": found.verdict,
        "target_reached": found.reached,
    }


def _sample(one: Sample) -> Json:
    return {"value": one.value, "n": one.n, "low": one.low, "high": one.high}
