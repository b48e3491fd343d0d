"""What plain cards say is kept by what names their content: many cards of a folder are asked without being opened."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kanban.folder.reading import Looked, read_folder
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.repository.git import objects
from kanban.repository.git.command import GitCommand
from kanban.repository.git.repository import Repository
from kanban.repository.kept import sayings, silent_files
from kanban.repository.kept.index import Index
from kanban.repository.kept.silent_files import SilentBlobs, SilentFiles
from tests.boards import FIVE_COLUMNS, TODAY, card_text
from tests.conftest import GitFolder

OLD = 1_600_000_000
CARDS = {
    "a": card_text(),
    "b": card_text(title="Licences", tags="[x, y]", dor="[]"),
    "c": card_text("# Un titre\n\nune note\n"),
    "d": b"---\naccount: [\n---\n",
    "e": card_text(account='"ACME: fils"', formerly="[z]"),
    "f": b"no card at all\n",
}


@pytest.fixture(autouse=True)
def _everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent_files, "WORTH_KEEPING", 0)
    monkeypatch.setattr(silent_files, "WORTH_WRITING", 1)
    monkeypatch.setattr(silent_files, "SETTLED", -(10**15))
    monkeypatch.setattr(sayings, "FEW", 1)
    monkeypatch.setattr(sayings, "WORTH_WRITING", 1)


@pytest.fixture
def folder(git_folder: GitFolder) -> Path:
    git_folder.write("board.yml", FIVE_COLUMNS)
    for name, data in CARDS.items():
        git_folder.write(f"offre/{name}.md", data)
        git_folder.write(f"perdu/{name}2.md", data)
    git_folder.commit()
    return git_folder.root


def told(board: Board) -> list[tuple[object, ...]]:
    """What every card says, first what a look tells."""
    looks = [(one.id, one.title, dict(one.values), dict(one.written), one.readable) for one in board.cards]
    return [(*look, one.problems, one.body, one.text) for look, one in zip(looks, board.cards, strict=True)]


def on_disk(root: Path) -> Board:
    return read_board(read_folder(root, SilentFiles(root / ".git", root)), anchor=TODAY)


def plainly(root: Path) -> Board:
    return read_board(read_folder(root), anchor=TODAY)


def looks(board: Board) -> list[object]:
    """What the cards of a column say at a look."""
    return [(one.title, one.account, one.tags) for one in board.in_column("offre")]


def test_the_folder_says_the_same_and_plain_cards_are_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(3):
        assert told(on_disk(folder)) == told(plainly(folder))
    opened: list[str] = []
    read = silent_files.read_found
    monkeypatch.setattr(silent_files, "read_found", lambda path, name: opened.append(name) or read(path, name))
    assert looks(on_disk(folder)) == looks(plainly(folder))
    assert sorted(name for name in opened if name.startswith("offre/")) == [
        "offre/a.md",
        "offre/d.md",
        "offre/e.md",
        "offre/f.md",
    ]


def test_what_changed_is_read_anew(folder: Path) -> None:
    for _time in range(2):
        looks(on_disk(folder))
    file = folder / "offre/c.md"
    file.write_bytes(CARDS["c"].replace(b"ACME", b"EMCA"))
    assert "EMCA" in str(looks(on_disk(folder)))
    os.utime(file, (OLD, OLD))
    for _time in range(2):
        assert looks(on_disk(folder)) == looks(plainly(folder))
    file.write_bytes(CARDS["c"])
    os.utime(file, (OLD, OLD))
    assert looks(on_disk(folder)) == looks(plainly(folder))


def test_what_changes_between_two_looks_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a system tells no time that nobody can set back."""

    def by_size_and_date(path: str) -> Looked:
        told = os.stat(path)
        return Looked(f"{path}\0{told.st_size} {told.st_mtime_ns}", told.st_mtime_ns)

    monkeypatch.setattr(silent_files, "looked_at", by_size_and_date)
    looks(on_disk(folder))
    Index(folder / ".git").forget(sayings._KIND)
    board = on_disk(folder)
    old = (folder / "offre/b.md").stat()
    (folder / "offre/b.md").write_bytes(CARDS["b"].replace(b"ACME", b"EMCA"))
    looks(board)
    (folder / "offre/b.md").write_bytes(CARDS["b"])
    os.utime(folder / "offre/b.md", ns=(old.st_atime_ns, old.st_mtime_ns))
    for _time in range(2):
        assert looks(on_disk(folder)) == looks(plainly(folder))


def test_git_says_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanban.repository.git.objects.WORTH_LEAVING", 0)

    def at_head(*, kept: bool) -> Board:
        repository = Repository.find(folder)
        if kept:
            repository.leaves_unread(SilentBlobs(repository.common_dir, ""))
        return read_board(repository.files_at("HEAD"), anchor=TODAY)

    for _time in range(3):
        assert told(at_head(kept=True)) == told(at_head(kept=False))
    (folder / "offre/b.md").write_bytes(CARDS["b"].replace(b"ACME", b"EMCA"))
    GitFolder(folder).commit()
    for _time in range(2):
        assert told(at_head(kept=True)) == told(at_head(kept=False))


def test_a_row_that_is_gone_or_another_programs_is_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(on_disk(folder))
    monkeypatch.setattr(sayings, "VERSION", 99)
    assert looks(on_disk(folder)) == looks(plainly(folder))
    Index(folder / ".git").forget(sayings._KIND)
    assert looks(on_disk(folder)) == looks(plainly(folder))


def test_contents_at_hand_are_not_asked_of_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what stands in git as it does on the disk: line ends may differ, a card may be edited."""
    (folder / "offre/a.md").write_bytes(CARDS["a"].replace(b"\n", b"\r\n"))
    (folder / "offre/f.md").write_bytes(b"another\n")
    (folder / "perdu/f2.md").write_bytes(b"another\n")
    repository = Repository.find(folder)
    plain = repository.files_at("HEAD")
    asked: list[str] = []
    stream = objects.stream_blobs

    def noted(git: GitCommand, blobs: Iterable[str], limit: int | None = None) -> Iterator[tuple[str, bytes | None]]:
        asked.extend(names := list(blobs))
        return stream(git, names, limit)

    monkeypatch.setattr(objects, "stream_blobs", noted)
    at_hand = [file.data for file in read_folder(folder) if file.data is not None]
    assert Repository.find(folder).files_at("HEAD", at_hand=at_hand) == plain
    of = {file.path: file.blob for file in plain}
    assert set(asked) == {of["offre/f.md"]}
    assert objects.ids_of([b"x"], "0" * 64) == {}
