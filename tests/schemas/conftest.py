"""Boards on which every verb has something to say."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import GitFolder
from tests.merges.conftest import diverge  # noqa: F401
from tests.metrics.conftest import demo_board  # noqa: F401
from tests.rituals.conftest import golden_board  # noqa: F401


@pytest.fixture
def ready_board(golden_board: Path) -> Path:  # noqa: F811
    """The golden board of the rituals with a script of its own, and what a mail needs on one card."""
    (golden_board / "scripts").mkdir()
    (golden_board / "scripts" / "polite.md").write_text("---\nkind: talk\n---\n{{ greeting }}\n", "utf-8")
    card = golden_board / "offre" / "retard.md"
    contact = "contact: Mme Roy\noffer_date: 2026-09-28\n"
    card.write_text(card.read_text("utf-8").replace("---\n", f"---\n{contact}", 1), "utf-8")
    return golden_board


@pytest.fixture
def example_board(tmp_path: Path) -> Path:
    """The board that the documentation shows, committed."""
    root = tmp_path / "example"
    shutil.copytree(Path(__file__).parents[2] / "example-board", root)
    GitFolder(root).commit("example", date="2026-09-01T10:00:00+02:00")
    return root
