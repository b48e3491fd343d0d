"""Which open cards were changed since the last commit, and what git is asked for it."""

from __future__ import annotations

import pytest

from kanban.repository.git import objects
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

DAY = ("--as-of", "2026-10-05")


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Open cards of ten weeks ago, one of them in a folder of its column, and a lost one."""
    git_folder.write("board.yml", FIVE_COLUMNS.replace("key: offre", 'key: offre, folder: "offre [x]"'))
    for path in ("qualifies/a.md", "qualifies/in/b.md", "offre [x]/c.md", "perdu/lost.md"):
        git_folder.write(path, card_text(account=path))
    git_folder.commit(date="2026-08-01T10:00:00+02:00")
    return git_folder


def stale(board: GitFolder, kanban: Kanban) -> set[str]:
    told = kanban("-C", board.root, "lint", "--json", "--select", "KB503", *DAY)
    found = told.json["findings"]
    return {one["card"] for one in found}


@pytest.mark.parametrize("path", ["qualifies/a.md", "qualifies/in/b.md", "offre [x]/c.md"])
def test_a_changed_card_is_fresh(board: GitFolder, kanban: Kanban, path: str) -> None:
    assert stale(board, kanban) == {"a", "b", "c"}
    board.write(path, card_text("- called\n", account=path))
    assert stale(board, kanban) == {"a", "b", "c"} - {path[-4]}


def test_a_copy_in_a_closed_column_is_no_sign_of_an_idle_card(board: GitFolder, kanban: Kanban) -> None:
    """Which of the two goes on is asked elsewhere; until then neither is told to be idle."""
    board.write("perdu/a.md", card_text(account="qualifies/a.md"))
    assert stale(board, kanban) == {"b", "c"}


def test_closed_folders_are_not_listed(board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    real = objects.board_files

    def told(git: object, entries: list[objects.TreeEntry], *more: object) -> object:
        listed.extend(entry.path for entry in entries)
        return real(git, entries, *more)  # type: ignore[arg-type] # as it is called

    monkeypatch.setattr(objects, "board_files", told)
    assert stale(board, kanban) == {"a", "b", "c"}
    assert sorted(listed) == ["offre [x]/c.md", "qualifies/a.md", "qualifies/in/b.md"]
