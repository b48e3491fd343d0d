"""Kills, signals and refusing disks at every step of a write: all as before, or finished or undone by the next command."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kanban.errors import KanbanError, StorageFailed
from kanban.gestures.base.change import PathChange
from kanban.repository.disk import failpoint
from kanban.repository.git.command import GitCommand
from kanban.repository.git.done import Done
from kanban.repository.git.repository import Repository
from kanban.repository.write.durable import recovery
from kanban.repository.write.durable.recovery import is_pending, recover
from tests.conftest import GitFolder
from tests.repository.writing_support import CARD, MOVE, NEW, OLD, Picture, assert_sound, board, own_by, picture, write

SEVERAL = (
    PathChange.moved(OLD, NEW, own_by("Ana")),
    PathChange.moved("board/prospects/beta.md", "board/gagne/2026/beta.md"),
    PathChange.edited("board/board.yml", lambda data: data + b"language: fr\n"),
    PathChange.created("board/templates/offer.md", b"# offer\n"),
    PathChange.removed("board/qualifies/README.md"),
)
"""Every kind of step a write can take."""


@pytest.fixture
def folder(git_folder: GitFolder) -> GitFolder:
    """The board, with other work of the user's around it and a draft inside the card that moves unedited."""
    board(git_folder)
    git_folder.write("staged.txt", "s\n")
    git_folder.git("add", "staged.txt")
    git_folder.write("board/prospects/beta.md", CARD + "my draft\n")
    return git_folder


def outcome(folder: GitFolder, before: Picture, after: Picture) -> str:
    """`undone` or `finished`; anything in between fails."""
    now = picture(folder)
    assert now.leftovers == ()
    if now == before:
        return "undone"
    assert (now.index, now.files) == (after.index, after.files)
    assert folder.git("rev-parse", "HEAD~1") == before.head
    return "finished"


_AFTER: list[Picture] = []


@pytest.fixture
def pictures(folder: GitFolder) -> tuple[Picture, Picture]:
    """The folder before, and as it would be after the write (the same each time but for the commit's id)."""
    before = picture(folder)
    if not _AFTER:
        twin = GitFolder.__new__(GitFolder)
        twin.root = folder.root.with_name("twin")
        shutil.copytree(folder.root, twin.root)
        write(twin, *SEVERAL)
        _AFTER.append(picture(twin))
    return before, _AFTER[0]


def in_a_process(folder: GitFolder, point: str, mode: str = "commit") -> int:
    """Run the write in a process of its own, with a failpoint; how it ended (negative: by that signal)."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            # A suite started in the background inherits an ignored SIGINT, which the write rightly heeds.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.environ["KANBAN_FAILPOINT"] = point
            write(folder, *SEVERAL, commit=mode == "commit")
            code = 0
        except KeyboardInterrupt:
            code = 130
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


FINISHED = ("after-ref", "after-index", "after-journal-removed", "after-unlock")


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("point", failpoint.NAMES)
def test_killed_at_a_named_point(folder: GitFolder, pictures: tuple[Picture, Picture], point: str) -> None:
    """The next write finishes or undoes it first; what it says is true."""
    before, after = pictures
    assert in_a_process(folder, point) == -signal.SIGKILL
    repo = Repository.find(folder.root)
    pending = is_pending(repo)
    found = recover(repo)
    assert pending is (point not in ("after-lock", "after-unlock"))
    assert not is_pending(repo)
    expected = "finished" if point in FINISHED else "undone"
    assert outcome(folder, before, after) == expected
    assert folder.git("fsck", "--strict", "--no-dangling") == ""
    assert found is None or found.finished is (expected == "finished")


@pytest.mark.slow
@pytest.mark.parametrize("point", ["after-worktree", "before-ref", "after-index"])
def test_killed_while_staging(folder: GitFolder, point: str) -> None:
    before = picture(folder)
    assert in_a_process(folder, point, "stage") == -signal.SIGKILL
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert found.finished is (point == "after-index")
    now = picture(folder)
    assert (now.head, now.leftovers) == (before.head, ())
    if found.finished:
        assert NEW in now.files
        assert f"A\t{NEW}" in folder.git("diff", "--cached", "--name-status", "--no-renames")
    else:
        assert now == before


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize("point", ["after-worktree", "after-ref"])
def test_interrupted(folder: GitFolder, pictures: tuple[Picture, Picture], name: str, code: int, point: str) -> None:
    """Before the point of no return: undone at once, and the exit code says so. After it: done, and that is success."""
    before, after = pictures
    assert in_a_process(folder, f"{point}:{name}") == (0 if point == "after-ref" else code)
    assert outcome(folder, before, after) == ("finished" if point == "after-ref" else "undone")


def test_the_next_write_recovers_by_itself_and_says_so(folder: GitFolder) -> None:
    assert in_a_process(folder, "after-worktree") == -signal.SIGKILL
    done = write(folder, MOVE)
    assert "undone" in done.recovered
    assert OLD in done.recovered
    folder.git("checkout", "-q", "--", ".")
    folder.git("reset", "-q")
    (folder.root / "staged.txt").unlink()
    assert_sound(folder)


def test_a_lock_the_user_removed_does_not_confuse_the_recovery(folder: GitFolder) -> None:
    """After a kill the index lock blocks git; somebody removes it and goes on working before kanban runs again."""
    assert in_a_process(folder, "after-ref") == -signal.SIGKILL
    (folder.root / ".git/index.lock").unlink()
    folder.write("later.txt", "l\n")
    folder.git("add", "later.txt")
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert found.finished
    assert folder.git("diff", "--cached", "--name-only") == "later.txt\nstaged.txt\n"
    assert folder.git("diff", "--name-only") == "board/gagne/2026/beta.md\n"


def test_locks_of_the_branch_that_died_with_us(
    folder: GitFolder, pictures: tuple[Picture, Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut in the middle of `git update-ref` leaves its locks too; one that is older is somebody else's."""
    monkeypatch.setattr(recovery, "_REF_LOCK_SECONDS", 0.05)
    assert in_a_process(folder, "before-ref") == -signal.SIGKILL
    for name in ("refs/heads/main.lock", "HEAD.lock"):
        (folder.root / ".git" / name).write_bytes(b"")
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert outcome(folder, *pictures) == "undone"
    assert in_a_process(folder, "before-ref") == -signal.SIGKILL
    older = folder.root / ".git/refs/heads/main.lock"
    older.write_bytes(b"")
    os.utime(older, (1e9, 1e9))
    recover(Repository.find(folder.root))
    assert older.exists()


def test_what_the_user_committed_meanwhile_is_left_alone(folder: GitFolder) -> None:
    """Killed with the files moved; somebody removes the lock and commits exactly that."""
    assert in_a_process(folder, "after-worktree") == -signal.SIGKILL
    (folder.root / ".git/index.lock").unlink()
    folder.commit("by hand")
    before = picture(folder)
    recover(Repository.find(folder.root))
    after = picture(folder)
    assert (after.head, after.files) == (before.head, before.files)
    assert after.leftovers == ()


def test_an_edit_made_after_the_kill_is_kept(folder: GitFolder) -> None:
    assert in_a_process(folder, "after-worktree") == -signal.SIGKILL
    folder.write(NEW, "written after the crash\n")
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert (folder.root / OLD).read_text() == "written after the crash\n"
    assert not (folder.root / NEW).exists()
    assert picture(folder).leftovers == ()


@pytest.mark.parametrize("path", [OLD, "board/board.yml", "board/templates/offer.md"])
def test_what_somebody_wrote_after_the_kill_stays(folder: GitFolder, path: str) -> None:
    """At the old path, in a file that was being edited, in one that was new: nobody's bytes are lost."""
    assert in_a_process(folder, "after-worktree") == -signal.SIGKILL
    folder.write(path, "written after the crash\n")
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert path in " ".join(found.notes)
    assert (folder.root / path).read_text() == "written after the crash\n"
    assert (folder.root / OLD).exists()
    assert not (folder.root / NEW).exists()


# -- the disk refuses ------------------------------------------------------------------------------------------


class Refusing:
    """Counts the state-changing calls of our own code and lets one of them fail, once or from then on."""

    NEED_SPACE = ("open", "write", "mkdir")
    CALLS = (*NEED_SPACE, "fsync", "replace", "link", "unlink", "chmod")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, code: int, kind: str) -> None:
        self.left = at
        self.code = code
        self.lasting = kind != "once"
        self.fired = 0
        for name in self.NEED_SPACE if kind == "full" else self.CALLS:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))
        run = GitCommand.run
        writing = ("hash-object", "update-index", "read-tree", "write-tree", "commit-tree", "update-ref", "add")

        def git(command: GitCommand, *arguments: str, **options: Any) -> Done:
            if arguments[0] in writing and self._fails():
                done = Done(128, b"", f"fatal: unable to write: {os.strerror(code)}")
                if options.get("codes", 0) is None:
                    return done
                from kanban.repository.git.failures import failure

                raise failure(done, arguments)
            return run(command, *arguments, **options)

        monkeypatch.setattr(GitCommand, "run", git)

    def _fails(self) -> bool:
        self.left -= 1
        if self.left == 0 or (self.lasting and self.left < 0):
            self.fired += 1
            return True
        return False

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: object, **options: object) -> object:
            writes = name != "open" or (int(str(arguments[1])) & os.O_ACCMODE and arguments[0] != os.devnull)
            if writes and self._fails():
                raise OSError(self.code, os.strerror(self.code), str(arguments[0]))
            return None if name == "fsync" else real(*arguments, **options)

        return call


def refusals(folder: GitFolder, code: int, kind: str) -> Iterator[tuple[int, bool]]:
    """Write again and again, the disk refusing at the 1st, 2nd, … call, until a write passes unharmed."""
    at = 1
    while True:
        with pytest.MonkeyPatch.context() as patch:
            refusing = Refusing(patch, at, code, kind)
            try:
                write(folder, *SWEPT, seconds=0.0)
                failed = False
            except StorageFailed:
                failed = True
        if not refusing.fired:
            return
        yield at, failed
        at += 1 if kind == "once" else 3


SWEPT = SEVERAL[:3]


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize(("code", "kind"), [(errno.EIO, "once"), (errno.ENOSPC, "full"), (errno.EROFS, "read-only")])
def test_the_disk_refuses_at_every_write(folder: GitFolder, code: int, kind: str) -> None:
    """An error: all as before. Success: all there. A disk that lets nothing be undone either: the next command does.

    `once`: one call fails. `full`: from then on nothing can be written, but names can be changed and removed.
    `read-only`: from then on nothing can be changed at all.
    """
    folder.git("config", "core.fsync", "reference")
    before = picture(folder)
    backup, twin = folder.root.with_name("backup"), GitFolder.__new__(GitFolder)
    twin.root = folder.root.with_name("twin")
    for copy in (backup, twin.root):
        shutil.copytree(folder.root, copy)
    write(twin, *SWEPT)
    after = picture(twin)
    count = 0
    for at, failed in refusals(folder, code, kind):
        count = at
        if kind == "read-only" or not failed:
            recover(Repository.find(folder.root))
        now = outcome(folder, before, after)
        assert now == ("undone" if failed else "finished") or kind == "read-only", at
        if now == "finished":
            shutil.rmtree(folder.root)
            shutil.copytree(backup, folder.root)
    assert count > 20
    assert folder.git("fsck", "--strict", "--no-dangling") == ""


def test_writes_are_forced_to_the_disk(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """On by default, for git's part too; off only where the user has switched git's own off."""
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    seen: list[str | None] = []
    run = GitCommand.run

    def git(command: GitCommand, *arguments: str, **options: Any) -> Done:
        environment = options.get("environment")
        seen.append(str(environment))
        return run(command, *arguments, **options)

    monkeypatch.setattr(GitCommand, "run", git)
    write(folder, MOVE)
    assert synced == []
    folder.git("config", "--unset", "core.fsync")
    write(folder, PathChange.edited(NEW, own_by("Ana")))
    assert len(synced) >= 5
    assert any("added,reference" in text for text in seen if text)


def test_a_journal_of_another_version_is_not_touched(folder: GitFolder) -> None:
    folder.write(".git/kanban/journal.json", '{"version": 99}')
    with pytest.raises(KanbanError, match="journal"):
        write(folder, MOVE)
    assert (folder.root / ".git/kanban/journal.json").exists()


def test_the_repository_was_moved_after_the_kill(folder: GitFolder, pictures: tuple[Picture, Picture]) -> None:
    assert in_a_process(folder, "after-worktree") == -signal.SIGKILL
    folder.root = folder.root.rename(folder.root.with_name("elsewhere"))
    assert recover(Repository.find(folder.root)) is not None
    assert outcome(folder, *pictures) == "undone"


def test_another_working_tree_recovers_too(folder: GitFolder, pictures: tuple[Picture, Picture]) -> None:
    """The lock and the journal are the repository's; the files and the index those of where the write was made."""
    linked = folder.root.with_name("linked")
    folder.git("worktree", "add", "-q", "-b", "trial", str(linked))
    assert in_a_process(folder, "after-ref") == -signal.SIGKILL
    done = write(linked, MOVE)
    assert "finished" in done.recovered
    assert outcome(folder, *pictures) == "finished"
    assert not is_pending(Repository.find(folder.root))


def test_a_disk_that_refuses_everything_after_the_commit(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit stands and cannot be taken back: it is done, it is said what is left, and the next command does it."""
    run = GitCommand.run

    def refusing(self: GitCommand, *arguments: str, **how: Any) -> Done:
        if arguments[0] == "update-ref" and "-m" not in arguments:
            return Done(128, b"", "fatal: No space left on device")
        return run(self, *arguments, **how)

    with monkeypatch.context() as patched:
        patched.setattr(GitCommand, "run", refusing)
        patched.setenv("KANBAN_FAILPOINT", "after-ref:ENOSPC")
        done = write(folder, MOVE)
    assert done.commit == folder.git("rev-parse", "HEAD").strip()
    assert done.rest == "it is done, but the disk refused the end of it: the next kanban command finishes that"
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert found.finished
    assert picture(folder).leftovers == ()
    assert folder.git("diff", "--cached", "--name-only").split() == ["staged.txt"]


def test_a_lock_of_head_that_git_could_not_remove_goes_with_the_next_command(
    folder: GitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would refuse the next gesture, until somebody found out how to remove it."""
    run = GitCommand.run

    def leaving(self: GitCommand, *arguments: str, **how: Any) -> Done:
        done = run(self, *arguments, **how)
        if arguments[0] == "update-ref" and "-m" in arguments:
            (folder.root / ".git" / "HEAD.lock").touch()
        return done

    with monkeypatch.context() as patched:
        patched.setattr(GitCommand, "run", leaving)
        done = write(folder, MOVE)
    assert done.rest == "it is done, but the disk refused the end of it: the next kanban command finishes that"
    assert recover(Repository.find(folder.root)) is not None
    assert picture(folder).leftovers == ()
    assert not (folder.root / ".git" / "HEAD.lock").exists()
