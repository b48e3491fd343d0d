"""The `kanban-diagnose/1` document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypedDict

from kanban.diagnosis.diagnosis import Diagnosis
from kanban.diagnosis.symptom import Action
from kanban.diagnosis.thresholds import DEFAULTS, threshold
from kanban.model.settings.board_yml import BoardConfig
from kanban.schemas.fields import one_of, pattern
from kanban.schemas.filling import filled


class SymptomRecord(TypedDict):
    """One symptom: whether it is there, why, and what helps."""

    id: Annotated[str, pattern("^D(3[6-9]|4[0-3])$")]
    title: str
    state: Annotated[
        str, one_of("found", "absent", "unknown", "off"), "unknown: too little data; off: turned off in board.yml"
    ]
    evidence: tuple[str, ...]
    numbers: Mapping[str, float | None]
    cards: tuple[str, ...]
    remedies: tuple[str, ...]
    actions: tuple[Action, ...]


class DiagnoseDocument(TypedDict):
    """Eight symptoms (D36 to D43), each looked for in the board's data. Fields may be added."""

    schema: Literal["kanban-diagnose/1"]
    as_of: date
    symptoms: list[SymptomRecord]
    thresholds: dict[str, float]


def diagnosis_document(found: Diagnosis, config: BoardConfig) -> DiagnoseDocument:
    """Every symptom with its state, evidence, remedies and actions, and the thresholds in force."""
    return {
        "schema": "kanban-diagnose/1",
        "as_of": found.as_of,
        "symptoms": [filled(SymptomRecord, row) for row in found.rows],
        "thresholds": {name: threshold(config, name) for name in DEFAULTS},
    }
