"""What the verbs print fits the JSON Schemas in the package, and the schemas are strict enough to notice."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError

from kanban.cli import cli
from kanban.commands.setup.schema import schema_of as schema
from kanban.metrics.export.rows import SHAPES
from tests.golden_nine import AS_OF
from tests.metrics.conftest import DEMO_DAY


def printed(root: Path, *arguments: str) -> str:
    done = CliRunner().invoke(cli, ["-C", str(root), *arguments, "--json", "--as-of", AS_OF])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("name", ["metrics", "log", "list", "export"])
def test_the_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


ASKED = [
    ["metrics"],
    ["metrics", "--since", "2025-02-01", "--compare", "previous"],
    ["metrics", "--compare", "2025-01"],
    ["metrics", "--working-days"],
    ["list", "--all"],
]


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_documents_fit(golden_nine: Path, arguments: list[str]) -> None:
    Draft202012Validator(schema(arguments[0])).validate(json.loads(printed(golden_nine, *arguments)))


def test_every_line_of_the_log_fits(golden_nine: Path) -> None:
    validator = Draft202012Validator(schema("log"))
    lines = printed(golden_nine, "log").splitlines()
    assert len(lines) == 44
    for line in lines:
        validator.validate(json.loads(line))


def test_every_line_of_an_export_fits(demo_board: Path, golden_nine: Path) -> None:
    validator = Draft202012Validator(schema("export"))
    for board, day in ((demo_board, DEMO_DAY), (golden_nine, AS_OF)):
        asked = ["-C", str(board), "export", "-", "--format", "jsonl", "--as-of", day]
        lines = CliRunner().invoke(cli, asked).stdout.splitlines()
        for line in lines[:60] + lines[-400:]:
            validator.validate(json.loads(line))
    with pytest.raises(ValidationError):
        validator.validate(json.loads(lines[0]) | {"outcome": "sold"})


def test_the_schema_of_an_export_names_every_field_of_every_table() -> None:
    records = schema("export")["$defs"]
    found = {name: [key for key in one["properties"] if key != "record"] for name, one in records.items()}
    assert list(found.values()) == [[shape.name for shape in shapes] for shapes in SHAPES.values()]


def test_the_example_boards_money_fits(demo_report: dict[str, Any]) -> None:
    assert demo_report["weighted_pipeline"]
    assert demo_report["cuts"]["owners"]
    assert demo_report["slips"]
    Draft202012Validator(schema("metrics")).validate(demo_report)


def test_a_field_that_is_gone_or_of_another_kind_is_noticed(golden_nine: Path) -> None:
    validator = Draft202012Validator(schema("metrics"))
    document = json.loads(printed(golden_nine, "metrics"))
    for key in document:
        without = {name: value for name, value in document.items() if name != key}
        with pytest.raises(ValidationError):
            validator.validate(without)
    for spoil in (
        lambda found: found["wip"].update(total="2"),
        lambda found: found["throughput"]["weeks"][0].update(week="2025-2"),
        lambda found: found["conversion"]["q"].update(rate=1.5),
        lambda found: found["little"].update(failed_assumptions=["rain"]),
        lambda found: found["age"][0].pop("idle_days"),
        lambda found: found.update(as_of="31/03/2025"),
    ):
        spoiled = copy.deepcopy(document)
        spoil(spoiled)
        with pytest.raises(ValidationError):
            validator.validate(spoiled)


def test_fields_may_be_added_beside(golden_nine: Path) -> None:
    document = json.loads(printed(golden_nine, "metrics"))
    Draft202012Validator(schema("metrics")).validate(document | {"more": 1})
