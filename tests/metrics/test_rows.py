"""Rows D24–D32 of the domain on one small real board: the figure, its light, and what to do when it is red."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from tests.conftest import PINNED, GitFolder

AS_OF = "2025-03-31"
BOARD = """\
title: Rows
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: rdv, name: Meeting}
  - {key: negociation, name: Negotiation, ageing: {amber: 10, red: 20}, escalate: 7}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
targets:
  throughput: {baseline: 2, target: 3}
  cycle_time: {baseline: 10}
  conversion-rdv: {baseline: 0.2, target: 0.9}
"""
MOVES = [
    # day, card, column, extra fields
    ("02-03", "won", "prospects", ""),
    ("02-10", "won", "rdv", ""),
    ("02-17", "won", "negociation", ""),
    ("03-03", "won", "gagne", "amount: 5000"),
    ("02-03", "lost", "rdv", ""),
    ("02-24", "lost", "perdu", "lost_reason: price"),
    ("02-12", "slow", "negociation", "amount: 20000\nprobability: 40%\nclose_date: 2025-04-20"),
    ("03-17", "warm", "negociation", "amount: 1000\nprobability: 50%\nclose_date: 2025-07-01"),
    ("03-26", "fresh", "negociation", "amount: 300\nprobability: 10%\nclose_date: 2025-03-30"),
    ("03-30", "new", "prospects", ""),
]
OWED = "next_action: call\nnext_action_date: 2025-04-02\n"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value)
        git = GitFolder(tmp_path_factory.mktemp("rows") / "repo")
        git.write("board.yml", BOARD)
        where: dict[str, str] = {}
        for day, card, column, extra in sorted(MOVES):
            if card in where:
                (git.root / where[card] / f"{card}.md").unlink()
            owed = "" if card == "slow" else OWED
            git.write(f"{column}/{card}.md", f"---\naccount: {card}\n{owed}{extra}\n---\n")
            git.commit(f"{card} {column}", date=f"2025-{day}T10:00:00+01:00")
            where[card] = column
        return git.root


@pytest.fixture(scope="module")
def document(board: Path) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["-C", str(board), "metrics", "--json", "--as-of", AS_OF])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def target(document: dict[str, Any], metric: str, column: str | None = None) -> dict[str, Any]:
    return dict(next(row for row in document["targets"] if (row["metric"], row["column"]) == (metric, column)))


def test_d24_throughput(document: dict[str, Any]) -> None:
    assert document["throughput"]["won_per_week"] == 1 / 6
    row = target(document, "throughput")
    assert (row["value"], row["light"]) == (1 / 8, "red")
    assert "WIP" in row["action"]


def test_d25_cycle_time(document: dict[str, Any]) -> None:
    assert document["cycle_time"]["p50"] == 29
    row = target(document, "cycle_time")
    assert (row["target"], row["light"]) == (7.0, "red")
    assert "scripts" in row["action"]


def test_d26_conversion(document: dict[str, Any]) -> None:
    assert document["conversion"]["rdv"] | {"entered": 2, "advanced": 1, "exited": 1} == document["conversion"]["rdv"]
    row = target(document, "conversion", "rdv")
    assert (row["value"], row["n"], row["light"]) == (0.5, 2, "none")  # of two cards nothing can be said


def test_d27_card_age(document: dict[str, Any]) -> None:
    idle = {one["card"]: one["idle_days"] for one in document["age"]}
    assert idle == {"slow": 47, "warm": 14, "fresh": 5, "new": 1}
    assert (target(document, "card_age")["value"], target(document, "card_age")["light"]) == (2, "red")


def test_d28_weighted_pipeline(document: dict[str, Any]) -> None:
    assert document["weighted_pipeline"]["EUR"] == {
        "total": "8530.00",
        "past_due": "30.00",
        "undated": "0.00",
        "months": {"2025-04": "8000.00", "2025-07": "500.00"},
        "quarters": {"2025-Q2": "8000.00", "2025-Q3": "500.00"},
        "unweighted": "21300.00",
        "cards": 3,
    }
    assert document["incomplete"] == ["new"]


def test_d29_the_light_in_negotiation_and_the_manager(document: dict[str, Any]) -> None:
    ages = {one["card"]: (one["column_days"], one["light"], one["escalate"]) for one in document["age"]}
    assert ages == {
        "slow": (47, "red", True),
        "warm": (14, "amber", True),
        "fresh": (5, "green", False),
        "new": (1, "none", False),
    }
    assert target(document, "negotiation_age", "negociation")["light"] == "red"


def test_d30_cards_without_a_next_action(document: dict[str, Any]) -> None:
    assert document["next_action"] == {"open": 4, "missing": ["slow"], "share_missing": 0.25, "overdue": []}
    row = target(document, "without_next_action")
    assert (row["value"], row["target"], row["light"]) == (0.25, 0.0, "red")
    assert "pulling" in row["action"]


def test_d31_littles_law_with_the_check(document: dict[str, Any]) -> None:
    law = document["little"]
    assert law["cycle_time_days"] == (28 + 21) / 2
    assert law["ratio"] == pytest.approx(law["wip"] / (law["throughput_per_day"] * law["cycle_time_days"]))
    assert law["valid"] is False
    assert "too-few-exits" in law["failed_assumptions"]


def test_d32_the_table_has_every_metric_with_its_start_target_light_and_action(document: dict[str, Any]) -> None:
    rows = document["targets"]
    assert [row["metric"] for row in rows if row["column"] in (None, "prospects")] == [
        "throughput", "cycle_time", "conversion", "card_age", "weighted_pipeline", "without_next_action",
    ]  # fmt: skip
    assert all(row["light"] in ("none", "green", "amber", "red") and row["action"] and row["name"] for row in rows)
