"""States in which a write would do harm: refused by their name, with the way out, and nothing touched."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kanban.errors import EditConflict, RepositoryBusy, RepositoryState
from kanban.gestures.base.change import PathChange
from kanban.repository.git.repository import Repository
from kanban.repository.write import transaction, writing
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


def conflict(folder: GitFolder) -> None:
    """Two branches that edit the same line; `main` is checked out."""
    board(folder)
    folder.git("switch", "-qc", "other")
    folder.write("board/board.yml", "title: theirs\n")
    folder.commit("theirs")
    folder.git("switch", "-q", "main")
    folder.write("board/board.yml", "title: ours\n")
    folder.commit("ours")


def bisecting(folder: GitFolder) -> None:
    folder.git("bisect", "start")
    folder.git("switch", "-q", "main", check=False)


STATES = {
    "merge": lambda folder: folder.git("merge", "other", check=False),
    "rebase": lambda folder: folder.git("rebase", "other", check=False),
    "cherry-pick": lambda folder: folder.git("cherry-pick", "other", check=False),
    "revert": lambda folder: folder.git("revert", "--no-edit", "HEAD~1", check=False),
    "bisect": bisecting,
}


@pytest.mark.parametrize("operation", STATES)
def test_in_the_middle_of_something(git_folder: GitFolder, operation: str) -> None:
    conflict(git_folder)
    git_folder.git("config", "merge.conflictStyle", "merge")
    if operation == "revert":
        git_folder.write("board/board.yml", "title: again\n")
        git_folder.commit("again")
    STATES[operation](git_folder)
    before = picture(git_folder)
    for commit in (True, False):
        with pytest.raises(RepositoryState, match=operation) as refusal:
            write(git_folder, MOVE, commit=commit)
        assert "kanban resolve --finish" in refusal.value.cure
    assert picture(git_folder) == before


def test_detached_head_may_stage_but_not_commit(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.git("switch", "-q", "--detach")
    before = picture(git_folder)
    with pytest.raises(RepositoryState, match="detached"):
        write(git_folder, MOVE)
    assert picture(git_folder) == before
    assert write(git_folder, MOVE, commit=False).staged


def test_a_bare_repository(git_folder: GitFolder, tmp_path: Path) -> None:
    board(git_folder)
    git_folder.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    with pytest.raises(RepositoryState, match="bare"):
        write(tmp_path / "bare.git", MOVE)


def test_nobody_to_commit_as(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    board(git_folder)
    for name in [name for name in os.environ if name.endswith(("_NAME", "_EMAIL")) and name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    before = picture(git_folder)
    with pytest.raises(RepositoryState, match="who you are"):
        write(git_folder, MOVE)
    assert picture(git_folder) == before
    assert write(git_folder, MOVE, commit=False).staged
    git_folder.git("config", "user.name", "Ana")
    git_folder.git("config", "user.email", "ana@example.org")
    assert write(git_folder, PathChange.edited("board/board.yml", lambda data: data + b"\n")).commit
    assert git_folder.git("log", "-1", "--format=%an %ce").strip() == "Ana ana@example.org"


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_a_card_that_git_does_not_look_at(git_folder: GitFolder, flag: str) -> None:
    board(git_folder)
    git_folder.git("update-index", flag, OLD)
    before = picture(git_folder)
    for commit in (True, False):
        with pytest.raises(EditConflict, match="not to look"):
            write(git_folder, MOVE, commit=commit)
    assert picture(git_folder) == before


def test_a_sparse_checkout(git_folder: GitFolder) -> None:
    """What is checked out can be worked on, what is not cannot."""
    board(git_folder)
    git_folder.git("sparse-checkout", "set", "board/prospects")
    assert not (git_folder.root / "board/qualifies/README.md").exists()
    before = picture(git_folder)
    with pytest.raises(EditConflict):
        write(git_folder, PathChange.edited("board/qualifies/README.md", lambda data: data))
    assert picture(git_folder) == before
    write(git_folder, PathChange.edited(OLD, own_by("Ana")))
    assert "S " in git_folder.git("ls-files", "-t")
    assert git_folder.git("status", "--porcelain") == ""


@pytest.mark.parametrize("where", ["disk", "index", "head", "link", "folder"])
def test_the_target_is_taken(git_folder: GitFolder, where: str) -> None:
    board(git_folder)
    if where == "link":
        (git_folder.root / NEW).symlink_to("nowhere")
    elif where == "folder":
        git_folder.write(f"{NEW}/x.md", "x")
    else:
        git_folder.write(NEW, "other")
    if where in ("index", "head"):
        git_folder.git("add", NEW)
    if where == "head":
        git_folder.git("commit", "-qm", "taken")
        git_folder.git("rm", "-q", NEW)
    before = picture(git_folder)
    for change in (MOVE, PathChange.created(NEW, b"x")):
        with pytest.raises(EditConflict):
            write(git_folder, change)
    assert picture(git_folder) == before


@pytest.mark.parametrize("kind", ["link", "pipe", "submodule", "linked-column"])
def test_only_regular_files_in_real_folders_are_moved(git_folder: GitFolder, tmp_path: Path, kind: str) -> None:
    board(git_folder)
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    change = MOVE
    if kind == "link":
        (git_folder.root / OLD).unlink()
        (git_folder.root / OLD).symlink_to(secret)
        git_folder.commit()
    elif kind == "pipe":
        (git_folder.root / OLD).unlink()
        os.mkfifo(git_folder.root / OLD)
    elif kind == "submodule":
        git_folder.git(
            "update-index", "--add", "--cacheinfo", f"160000,{git_folder.git('rev-parse', 'HEAD').strip()},sub"
        )
        git_folder.git("commit", "-qm", "sub")
        (git_folder.root / "sub").mkdir()
        change = PathChange.removed("sub")
    else:
        (git_folder.root / "board/out").symlink_to(tmp_path)
        change = PathChange.moved(OLD, "board/out/acme.md")
    before = picture(git_folder) if kind != "pipe" else None
    message = "real folder" if kind == "linked-column" else "regular file"
    with pytest.raises(EditConflict, match=message):
        write(git_folder, change)
    assert before is None or picture(git_folder) == before
    assert secret.read_text() == "secret"


def test_an_ignored_target(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.write(".gitignore", "board/drafts/\n*.secret.md\n")
    git_folder.commit()
    before = picture(git_folder)
    for path in ("board/drafts/acme.md", "board/qualifies/acme.secret.md"):
        with pytest.raises(EditConflict, match="ignored"):
            write(git_folder, PathChange.moved(OLD, path))
    assert picture(git_folder) == before


def test_an_unfinished_merge_of_the_card_alone(git_folder: GitFolder) -> None:
    """`git stash pop` leaves a conflict and no state behind."""
    board(git_folder)
    git_folder.write(OLD, CARD + "one\n")
    git_folder.git("stash", "-q")
    git_folder.write(OLD, CARD + "two\n")
    git_folder.git("commit", "-qam", "two")
    git_folder.git("stash", "pop", check=False)
    before = picture(git_folder)
    with pytest.raises(EditConflict, match="merge"):
        write(git_folder, MOVE)
    assert picture(git_folder) == before


def test_a_card_moved_by_hand_and_not_committed(git_folder: GitFolder) -> None:
    """HEAD still holds it elsewhere: a commit of the new place alone would give the card two places."""
    board(git_folder)
    (git_folder.root / "board/qualifies/acme.md").write_bytes((git_folder.root / OLD).read_bytes())
    (git_folder.root / OLD).unlink()
    before = picture(git_folder)
    with pytest.raises(EditConflict, match="by hand") as refusal:
        write(git_folder, PathChange.moved(NEW, "board/rdv/acme.md"))
    assert OLD in refusal.value.message + refusal.value.cure
    assert picture(git_folder) == before
    git_folder.git("add", "-A")
    with pytest.raises(EditConflict, match="by hand"):
        write(git_folder, PathChange.moved(NEW, "board/rdv/acme.md"))


def test_removing_a_card_with_edits_is_refused(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.write(OLD, CARD + "draft\n")
    before = picture(git_folder)
    with pytest.raises(EditConflict):
        write(git_folder, PathChange.removed(OLD))
    assert picture(git_folder) == before


@pytest.mark.parametrize("lock", ["index.lock", "refs/heads/main.lock", "HEAD.lock"])
def test_a_lock_of_git_is_waited_for(git_folder: GitFolder, lock: str) -> None:
    board(git_folder)
    file = git_folder.root / ".git" / lock
    file.write_bytes(b"")
    code = f"import time, os; time.sleep(0.4); os.unlink({str(file)!r})"
    with subprocess.Popen([sys.executable, "-c", code]):
        assert write(git_folder, MOVE).commit
    assert_sound(git_folder)


@pytest.mark.parametrize("lock", ["index.lock", "refs/heads/main.lock"])
def test_a_lock_that_stays_is_named_in_our_words(
    git_folder: GitFolder, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(git_folder)
    monkeypatch.setattr(writing, "INDEX_SECONDS", 0.1)
    monkeypatch.setattr(transaction, "REF_SECONDS", 0.1)
    before = picture(git_folder)
    file = git_folder.root / ".git" / lock
    file.write_bytes(b"")
    with pytest.raises(RepositoryBusy) as refusal:
        write(git_folder, MOVE)
    assert "remove the file manually" not in refusal.value.message + refusal.value.cure
    assert file.exists()
    file.unlink()
    assert picture(git_folder) == before


def test_another_kanban_command_is_waited_for_and_then_named(git_folder: GitFolder) -> None:
    board(git_folder)
    repo = Repository.find(git_folder.root)
    before = picture(git_folder)
    code = (
        "import sys, time; from pathlib import Path; from kanban.repository.disk.lock import repository_lock\n"
        "with repository_lock(Path(sys.argv[1]), 1): print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(repo.common_dir)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        start = time.monotonic()
        with pytest.raises(RepositoryBusy, match="another kanban"):
            write(git_folder, MOVE, seconds=0.2)
        assert time.monotonic() - start >= 0.2
        holder.kill()
    assert write(git_folder, MOVE, seconds=5).commit
    assert before.leftovers == picture(git_folder).leftovers


def test_inside_a_hook_nothing_is_written(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    board(git_folder)
    monkeypatch.setenv("KANBAN_INSIDE_WRITE", "1")
    with pytest.raises(RepositoryState, match="hook"):
        write(git_folder, MOVE)


def test_foreign_variables_of_git_do_not_lead_elsewhere(
    git_folder: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(git_folder)
    other = board(GitFolder(tmp_path / "other"))
    before = picture(other)
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    write(git_folder, MOVE)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name)
    assert picture(other) == before
    assert committed(git_folder) == [f"D\t{OLD}", f"A\t{NEW}"]
