"""Attribute files: the line that decides is the one git itself takes, wherever the board and the file stand."""

from __future__ import annotations

import pytest

from kanban.lint.facts.attributes import deciding, merge_lines
from tests.conftest import GitFolder
from tests.lint.conftest import BOARD, Board, card

PATHS = ("sales/offre/acme.md", "sales/offre/2026/my card.md", "sales/board.yml", "sales/acme.md", "offre/acme.md")
LINES = (
    "*.md merge=union",
    "*.md text\tmerge=union eol=lf",
    "# *.md merge=union",
    "* merge=union",
    "/sales/** merge=union",
    "sales/*.md merge=union",
    "sales/**/*.md merge=union",
    "**/offre/*.md merge=union",
    "offre/*.md merge=union",
    "offre/ merge=union",
    "[ab]*.md merge=union",
    "[!ab]*.md merge=union",
    "a?me.md merge=union",
    '"sales/offre/2026/my card.md" merge=union',
    "*.md merge=union\nsales/offre/acme.md -merge",
    "*.md merge=union\n*.md merge=kanban",
    "*.md merge=union\n*.md binary",
    "*.md merge=union\n*.md !merge",
    "[attr]notes merge=union\n*.md notes",
)


def test_the_line_that_decides_is_the_one_git_takes(git_folder: GitFolder) -> None:
    for text in LINES:
        for files in ({".gitattributes": text}, {".gitattributes": "* -merge", "sales/.gitattributes": text}):
            for path, content in files.items():
                git_folder.write(path, content + "\n")
            said = git_folder.git("check-attr", "-z", "merge", "--", *PATHS).split("\0")
            theirs = {path for path, value in zip(said[::3], said[2::3], strict=False) if value == "union"}
            lines = merge_lines(files)
            ours = {path for path in PATHS if (line := deciding(lines, path)) and line.value == "union"}
            assert ours == theirs, files
        (git_folder.root / "sales/.gitattributes").unlink()


@pytest.fixture
def below(board: Board) -> Board:
    """The same board, a folder further down."""
    for path, text in {"sales/board.yml": BOARD, "sales/offre/acme.md": card()}.items():
        board.write(path, text)
    board.git("rm", "-rq", "prospects", "offre", "negociation", "gagne", "perdu", "nurturing", "board.yml")
    board.commit("a folder further down")
    return board


def test_a_line_above_the_board_is_found_in_the_folder_the_index_and_a_commit(below: Board) -> None:
    below.write(".gitattributes", "* text=auto\n*.md merge=union\n")
    said = below.lint("--select", "KB311", "--output-format", "concise").out
    assert said.startswith(".gitattributes:2:6: error KB311")
    assert below.codes("--select", "KB311", "--staged") == []
    below.git("add", "-A")
    assert below.codes("--select", "KB311", "--staged", "--changed-only") == ["KB311"]
    below.commit("union")
    assert below.codes("--select", "KB311", "--rev", "HEAD") == ["KB311"]
    assert below.codes("--select", "KB311", "--range", "HEAD~1..HEAD") == ["KB311"]


def test_the_cure_works_as_it_is_typed(below: Board) -> None:
    below.write(".gitattributes", "*.md merge=union\n")
    below.commit("union")
    assert below.kanban("-C", "sales", "init", "--merge-driver").code == 0
    assert below.codes("--select", "KB311") == []
