"""The default demonstration, planned once."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.demo.plan import PlannedCommit
from kanban.demo.story import plan_demo
from kanban.folder.example import example_board
from tests.demo.replay import Move, moves, trees

AS_OF = date(2026, 10, 5)


@pytest.fixture(scope="session")
def plan() -> list[PlannedCommit]:
    return plan_demo(example_board(), AS_OF)


@pytest.fixture(scope="session")
def all_trees(plan: list[PlannedCommit]) -> list[dict[str, bytes]]:
    return trees(plan)


@pytest.fixture(scope="session")
def all_moves(plan: list[PlannedCommit], all_trees: list[dict[str, bytes]]) -> list[Move]:
    return moves(plan, all_trees)
