"""What stopped commands leave is found, named and put right; what is not ours is put aside and does no harm."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kanban.errors import EditConflict
from kanban.repository.disk.exchange import exchange, place_of_exchange
from kanban.repository.git.repository import Repository
from kanban.repository.write.durable import leftovers
from kanban.repository.write.durable.journal_reading import ForeignJournal
from kanban.repository.write.durable.leftovers import look, repair
from kanban.repository.write.rewriting import rewrite, settle
from tests.boards import FIVE_COLUMNS
from tests.conftest import GitFolder, Kanban
from tests.repository.writing_support import MOVE, OLD, board, picture, write

pytestmark = pytest.mark.sweep


@pytest.fixture
def folder(git_folder: GitFolder) -> GitFolder:
    return board(git_folder)


def repository(folder: GitFolder) -> Repository:
    return Repository.find(folder.root)


def journal(folder: GitFolder, **changed: Any) -> dict[str, Any]:
    """A journal as a write leaves it that is killed after it has added a file, before its commit."""
    record = {
        "version": 1,
        "name": "0123456789ab",
        "top": str(folder.root),
        "git_dir": str(folder.root / ".git"),
        "branch": "refs/heads/main",
        "old": folder.git("rev-parse", "HEAD").strip(),
        "steps": [],
        "folders": [],
        "staging": False,
        "new": None,
        "placings": [],
        "ready": False,
    }
    return record | changed


def step(path: str, before: str | None = None, after: str | None = None) -> dict[str, Any]:
    return {
        "path": path,
        "before": before,
        "after": after,
        "permissions": 0o644,
        "new_permissions": None,
        "moved_from": None,
    }


def plant(folder: GitFolder, record: object) -> Path:
    place = folder.root / ".git" / "kanban" / "journal.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(record if isinstance(record, str) else json.dumps(record))
    return place


BLOB = "ce013625030ba8dba906f756967f9e9ca394464a"
"""The id of `hello` and a newline."""
Planted = Callable[[GitFolder], object]
FOREIGN: dict[str, Planted] = {
    "an empty object": lambda folder: {},
    "a list": lambda folder: [],
    "a number": lambda folder: 7,
    "a torn file": lambda folder: '{"version": 1, "na',
    "no text at all": lambda folder: "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"),
    "another version": lambda folder: journal(folder, version=99),
    "a field is missing": lambda folder: {k: v for k, v in journal(folder).items() if k != "steps"},
    "steps are words": lambda folder: journal(folder, steps=["x"]),
    "a path out of the folder": lambda folder: journal(folder, steps=[step("../victim.md", None, BLOB)]),
    "an absolute path": lambda folder: journal(folder, steps=[step(f"{folder.root.parent}/victim.md", None, BLOB)]),
    "git's own folder": lambda folder: journal(folder, steps=[step(".git/config", None, BLOB)]),
    "a folder above": lambda folder: journal(folder, folders=[".."]),
    "a name with a path": lambda folder: journal(folder, name="../../../victim"),
    "a branch with a path": lambda folder: journal(folder, branch="refs/heads/../../victim", ready=True),
    "another repository": lambda folder: journal(
        folder,
        git_dir=str(folder.root.parent / "other" / ".git"),
        top=str(folder.root.parent / "other"),
        steps=[step("victim.md", None, BLOB)],
    ),
    "a commit that is not here": lambda folder: journal(folder, old="1" * 40, steps=[step("mine.md", None, BLOB)]),
    "not a commit's id": lambda folder: journal(folder, old="--output=x"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_journal_that_is_not_ours_does_no_harm(folder: GitFolder, kanban: Kanban, name: str) -> None:
    outside = folder.root.parent
    folder.git("init", "-q", str(outside / "other"))
    for victim in (outside / "victim.md", outside / "other" / "victim.md", folder.root / "mine.md"):
        victim.write_text("hello\n")
    place = plant(folder, FOREIGN[name](folder))
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file() and path != place}
    with pytest.raises(ForeignJournal, match="cannot be one of this repository"):
        write(folder, MOVE)
    assert look(repository(folder)).foreign

    said = repair(repository(folder))

    assert said[0].startswith("a journal that is not this repository's was put aside: ")
    assert not place.exists()
    assert not look(repository(folder)).foreign
    after = {path: path.read_bytes() for path in before if path.exists()}
    assert {path: data for path, data in before.items() if path.name != "index"} == {
        path: data for path, data in after.items() if path.name != "index"
    }
    assert write(folder, MOVE).commit is not None


def test_the_planted_top_is_not_believed(folder: GitFolder) -> None:
    """The working tree of our own git folder is where git says it is."""
    victim = folder.root.parent / "victim"
    victim.mkdir()
    (victim / "mine.md").write_text("hello\n")
    plant(folder, journal(folder, top=str(victim), steps=[step("mine.md", None, BLOB)]))
    repair(repository(folder))
    assert (victim / "mine.md").read_text() == "hello\n"


def test_a_link_in_place_of_our_folder_is_not_followed(folder: GitFolder, kanban: Kanban) -> None:
    place = folder.root.parent / "elsewhere"
    (place / "write-1").mkdir(parents=True)
    (place / "write-1" / "kept").write_text("x")
    (folder.root / ".git" / "kanban").symlink_to(place)
    folder.write("board/board.yml", FIVE_COLUMNS)
    answer = kanban("-C", folder.root / "board", "doctor", "--repair")
    assert answer.code == 2
    assert "is a link" in answer.err
    assert (place / "write-1" / "kept").exists()


LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "refs/heads/main.lock")


@pytest.mark.parametrize("name", [*LOCKS, "refs/remotes/origin/main.lock"])
def test_a_lock_that_was_left_is_named_and_removed(folder: GitFolder, name: str) -> None:
    lock = folder.root / ".git" / name
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_bytes(b"")
    assert look(repository(folder)).locks == (lock,)
    assert repair(repository(folder)) == [f"a lock that a stopped command left was removed: {lock}"]
    assert look(repository(folder)) == leftovers.Leftovers()


def test_a_lock_of_a_git_at_work_stays(folder: GitFolder) -> None:
    lock = folder.root / ".git" / "index.lock"
    lock.write_bytes(b"")
    at_work = subprocess.Popen(["git", "cat-file", "--batch"], cwd=folder.root, stdin=subprocess.PIPE)
    try:
        assert repair(repository(folder)) == [f"a git command is at work here, so its lock stays: {lock}"]
        assert lock.exists()
    finally:
        at_work.communicate()


def test_half_written_files_are_put_aside(folder: GitFolder) -> None:
    drafts = [folder.write("board/prospects/.acme.md.kanban-0123456789ab", "half")]
    drafts.append(folder.write(".git/hooks/.pre-commit.kanban-script", "half"))
    other = folder.write("board/prospects/.acme.md.kanban-mine", "somebody's")
    assert set(look(repository(folder)).drafts) == set(drafts)
    assert len(repair(repository(folder))) == 2
    assert not any(draft.exists() for draft in drafts)
    assert other.exists()
    assert sorted(path.name for path in (folder.root / ".git/kanban/aside").iterdir()) == [
        "1-acme.md.kanban-0123456789ab",
        "1-pre-commit.kanban-script",
    ]


def test_a_lock_made_while_talking_to_a_remote_goes_with_the_next_command(folder: GitFolder) -> None:
    marker = place_of_exchange(folder.root / ".git")
    marker.parent.mkdir(exist_ok=True)
    old = folder.write(".git/refs/remotes/origin/other.lock", "")
    os.utime(old, (time.time() - 60, time.time() - 60))
    marker.write_bytes(b"")
    new = folder.write(".git/refs/remotes/origin/main.lock", "")
    assert look(repository(folder)).pending
    write(folder, MOVE)
    assert not new.exists()
    assert not marker.exists()
    assert old.exists()
    assert look(repository(folder)).locks == (old,)


def test_a_lock_that_the_first_of_two_exchanges_left_goes_with_the_next_command(folder: GitFolder) -> None:
    """A fetch whose upkeep could not remove its lock, then the push of the same `sync`."""
    common = folder.root / ".git"
    with exchange(common):
        folder.write(".git/objects/maintenance.lock", "")
    with exchange(common):
        pass
    write(folder, MOVE)
    assert not (common / "objects" / "maintenance.lock").exists()
    assert not place_of_exchange(common).exists()


def test_doctor_names_what_was_left(folder: GitFolder, kanban: Kanban) -> None:
    folder.write(".git/refs/remotes/origin/main.lock", "")
    folder.write("board/board.yml", FIVE_COLUMNS)
    place = ["-C", folder.root / "board"]
    answer = kanban(*place, "doctor")
    assert "git keeps locks, or a stopped command left them" in answer.out
    assert "refs/remotes/origin/main.lock" in answer.out
    assert "a lock that a stopped command left was removed" in kanban(*place, "doctor", "--repair").err
    assert "no lock is left over" in kanban(*place, "doctor").out


def test_files_are_rewritten_all_or_none(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    beta = "board/prospects/beta.md"
    contents = {path: (folder.root / path).read_bytes() for path in (OLD, beta)}
    before = picture(folder)
    changes = {path: (data, data + b"- more\n") for path, data in contents.items()}
    with pytest.raises(EditConflict):
        rewrite(repository(folder), changes | {"board/new.md": (b"was there", b"x")})
    assert picture(folder) == before
    rewrite(repository(folder), changes | {"board/new.md": (None, b"new\n")})
    assert (folder.root / "board/new.md").read_bytes() == b"new\n"
    now = picture(folder)
    assert (now.head, now.index, now.leftovers) == (before.head, before.index, ())
    assert folder.git("status", "--porcelain").split("\n")[0] == f" M {OLD}"


def test_a_conflict_is_settled_in_index_and_files_at_once(folder: GitFolder) -> None:
    folder.git("switch", "-qc", "theirs")
    folder.write(OLD, "theirs\n")
    folder.commit("theirs")
    folder.git("switch", "-q", "main")
    folder.write(OLD, "mine\n")
    folder.commit("mine")
    folder.git("merge", "-q", "theirs", check=False)
    assert "UU" in folder.git("status", "--porcelain")
    settle(repository(folder), {OLD: b"both\n"}, [OLD])
    assert folder.git("status", "--porcelain") == f"M  {OLD}\n"
    assert (folder.root / OLD).read_bytes() == b"both\n"
    assert picture(folder).leftovers == ()
