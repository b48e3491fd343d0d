"""A demo board with half a year of history, measured once for all tests that need money, owners and blocks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from tests.conftest import PINNED

DEMO_DAY = "2026-10-05"


@pytest.fixture(scope="session")
def demo_board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that `kanban demo` made. Read only."""
    root = tmp_path_factory.mktemp("metrics-demo") / "board"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value)
        done = CliRunner().invoke(cli, ["--lang", "fr", "demo", str(root), "--as-of", DEMO_DAY])
        assert done.exit_code == 0, done.output
    return root


@pytest.fixture(scope="session")
def demo_report(demo_board: Path) -> dict[str, Any]:
    """What `kanban metrics --json` prints for it."""
    done = CliRunner().invoke(cli, ["-C", str(demo_board), "metrics", "--json", "--as-of", DEMO_DAY])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))
