"""The manual on paper is the manual in the code."""

from __future__ import annotations

import json

import jsonschema

from kanban.commands.setup.schema import schema_of
from kanban.lint.rules import RULES
from tests.lint.conftest import Board
from tools.rule_pages import stale


def test_the_pages_are_fresh() -> None:
    assert [path.name for path in stale()] == [], "run `python tools/rule_pages.py`"


def test_rules_as_data_are_what_their_schema_says(board: Board) -> None:
    schema = schema_of("rules")
    document = json.loads(board.kanban("rules", "--json").out)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert [rule["code"] for rule in document["rules"]] == [rule.code for rule in RULES]


def test_a_page_is_printed_by_code_name_or_prefix(board: Board) -> None:
    by_code = board.kanban("rules", "KB501")
    assert by_code.out == board.kanban("rules", "missing-next-action").out
    assert by_code.out.startswith("KB501 missing-next-action: Every open card says what happens next, and when.\n")
    assert "== offer/acme.md" in by_code.out
    family = board.kanban("rules", "KB6").out.splitlines()
    assert [line.split()[0] for line in family] == [rule.code for rule in RULES if rule.code.startswith("KB6")]
    assert board.kanban("rules", "KB999").code == 2
    assert "prochaine" not in by_code.out
    assert "Chaque carte ouverte" in board.kanban("--lang", "fr", "rules", "KB501").out
