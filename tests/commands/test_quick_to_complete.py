"""Completing a line loads what the names come from, and neither git nor what writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from kanban.gestures.table import GESTURES

BOARD = Path(__file__).parent.parent.parent / "example-board"
LOADED = """
import sys
from kanban.cli import cli
from kanban.commands.base.calling.entry import run
run(cli)
loaded = {name.rpartition('.')[0] for name in sys.modules if name.startswith(('kanban.repository.', 'git.'))}
print(*sorted(loaded), file=sys.stderr)
"""
KEPT = {"kanban.repository", "kanban.repository.kept"}
"""What is kept between commands is asked."""
APART = {"edit", "pull", "experiment-new", "experiment-decide"}


@pytest.mark.sweep
@pytest.mark.parametrize("verb", sorted(set(GESTURES) - APART))
def test_a_line_is_completed_without_git(verb: str) -> None:
    words = f"kanban -C {BOARD} {verb} a"
    environment = {"_KANBAN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "4", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) == KEPT
