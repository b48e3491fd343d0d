"""The index never fails and never says what is not so: damaged, foreign, locked, read-only or deleted, it is absent."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kanban.repository.kept import index as indexing
from kanban.repository.kept.index import Index
from tests.repository.indexed import file_of, spoil

ROWS = {bytes([number]) * 16: b"body %d" % number for number in range(200)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A git folder with an index."""
    (tmp_path / ".git").mkdir()
    Index(tmp_path / ".git").keep("a", ROWS)
    return tmp_path


def index(root: Path) -> Index:
    return Index(root / ".git")


def test_what_is_kept_is_found_by_kind_and_key(root: Path) -> None:
    one = b"\1" * 16
    assert index(root).get("a", one) == b"body 1"
    assert index(root).get("b", one) is None
    assert index(root).some("a", [one, b"nothing"]) == {one: b"body 1"}
    assert index(root).all("a") == ROWS
    index(root).keep("a", {one: b"new"})
    assert index(root).get("a", one) == b"new"
    assert index(root).count("a") == 200
    index(root).forget("a")
    assert index(root).all("a") == {}


def test_the_oldest_go_when_there_are_too_many(root: Path) -> None:
    index(root).keep("a", {b"new": b"x"}, most=3)
    assert list(index(root).all("a")) == [bytes([198]) * 16, bytes([199]) * 16, b"new"]


def test_a_changed_body_is_not_trusted(root: Path) -> None:
    spoil(root, "a", bytes.upper)
    assert index(root).all("a") == {}
    index(root).keep("a", {b"k": b"v"})
    assert index(root).all("a") == {b"k": b"v"}


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:5000], lambda data: b"garbage" * 999, lambda data: data[::-1]]
)
def test_a_file_that_is_no_index_is_replaced(root: Path, damage: Callable[[bytes], bytes]) -> None:
    file_of(root).write_bytes(damage(file_of(root).read_bytes()))
    assert index(root).get("a", b"k") is None
    index(root).keep("a", {b"k": b"v"})
    index(root).keep("a", {b"k": b"v"})
    assert index(root).get("a", b"k") in (b"v", None)
    assert set(index(root).all("a").items()) <= {(b"k", b"v"), *ROWS.items()}


def test_another_version_of_the_tables_is_replaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "VERSION", 99)
    assert index(root).all("a") == {}


def test_another_writer_is_waited_for_and_then_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "PATIENCE", 0.05)
    with closing(sqlite3.connect(file_of(root), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        index(root).keep("a", {b"k": b"v"})
        assert index(root).get("a", b"\1" * 16) == b"body 1"
        other.execute("ROLLBACK")
    assert index(root).get("a", b"k") is None


def test_what_another_part_of_one_run_has_begun_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    ours, other = index(tmp_path), index(tmp_path)
    assert ours.get("a", b"k") is None  # there is no file yet
    other.keep("history", ROWS)
    ours.keep("answer", {b"k": b"v"})
    assert index(tmp_path).all("history") == ROWS
    assert index(tmp_path).all("answer") == {b"k": b"v"}


def test_deleted_in_the_middle(root: Path) -> None:
    ours = index(root)
    assert ours.all("a") == ROWS
    file_of(root).unlink()
    ours.keep("a", {b"k": b"v"})
    assert index(root).all("a") == {}
    index(root).keep("a", {b"k": b"v"})
    assert index(root).all("a") == {b"k": b"v"}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/kanban").write_text("in the way")
    index(tmp_path).keep("a", ROWS)
    assert index(tmp_path).all("a") == {}
    assert Index(tmp_path / ".git/kanban/below").all("a") == {}


WRITER = """
import sys
from pathlib import Path
from kanban.repository.kept.index import Index
for number in range(200):
    Index(Path(sys.argv[1])).keep("a", {bytes([number]) * 16: b"body %d" % number})
"""


def test_two_writers_one_of_them_killed(root: Path) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", WRITER, str(root / ".git")]
    writers = [subprocess.Popen(command, env=here) for _number in range(2)]
    for _reading in range(20):
        assert set(index(root).all("a").items()) <= set(ROWS.items())
    writers[0].kill()
    writers[0].wait()
    assert writers[1].wait() == 0
    assert index(root).all("a") == ROWS
