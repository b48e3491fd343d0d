"""Two folders are alike exactly when what comes next cannot differ."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import GitFolder
from tests.faults.likeness import likeness

CHANGES = {
    "a byte of a card": ("prospects/acme.md", b"# Acmf\n"),
    "a file more": ("prospects/beta.md", b""),
    "a torn index": (".git/index", b"DIRC\0\0\0\2\0\0\0\1torn"),
    "a lock": (".git/index.lock", b""),
    "a lock of another machine": (".git/kanban/lock", b"17 there\n"),
    "a journal of another branch": (".git/kanban/journal.json", b'{"branch": "b", "name": "0123456789ab"}'),
}
SAME = {
    "another end of a draft's name": (".git/objects/tmp_obj_aB3xYz", ".git/objects/tmp_obj_9_kQw1", b"x"),
    "another end of a write's name": (".git/kanban/write-0123456789ab/x", ".git/kanban/write-fedcba987654/x", b"x"),
    "a draft of another process": (".git/index.lock.17.draft", ".git/index.lock.99.draft", b"x"),
}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """The same repository twice, made one after the other."""
    made = []
    for name in ("one", "other"):
        folder = GitFolder(tmp_path / name)
        folder.write("prospects/acme.md", "# Acme\n")
        folder.commit("start", date="2026-10-01T10:00:00+02:00")
        (folder.root / ".git" / "kanban").mkdir()
        with closing(sqlite3.connect(folder.root / ".git" / "kanban" / "index.sqlite")) as opened:
            opened.execute("PRAGMA journal_mode=WAL")
            opened.execute("CREATE TABLE t (a)")
            opened.commit()
        made.append(folder.root)
    return made[0], made[1]


def _written(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_made_alike_they_are_alike(pair: tuple[Path, Path]) -> None:
    assert likeness(pair[0]) == likeness(pair[1])


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_read_next_counts(pair: tuple[Path, Path], change: str) -> None:
    path, data = CHANGES[change]
    _written(pair[0] / path, data)
    assert likeness(pair[0]) != likeness(pair[1])


@pytest.mark.parametrize("change", SAME)
def test_what_nobody_can_tell_apart_does_not(pair: tuple[Path, Path], change: str) -> None:
    here, there, data = SAME[change]
    _written(pair[0] / here, data)
    _written(pair[1] / there, data)
    assert likeness(pair[0]) == likeness(pair[1])


def test_a_permission_counts_and_so_does_a_row_of_the_index(pair: tuple[Path, Path]) -> None:
    (pair[0] / "prospects" / "acme.md").chmod(0o600)
    assert likeness(pair[0]) != likeness(pair[1])
    (pair[1] / "prospects" / "acme.md").chmod(0o600)
    with closing(sqlite3.connect(pair[0] / ".git" / "kanban" / "index.sqlite")) as opened:
        opened.execute("INSERT INTO t VALUES (1)")
        opened.commit()
    assert likeness(pair[0]) != likeness(pair[1])


def test_an_index_that_no_longer_fits_its_files_counts(pair: tuple[Path, Path]) -> None:
    os.utime(pair[0] / "prospects" / "acme.md", (1, 1))
    assert likeness(pair[0]) != likeness(pair[1])


def test_other_words_behind_a_time_that_fits_are_like_nothing(pair: tuple[Path, Path]) -> None:
    for root in pair:
        file = root / "prospects" / "acme.md"
        about = file.stat()
        file.write_bytes(b"# Acmf\n")
        os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert likeness(pair[0]) != likeness(pair[1])
