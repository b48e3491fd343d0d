"""A board's files read from disk: only what is the board's, and nothing that could hurt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kanban.errors import Ambiguous, NotFound
from kanban.folder.finding import find_board
from kanban.folder.reading import read_file, read_folder
from kanban.model.cards.boardfile import SIZE_CAP


def write(root: Path, name: str, data: bytes = b"x\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_what_belongs_to_a_board(tmp_path: Path) -> None:
    for name in ("board.yml", "q/a.md", "w/2026/b.md", "q/README.md", "scripts/mail.fr.md", "x.yaml", ".gitattributes"):
        write(tmp_path, name)
    for name in (".git/config.md", "q/.trash/c.md", "node_modules/d.md", "q/e.png", "q/.f.md", "q/g.md~", "sub/.git/x"):
        write(tmp_path, name)
    write(tmp_path, "sub/inner.md")
    files = read_folder(tmp_path)
    assert [file.path for file in files] == [
        ".gitattributes", "board.yml", "q/README.md", "q/a.md", "scripts/mail.fr.md", "w/2026/b.md", "x.yaml",
    ]  # fmt: skip
    assert {(file.mode, file.data, file.note) for file in files} == {("100644", b"x\n", "")}


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_links_pipes_and_large_files_are_named_and_left_alone(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.md", b"secret")
    root = tmp_path / "board"
    write(root, "q/big.md", b"x" * (SIZE_CAP + 1))
    write(root, "q/run.md").chmod(0o755)
    (root / "q/link.md").symlink_to(secret)
    (root / "column").symlink_to(tmp_path)
    (root / "q/broken.md").symlink_to("nowhere")
    os.mkfifo(root / "q/pipe.md")
    found = {file.path: (file.mode, file.data is None, file.note) for file in read_folder(root)}
    assert found == {
        "column": ("120000", True, "symlink"),
        "q/big.md": ("100644", True, "too-large"),
        "q/broken.md": ("120000", True, "symlink"),
        "q/link.md": ("120000", True, "symlink"),
        "q/pipe.md": ("", True, "special"),
        "q/run.md": ("100755", False, ""),
    }


def test_one_file(tmp_path: Path) -> None:
    write(tmp_path, "q/a.md", b"\xff")
    assert read_file(tmp_path, "q/a.md").data == b"\xff"
    assert read_file(tmp_path, "q/none.md").note == "missing"


def test_the_nearest_board_above(tmp_path: Path) -> None:
    write(tmp_path, "board.yml")
    write(tmp_path, "q/2026/a.md")
    write(tmp_path, "q/inner/board.yml")
    assert find_board(tmp_path / "q/2026") == tmp_path
    assert find_board(tmp_path / "q/2026/a.md") == tmp_path
    assert find_board(tmp_path / "q/inner") == tmp_path / "q/inner"


def test_the_only_board_below(tmp_path: Path) -> None:
    write(tmp_path, "teams/paris/board.yml")
    write(tmp_path, "teams/paris/inner/board.yml")
    write(tmp_path, "node_modules/x/board.yml")
    write(tmp_path, ".venv/board.yml")
    assert find_board(tmp_path) == tmp_path / "teams/paris"
    write(tmp_path, "teams/lyon/board.yml")
    with pytest.raises(Ambiguous) as several:
        find_board(tmp_path)
    assert several.value.candidates == (str(Path("teams/lyon")), str(Path("teams/paris")))


def test_a_board_above_the_repository_is_not_ours(tmp_path: Path) -> None:
    write(tmp_path, "board.yml")
    write(tmp_path, "project/.git/HEAD")
    write(tmp_path, "project/src/a.py")
    with pytest.raises(NotFound):
        find_board(tmp_path / "project/src")


def test_no_board_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as error:
        find_board(tmp_path)
    assert "kanban init" in error.value.cure
    with pytest.raises(NotFound):
        find_board(tmp_path / "nowhere")
