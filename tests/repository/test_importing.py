"""A plan written as a real repository: the ids are those of the plan, whoever writes it, and git finds nothing to say."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kanban.demo.plan import Person, PlannedCommit
from kanban.demo.story import plan_demo
from kanban.errors import KanbanError
from kanban.folder.example import example_board
from kanban.repository.planned.commits import write_history
from tests.demo.replay import trees

ANA = Person("Ana Ñandú", "ana@example.org", "AE")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(message: str, changes: dict[str, bytes | None], *parents: int) -> PlannedCommit:
    return PlannedCommit(ANA, AT, AT + timedelta(hours=1), message, tuple(changes.items()), parents)


SMALL = [
    commit("eins", {"a/é.md": b"one\n", "board.yml": b"title: x\n"}),
    commit("zwei\n\nCard: é\n", {"a/é.md": None, "b/é.md": b"one\nno newline at the end"}, 0),
    commit("side", {"a/other.md": b""}, 0),
    commit("merge", {"a/other.md": b""}, 1, 2),
]


def test_a_small_plan_becomes_exactly_these_commits(tmp_path: Path) -> None:
    head = write_history(tmp_path, SMALL)
    assert git(tmp_path, "rev-parse", "main").strip() == head
    assert git(tmp_path, "log", "--format=%s|%an|%ae|%ai|%ci", "--topo-order").splitlines()[0] == (
        "merge|Ana Ñandú|ana@example.org|2026-03-02 09:00:00 +0530|2026-03-02 10:00:00 +0530"
    )
    assert len(git(tmp_path, "rev-list", "--parents", "-1", "main").split()) == 3
    assert (tmp_path / "b" / "é.md").read_bytes() == b"one\nno newline at the end"
    assert not (tmp_path / "a" / "é.md").exists()
    assert git(tmp_path, "status", "--porcelain") == ""
    assert git(tmp_path, "branch", "--show-current").strip() == "main"


def test_who_writes_it_and_when_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_history(_made(tmp_path / "one"), SMALL)
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Somebody Else")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert write_history(_made(tmp_path / "two"), SMALL) == first


def test_it_writes_to_its_folder_even_inside_another_repositorys_hook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _made(tmp_path / "other")
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    head = write_history(_made(other / "inner"), SMALL)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert git(other / "inner", "rev-parse", "HEAD").strip() == head
    assert git(other, "for-each-ref") == ""


def test_a_plan_that_git_refuses_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(KanbanError, match="a/ is no name"):
        write_history(tmp_path, [commit("bad", {"a//empty.md": b"x"})])


def test_the_demonstration_is_a_sound_repository_and_its_trees_are_the_planned_ones(tmp_path: Path) -> None:
    plan = plan_demo(example_board(), date(2026, 10, 5))
    folder = _made(tmp_path / "demo")
    git(_made(tmp_path / "plain"), "init", "-q", "-b", "main")
    head = write_history(folder, plan)
    assert subprocess.run(["git", "fsck", "--strict"], cwd=folder, check=True, capture_output=True).stdout == b""
    assert (folder / ".git" / "config").read_text() == (tmp_path / "plain" / ".git" / "config").read_text()
    assert git(folder, "status", "--porcelain", "--ignored") == ""
    planned = trees(plan)
    assert git(folder, "rev-list", "--count", head).strip() == str(len(plan))
    names = git(folder, "ls-tree", "-r", "-z", "--name-only", head).split("\0")[:-1]
    assert sorted(names) == sorted(planned[-1])
    assert all((folder / name).read_bytes() == planned[-1][name] for name in names)
    assert write_history(_made(tmp_path / "again"), plan) == head


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
