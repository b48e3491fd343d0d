"""A command that is stopped, or whose disk is full, in a clone with hooks and in one without: the next one is enough."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kanban.repository.disk.exchange import place_of_exchange
from tests.team.conftest import Gather, Member

pytestmark = pytest.mark.sweep

HOOKED = pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])


def killed(member: Member, point: str, *words: str) -> None:
    """Run kanban in a process of its own that ends at a named point as by a power cut."""
    environment = {**os.environ, "KANBAN_FAILPOINT": point, "KANBAN_AS_OF": member.day}
    command = [sys.executable, "-m", "kanban", *words]
    done = subprocess.run(command, cwd=member.root, env=environment, capture_output=True, check=False)
    assert done.returncode < 0, done.stderr


@HOOKED
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("point", ["after-journal", "after-worktree", "before-ref", "after-ref", "after-index"])
def test_a_sync_that_was_killed_is_ended_by_the_next(gather: Gather, hooks: bool, point: str) -> None:
    table = gather("Zoe", "Karim", hooks=hooks)
    zoe, karim = table.members
    assert karim.kanban("note", "acme", "by karim").code == 0
    assert karim.kanban("park", "norvane").code == 0
    assert karim.kanban("sync").code == 0
    assert zoe.kanban("note", "beta", "by zoe").code == 0
    killed(zoe, point, "sync")
    done = zoe.kanban("sync")
    assert done.code == 0, done.text
    assert zoe.git("status", "--porcelain") == ""
    assert zoe.git("rev-parse", "HEAD") == table.lands("rev-parse", "main")
    assert ("- by karim" in zoe.read("acme"), "- by zoe" in zoe.read("beta")) == (True, True)
    assert zoe.where("norvane") == ["nurturing"]
    assert table.lands("rev-list", "--count", "main") == "4"


@HOOKED
@pytest.mark.parametrize("point", ["after-worktree", "before-ref", "after-ref", "after-index"])
def test_a_full_disk_during_a_move_is_told_as_it_is(
    gather: Gather, monkeypatch: pytest.MonkeyPatch, hooks: bool, point: str
) -> None:
    (zoe,) = gather("Zoe", hooks=hooks).members
    before = zoe.git("rev-parse", "HEAD")
    with monkeypatch.context() as patch:
        patch.setenv("KANBAN_FAILPOINT", f"{point}:ENOSPC")
        done = zoe.kanban("park", "acme")
    moved = zoe.git("rev-parse", "HEAD") != before
    assert (done.code, moved) in ((0, True), (2, False)), done.text
    assert zoe.kanban("note", "beta", "the next command").code == 0
    assert zoe.where("acme") == (["nurturing"] if moved else ["prospects"])
    assert zoe.git("status", "--porcelain") == ""


@HOOKED
def test_a_lock_that_a_killed_sync_left_on_the_others_branch(gather: Gather, hooks: bool) -> None:
    zoe, karim = gather("Zoe", "Karim", hooks=hooks).members
    lock = zoe.root / ".git/refs/remotes/origin/main.lock"
    for sign in (True, False):
        assert karim.kanban("note", "acme", "by karim").code == 0
        assert karim.kanban("sync").code == 0
        if sign:  # as a kill leaves it while git fetches for us
            place_of_exchange(zoe.root / ".git").parent.mkdir(exist_ok=True)
            place_of_exchange(zoe.root / ".git").write_bytes(b"")
        lock.write_text("")
        done = zoe.kanban("sync")
        if not sign:  # another git may hold it: told as what it is, with what removes it
            assert "network" not in done.err
            assert "kanban doctor --repair" in done.err
            assert zoe.kanban("doctor", "--repair").code in (0, 1)
            done = zoe.kanban("sync")
        assert done.code == 0, done.text
        assert not lock.exists()
