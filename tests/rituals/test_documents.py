"""The JSON documents of rituals and scripts keep to their schemas."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from kanban.commands.setup.schema import schema_of
from tests.conftest import Kanban
from tests.rituals.conftest import TODAY

RUNS = {
    "daily": ("daily",),
    "weekly": ("weekly",),
    "review": ("review",),
    "workshop": ("workshop",),
    "doctor": ("doctor",),
    "remind": ("remind", "--days", "30"),
    "mails-due": ("mail", "--due"),
    "mail": ("mail", "retard", "follow-up-again"),
    "script": ("script", "acme", "polite"),
    "scripts": ("script",),
}


@pytest.mark.parametrize("name", list(RUNS))
def test_the_document_keeps_to_its_schema(golden_board: Path, kanban: Kanban, name: str) -> None:
    (golden_board / "scripts").mkdir()
    (golden_board / "scripts" / "polite.md").write_text("---\nkind: talk\n---\n{{ greeting }}\n", "utf-8")
    contact = "contact: Mme Roy\noffer_date: 2026-09-28\n"
    card = golden_board / "offre" / "retard.md"
    card.write_text(card.read_text("utf-8").replace("---\n", f"---\n{contact}", 1), "utf-8")
    answer = kanban("-C", golden_board, *RUNS[name], "--json", "--as-of", TODAY)
    assert answer.code in (0, 1), answer.err
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer.json, schema)
