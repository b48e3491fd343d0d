"""`kanban forecast --json` on the golden nine-card board, against figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from tests.golden_nine import AS_OF


def ask(golden_nine: Path, *arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["-C", str(golden_nine), "forecast", "--json", "--as-of", AS_OF, *arguments])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def document(golden_nine: Path) -> dict[str, Any]:
    return ask(golden_nine)


FIGURES = [
    ("schema", "kanban-forecast/1"),
    ("as_of", "2025-03-31"),
    ("weeks", 4),
    ("weeks_seen", 12),
    ("wins_per_week", 0.5),
    ("sheet_rule.expected", 2.0),
    ("sheet_rule.sigma", pytest.approx(0.5477225575)),
    ("sheet_rule.low", pytest.approx(1.4522774425)),
    ("sheet_rule.high", pytest.approx(2.5477225575)),
    ("methods.monte-carlo-26.at_least", {"50": 2, "85": 1, "95": 0}),
    ("w", 0),
    ("w_history", pytest.approx(103 / 84)),
    ("stress", False),
    ("lead_time_p50", 29),
    ("enough_history", True),
    ("money", []),
    ("quotas", []),
]


@pytest.mark.parametrize(("where", "what"), FIGURES, ids=[where for where, _what in FIGURES])
def test_figures(document: dict[str, Any], where: str, what: object) -> None:
    found: Any = document
    for step in where.split("."):
        found = found[step]
    assert found == what


def test_the_recommended_forecast_is_coherent(document: dict[str, Any]) -> None:
    found = document["recommended"]
    assert found["p10"] <= found["p50"] <= found["p90"]
    promised = document["at_least"]
    assert promised["95"] <= promised["85"] <= promised["50"] <= found["p90"]
    chances = found["chance_of_at_least"]
    assert chances == sorted(chances, reverse=True)
    assert {one["card"] for one in document["cards"]} == {"g7", "h8"}


def test_the_same_bytes_twice(golden_nine: Path) -> None:
    arguments = ["-C", str(golden_nine), "forecast", "--json", "--as-of", AS_OF, "--wins", "3", "--wip", "n=1"]
    first, second = (CliRunner().invoke(cli, arguments).stdout_bytes for _time in range(2))
    assert first == second != b""


def test_an_earlier_day_sees_the_board_of_then(golden_nine: Path) -> None:
    early = ask(golden_nine, "--as-of", "2025-01-25")
    assert (early["w"], early["w_history"], early["enough_history"]) == (2, pytest.approx((3 + 5) / 14), False)
    nothing = ask(golden_nine, "--as-of", "2025-01-05")
    assert nothing["sheet_rule"]["expected"] is None
    assert nothing["recommended"]["p50"] is None
    assert nothing["at_least"] == {"50": None, "85": None, "95": None}
