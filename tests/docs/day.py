"""The demonstration board of `docs/a-day.md`, and what the day leaves when its commands are typed."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Kanban
from tests.docs.console import FENCE, steps_of

AS_OF = "2026-10-05"
GUIDE = Path(__file__).parents[2] / "docs" / "a-day.md"


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all workers read and the first that asks for it makes; nobody may change it."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            making = shared.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(shared)
    return shared


def demonstration(factory: pytest.TempPathFactory) -> Path:
    """The demonstration board in English, made once."""
    from kanban.cli import cli
    from kanban.commands.base.calling.entry import run

    def make(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
            assert run(cli, ["--lang", "en", "demo", str(place / "demo"), "--as-of", AS_OF]) == 0

    return once(factory, "hand", make) / "demo"


def what_differs(folder: Path, demo: Path, place: Path, kanban: Kanban) -> str:
    """The difference between the board in the folder and what the guide's commands leave, made at `place`; "" if none."""
    shutil.copytree(demo, place)
    for match in FENCE.finditer(GUIDE.read_text("utf-8")):
        for step in steps_of(match[1]):
            _name, verb, *words = step.arguments
            kanban("-C", place, verb, *words, *([] if verb == "undo" else ["--as-of", AS_OF]))
    git = ["git", "-C", str(place)]
    subprocess.run([*git, "fetch", "-q", str(folder)], check=True)
    return subprocess.run([*git, "diff", "HEAD", "FETCH_HEAD"], capture_output=True, text=True, check=True).stdout
