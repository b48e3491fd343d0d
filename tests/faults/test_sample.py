"""A few points of the sweep (`make faults`), seconds only: kills and full disks at the calls where it matters most."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = ("move", "sync-both", "fix", "resolve", "hooks")


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_a_stopped_command_leaves_one_of_two_good_states(name: str) -> None:
    """In a process of its own: the bench forks, and what it forks must be no test."""
    words = [sys.executable, "-m", "tests.faults.sweep", "--sample", "--scene", name]
    done = subprocess.run(words, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    if done.stdout.startswith("skipped"):
        pytest.skip(done.stdout.strip())
    assert done.stdout.rstrip().endswith(" 0 problems"), done.stdout + done.stderr
