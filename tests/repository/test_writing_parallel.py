"""Many writers at once, with and without plain git among them: limits hold, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanban.errors import Refused, RepositoryBusy, RepositoryState
from kanban.gestures.base.change import PathChange
from kanban.repository.disk import lock
from kanban.repository.git.repository import Repository
from kanban.repository.write import transaction
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import publish
from tests.conftest import GitFolder
from tests.repository.writing_support import (
    CARD,
    MOVE,
    NEW,
    OLD,
    assert_sound,
    board,
    committed,
    own_by,
    picture,
    write,
)

DONE, REFUSED = 0, 1


def at_once(jobs: list[Callable[[], object]]) -> list[int]:
    """Run each job in a process of its own, all started by one signal; 0 for done, 1 for refused, 2 for an error."""
    start_read, start_write = os.pipe()
    children = []
    for job in jobs:
        child = os.fork()
        if child == 0:
            code = 2
            try:
                os.close(start_write)
                os.read(start_read, 1)
                job()
                code = DONE
            except Refused:
                code = REFUSED
            finally:
                os._exit(code)
        children.append(child)
    os.close(start_write)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(start_read)
    return codes


def mover(root: Path, number: int, places: int) -> Callable[[], object]:
    """Moves one card into the column, if the working tree under the lock still has room there."""

    def plan() -> Publication:
        cards = [path for path in (root / "board/qualifies").glob("*.md") if path.name != "README.md"]
        if len(cards) >= places:
            raise Refused("full")
        change = PathChange.moved(f"board/prospects/c{number}.md", f"board/qualifies/c{number}.md")
        return Publication((change,), commit_message(f"move c{number}", "", [("Card", f"c{number}")]))

    return lambda: publish(Repository.find(root), plan)


def with_cards(folder: GitFolder, count: int) -> None:
    for number in range(count):
        folder.write(f"board/prospects/c{number}.md", CARD.replace("ACME", f"Card {number}"))
    board(folder)


@pytest.mark.slow
def test_sixteen_movers_into_five_places(git_folder: GitFolder) -> None:
    with_cards(git_folder, 16)
    git_folder.write("staged.txt", "s")
    git_folder.git("add", "staged.txt")
    codes = at_once([mover(git_folder.root, number, 5) for number in range(16)])
    assert (codes.count(DONE), codes.count(REFUSED)) == (5, 11)
    moved = {f"c{number}" for number, code in enumerate(codes) if code == DONE}
    log = git_folder.git("log", "--format=%(trailers:key=Card,valueonly,separator=)", "-5").split()
    assert set(log) == moved
    assert {Path(name).stem for name in git_folder.git("ls-files", "board/qualifies/c*").split()} == moved
    assert git_folder.git("rev-list", "--count", "HEAD").strip() == "6"
    assert git_folder.git("status", "--porcelain") == "A  staged.txt\n"
    assert git_folder.git("fsck", "--strict", "--no-dangling") == ""
    assert picture(git_folder).leftovers == ()


@pytest.mark.slow
def test_movers_beside_plain_git(git_folder: GitFolder) -> None:
    """Somebody commits with plain git meanwhile: both sides' acknowledged commits are all there."""
    with_cards(git_folder, 4)
    root = git_folder.root

    def plain(number: int) -> Callable[[], object]:
        def commits() -> None:
            for round_ in range(3):
                tree = subprocess.run(
                    ["git", "commit", "-q", "--allow-empty", "-m", f"plain {number}.{round_}"], cwd=root, check=False
                )
                if tree.returncode:
                    time.sleep(0.05)

        return commits

    codes = at_once([*(mover(root, number, 9) for number in range(4)), plain(0)])
    assert codes == [DONE] * 5
    subjects = git_folder.git("log", "--format=%s").split("\n")
    assert {f"move c{number}" for number in range(4)} <= set(subjects)
    assert git_folder.git("status", "--porcelain") == ""


def test_a_commit_made_in_between_is_built_upon(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody moves the branch just before ours: we plan again, on top of theirs."""
    board(git_folder)
    times: list[int] = []
    real = transaction.Transaction._move_branch

    def late(self: transaction.Transaction, new: str) -> None:
        if not times:
            tree = git_folder.git("rev-parse", "HEAD^{tree}").strip()
            theirs = git_folder.git("commit-tree", tree, "-p", "HEAD", "-m", "theirs").strip()
            git_folder.git("update-ref", "refs/heads/main", theirs)
        times.append(1)
        real(self, new)

    monkeypatch.setattr(transaction.Transaction, "_move_branch", late)
    assert write(git_folder, MOVE).commit
    assert len(times) == 2
    assert git_folder.git("log", "--format=%s").split("\n")[:3] == ["move acme", "theirs", "start"]
    assert_sound(git_folder)


def test_a_branch_that_never_holds_still(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    board(git_folder)

    def never(self: transaction.Transaction, new: str) -> None:
        raise transaction.BranchMoved

    monkeypatch.setattr(transaction.Transaction, "_move_branch", never)
    before = picture(git_folder)
    with pytest.raises(RepositoryBusy):
        write(git_folder, MOVE)
    assert picture(git_folder) == before


def test_an_editor_that_saves_at_the_last_moment(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file changes after it was looked at: refused, and what the editor wrote is there."""
    from kanban.errors import EditConflict
    from kanban.repository.write.paths import worktree

    board(git_folder)
    real = worktree.apply

    def late(*arguments: Any) -> None:
        git_folder.write(OLD, CARD + "saved just now\n")
        real(*arguments)

    monkeypatch.setattr(worktree, "apply", late)
    with pytest.raises(EditConflict, match="somebody else"):
        write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana")))
    assert (git_folder.root / OLD).read_text() == CARD + "saved just now\n"
    assert git_folder.git("status", "--porcelain") == f" M {OLD}\n"
    assert committed(git_folder) == committed(git_folder, "HEAD")


# -- the lock where there is no flock ----------------------------------------------------------------------------


@pytest.fixture
def _no_flock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_flock", lambda: None)


@pytest.mark.slow
@pytest.mark.usefixtures("_no_flock")
def test_the_stand_in_lock_keeps_writers_apart(git_folder: GitFolder) -> None:
    with_cards(git_folder, 6)
    codes = at_once([mover(git_folder.root, number, 2) for number in range(6)])
    assert (codes.count(DONE), codes.count(REFUSED)) == (2, 4)
    assert picture(git_folder).leftovers == ()


@pytest.mark.usefixtures("_no_flock")
def test_a_dead_owners_stand_in_is_taken_over(git_folder: GitFolder) -> None:
    board(git_folder)
    child = os.fork()
    if child == 0:
        with lock.repository_lock(git_folder.root / ".git", 1):
            os._exit(0)
    os.waitpid(child, 0)
    assert (git_folder.root / ".git/kanban/lock.pid").exists()
    assert write(git_folder, MOVE, seconds=1).commit
    assert picture(git_folder).leftovers == ()


@pytest.mark.usefixtures("_no_flock")
def test_a_stand_in_of_another_machine_is_respected(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.write(".git/kanban/lock.pid", "1 elsewhere.example.org\n")
    with pytest.raises(RepositoryBusy) as refusal:
        write(git_folder, MOVE, seconds=0.05)
    assert "lock.pid" in refusal.value.cure


def test_a_branch_changed_while_we_plan(git_folder: GitFolder) -> None:
    """Somebody switches branches between our plan and our lock: we plan again, on the branch that is there now."""
    board(git_folder)
    git_folder.git("branch", "other")
    plans: list[str] = []

    def plan() -> Publication:
        if not plans:
            git_folder.git("switch", "-q", "other")
        plans.append(git_folder.git("symbolic-ref", "--short", "HEAD").strip())
        return Publication((MOVE,), commit_message("move acme"))

    publish(Repository.find(git_folder.root), plan)
    assert plans == ["other", "other"]
    assert git_folder.git("log", "--format=%s", "other").split() == ["move", "acme", "start"]
    assert git_folder.git("log", "--format=%s", "main").split() == ["start"]


def test_a_merge_begun_while_we_plan(git_folder: GitFolder) -> None:
    board(git_folder)

    def plan() -> Publication:
        git_folder.write(".git/MERGE_HEAD", git_folder.git("rev-parse", "HEAD"))
        return Publication((MOVE,), commit_message("move acme"))

    with pytest.raises(RepositoryState, match="merge"):
        publish(Repository.find(git_folder.root), plan)
    (git_folder.root / ".git/MERGE_HEAD").unlink()
    assert_sound(git_folder)
