"""The report as data: its schema, and the reader that trusts nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from kanban.commands.setup.schema import schema_of
from kanban.errors import KanbanError
from kanban.review.document import read_report
from kanban.review.report import Report
from kanban.schemas.writing import to_json
from tests.boards import card_text
from tests.review.changes import report_of


@pytest.fixture(scope="module")
def report() -> Report:
    before = {"prospects/a.md": card_text(amount="100.05"), "offre/b.md": card_text()}
    return report_of(before, {"offre/a.md": card_text(amount="1e3 €", owner="Zoé"), "prospects/c.md": card_text()})


def test_a_report_is_valid_and_comes_back(report: Report) -> None:
    jsonschema.validate(json.loads(to_json(report)), schema_of("diff"))
    assert read_report(to_json(report).encode()) == report


def _set(*path: Any, to: Any) -> Callable[[Any], Any]:
    def change(document: Any) -> Any:
        place = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to
        return document

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("schema", to="kanban-diff/2"),
        _set("changed", to="3"),
        _set("changed", to=True),
        _set("changed", to=-1),
        _set("more", to=1),
        _set("base", "name", to=7),
        _set("base", to=[]),
        _set("moves", to={}),
        _set("moves", 0, "card", to="x" * 5000),
        _set("moves", 0, "card", to="\ud800"),
        _set("moves", 0, "days", to=1.5),
        _set("moves", 0, "amount", to=12),
        _set("moves", 0, "amount", to="NaN"),
        _set("bridges", 0, "start", to="1e999999"),
        _set("overdue", to=["x"] * 20_001),
        lambda _document: [],
        lambda document: {key: value for key, value in document.items() if key != "wip"},
    ],
)
def test_anything_else_is_refused(report: Report, change: Callable[[Any], Any]) -> None:
    changed = change(json.loads(to_json(report)))
    with pytest.raises(KanbanError, match="no report that can be trusted"):
        read_report(json.dumps(changed).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b" " * (8 * 1024 * 1024 + 1), b"NaN"])
def test_what_is_not_json_is_refused(data: bytes) -> None:
    with pytest.raises(KanbanError, match="no report that can be trusted"):
        read_report(data)
