"""What a stopped `hook install`, `init` or `demo` leaves is told, and typing the same again makes it whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.team.conftest import Gather

pytestmark = pytest.mark.sweep


def test_hooks_of_which_some_lack_are_told_and_installed_again(gather: Gather) -> None:
    (zoe,) = gather("Zoe").members
    hooks = zoe.root / ".git/hooks"
    assert _light(zoe.kanban("doctor", "--json").out) == "green"
    (hooks / "pre-push").unlink()
    assert _light(zoe.kanban("doctor", "--json").out) == "red"
    assert "these lack: pre-push" in zoe.kanban("doctor").out
    assert zoe.kanban("hook", "install").code == 0
    (hooks / ".commit-msg.kanban-script").write_text("#!/bin/sh", "utf-8")
    assert "these lack: commit-msg" in zoe.kanban("doctor").out
    assert zoe.kanban("hook", "install").code == 0
    assert _light(zoe.kanban("doctor", "--json").out) == "green"
    assert sorted(file.name for file in hooks.iterdir() if not file.name.endswith(".sample")) == [
        "commit-msg",
        "pre-commit",
        "pre-merge-commit",
        "pre-push",
    ]


def test_a_name_without_a_program_never_stands_in_gits_settings(gather: Gather) -> None:
    """git gives up every merge of a card when the driver has a name and no program."""
    (zoe,) = gather("Zoe", hooks=False).members
    assert zoe.kanban("init", ".", "--merge-driver").code == 0
    keys = [line.partition("=")[0] for line in zoe.git("config", "--local", "--list").splitlines()]
    assert keys.index("merge.kanban.driver") < keys.index("merge.kanban.name")


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["demo", "init"])
def test_typing_it_again_after_a_kill_works(verb: str, tmp_path: Path) -> None:
    words = {"demo": ["demo", "board", "--weeks", "16"], "init": ["init", "board", "--git", "--preset", "phone"]}[verb]
    command = [sys.executable, "-m", "kanban", *words]
    for pause in (0.2, 0.4, 0.6, 0.9, 1.3):
        with subprocess.Popen(
            command, cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        ) as started:
            time.sleep(pause)
            started.send_signal(signal.SIGKILL)
    done = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if "already" not in done.stderr and "not empty" not in done.stderr:
        assert done.returncode == 0, done.stderr
    board = tmp_path / "board"
    lint = subprocess.run(
        [sys.executable, "-m", "kanban", "lint", "--exit-zero"], cwd=board, capture_output=True, text=True, check=False
    )
    assert lint.returncode == 0, lint.stderr
    assert subprocess.check_output(["git", "status", "--porcelain"], cwd=board) == b""
    assert not list(board.glob(".kanban-new"))


def test_what_a_stopped_demo_left_is_no_reason_to_refuse(tmp_path: Path) -> None:
    board = tmp_path / "board"
    (board / ".kanban-new/prospects").mkdir(parents=True)
    (board / ".kanban-new/prospects/half.md").write_text("---\n", "utf-8")
    (board / "board.yml").write_text("half", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kanban", "demo", str(board), "--weeks", "16"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (board / ".kanban-new").exists()
    assert (board / "board.yml").read_text("utf-8").startswith("title:")


def _light(document: str) -> str:
    (light,) = [one["light"] for one in json.loads(document)["checks"] if one["key"] == "hooks"]
    return str(light)
