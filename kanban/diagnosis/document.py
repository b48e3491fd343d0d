"""The `kanban-diagnose/1` document."""

from __future__ import annotations

from kanban.diagnosis.diagnosis import Diagnosis, Row
from kanban.diagnosis.thresholds import DEFAULTS, threshold
from kanban.metrics.document import Json
from kanban.model.settings.board_yml import BoardConfig

SCHEMA = "kanban-diagnose/1"


def diagnosis_document(found: Diagnosis, config: BoardConfig) -> Json:
    """Every symptom with its state, evidence, remedies and actions, and the thresholds in force."""
    return {
        "schema": SCHEMA,
        "as_of": found.as_of.isoformat(),
        "symptoms": [_row(row) for row in found.rows],
        "thresholds": {name: threshold(config, name) for name in DEFAULTS},
    }


def _row(row: Row) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "state": row.state,
        "evidence": list(row.evidence),
        "numbers": dict(row.numbers),
        "cards": list(row.cards),
        "remedies": list(row.remedies),
        "actions": [{"kind": action.kind, "text": action.text} for action in row.actions],
    }
