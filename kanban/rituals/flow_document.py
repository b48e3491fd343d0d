"""Flow review and workshop as data: the documents `kanban-review/1` and `kanban-workshop/1`."""

from __future__ import annotations

from typing import Any

from kanban.metrics.compare import Difference
from kanban.rituals.document import ticket_json
from kanban.rituals.review import Review
from kanban.rituals.workshop import Workshop


def review_document(review: Review) -> dict[str, Any]:
    """The flow review; rates as fractions, days as numbers."""
    found, rule = review.bottleneck, review.proposal
    return {
        "schema": "kanban-review/1",
        "as_of": review.as_of.isoformat(),
        "weeks": [{"week": week.key, "won": week.won, "lost": week.lost} for week in review.weeks],
        "figures": [_row(row) for row in review.comparison.rows if row.metric != "conversion"],
        "conversion": [{"column": row.column, **_row(row)} for row in review.comparison.rows if row.column],
        "bottleneck": None
        if found is None
        else {
            "column": found.column.key,
            "rate": found.rate,
            "n": found.n,
            "days": found.days,
            "symptom": found.symptom.id if found.symptom else None,
        },
        "proposal": None
        if rule is None
        else {
            "key": rule.key,
            "problem": rule.problem,
            "rule": rule.rule,
            "indicator": rule.indicator,
            "target": rule.target or None,
        },
        "running": [ticket_json(ticket) for ticket in review.running],
        "due": [ticket_json(ticket) for ticket in review.due],
    }


def _row(row: Difference) -> dict[str, Any]:
    return {
        "metric": row.metric,
        "unit": row.unit,
        "now": row.now,
        "before": row.then,
        "n": row.n_now,
        "verdict": row.verdict or None,
    }


def workshop_document(workshop: Workshop) -> dict[str, Any]:
    """The workshop: the deals to replay with their story, the scripts to rewrite."""
    return {
        "schema": "kanban-workshop/1",
        "as_of": workshop.as_of.isoformat(),
        "candidates": workshop.candidates,
        "replays": [
            {
                "card": one.card.id,
                "account": one.card.account or None,
                "owner": one.card.owner or None,
                "reason": one.reason or None,
                "lost_on": one.lost_on.isoformat(),
                "amount": str(one.card.amount.amount) if one.card.amount else None,
                "currency": one.card.amount.currency if one.card.amount else None,
                "days": one.days,
                "stays": [{"column": key, "days": days} for key, days in one.stays],
                "notes": [
                    {"day": note.day.isoformat() if note.day else None, "bullets": list(note.bullets)}
                    for note in one.notes
                ],
                "script": one.script or None,
            }
            for one in workshop.replays
        ],
        "scripts": list(workshop.scripts),
    }
