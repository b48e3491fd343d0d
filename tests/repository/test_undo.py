"""`undo` takes back the last kanban commit, and never anything that came later or was never committed."""

from __future__ import annotations

import pytest

from kanban.errors import EditConflict, NotFound
from kanban.gestures.base.change import PathChange
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.undo import last_gesture, undo
from kanban.repository.write.writing import publish
from tests.conftest import GitFolder
from tests.repository.writing_support import CARD, MOVE, NEW, OLD, assert_sound, board, committed, own_by, picture


def gesture(folder: GitFolder, verb: str, *changes: PathChange) -> str:
    message = commit_message(f"{verb} acme", "", [("Card", "acme"), ("Kanban", verb)])
    done = publish(Repository.find(folder.root), lambda: Publication(changes, message))
    assert done.commit
    return done.commit


def tree(folder: GitFolder, revision: str = "HEAD") -> str:
    return folder.git("rev-parse", revision + "^{tree}").strip()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(MOVE, id="move"),
        pytest.param(PathChange.moved(OLD, NEW, own_by("Ana")), id="move-and-edit"),
        pytest.param(PathChange.moved(OLD, "board/qualifies/acme-sso.md", own_by("Ana")), id="rename-and-edit"),
        pytest.param(PathChange.edited(OLD, own_by("Ana")), id="edit"),
        pytest.param(PathChange.created("board/prospects/new.md", b"x\n"), id="new"),
        pytest.param(PathChange.removed(OLD), id="remove"),
    ],
)
def test_undo_gives_back_the_tree_before(git_folder: GitFolder, change: PathChange) -> None:
    board(git_folder)
    before = tree(git_folder)
    commit = gesture(git_folder, "move", change)
    git_folder.write("notes.txt", "later work of another kind\n")
    git_folder.git("add", "notes.txt")
    git_folder.git("commit", "-qm", "notes")
    done = undo(Repository.find(git_folder.root))
    assert done.commit
    git_folder.git("rm", "-q", "notes.txt")
    assert git_folder.git("write-tree").strip() == before
    git_folder.git("reset", "-q", "--hard")
    assert git_folder.git("log", "-1", "--format=%(trailers:key=Undoes,valueonly)").strip() == commit
    assert git_folder.git("log", "-1", "--format=%s").strip() == "undo: move acme"
    assert_sound(git_folder)


def test_undo_again_goes_one_further_back(git_folder: GitFolder) -> None:
    board(git_folder)
    start = tree(git_folder)
    gesture(git_folder, "set", PathChange.edited(OLD, own_by("Ana")))
    middle = tree(git_folder)
    gesture(git_folder, "move", MOVE)
    repo = Repository.find(git_folder.root)
    assert last_gesture(repo).verb == "move"
    undo(repo)
    assert tree(git_folder) == middle
    undo(repo)
    assert tree(git_folder) == start
    with pytest.raises(NotFound):
        undo(repo)
    gesture(git_folder, "move", MOVE)
    assert last_gesture(repo).cards == ("acme",)
    undo(repo)
    assert tree(git_folder) == start


def test_a_gesture_taken_back_by_git_revert_is_not_undone_again(git_folder: GitFolder) -> None:
    board(git_folder)
    gesture(git_folder, "set", PathChange.edited(OLD, own_by("Ana")))
    gesture(git_folder, "move", MOVE)
    git_folder.git("revert", "--no-edit", "HEAD")
    undo(Repository.find(git_folder.root))
    assert (git_folder.root / OLD).read_text() == CARD


def test_undo_of_the_very_first_commit(git_folder: GitFolder) -> None:
    gesture(git_folder, "init", PathChange.created(OLD, CARD.encode()))
    undo(Repository.find(git_folder.root))
    assert committed(git_folder) == [f"D\t{OLD}"]


def test_a_dry_run_tells_and_changes_nothing(git_folder: GitFolder) -> None:
    board(git_folder)
    gesture(git_folder, "move", MOVE)
    before = picture(git_folder)
    assert undo(Repository.find(git_folder.root), dry_run=True).paths == (OLD, NEW)
    assert picture(git_folder) == before


@pytest.mark.parametrize("what", ["committed", "draft", "staged", "in-the-way"])
def test_later_work_on_the_same_card_is_refused(git_folder: GitFolder, what: str) -> None:
    board(git_folder)
    gesture(git_folder, "move", MOVE)
    git_folder.write(OLD if what == "in-the-way" else NEW, CARD + "later\n")
    if what in ("committed", "staged"):
        git_folder.git("add", NEW)
    if what == "committed":
        git_folder.git("commit", "-qm", "later")
    before = picture(git_folder)
    with pytest.raises(EditConflict) as refusal:
        undo(Repository.find(git_folder.root))
    assert refusal.value.cure
    assert picture(git_folder) == before


def test_commits_that_kanban_did_not_make_are_not_its_to_undo(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.git("commit", "-q", "--allow-empty", "-m", "Kanban: move\n\nKanban: is a nice word\nand this no trailer")
    with pytest.raises(NotFound):
        undo(Repository.find(git_folder.root))


def test_a_teammates_gesture_is_not_taken_back(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    board(git_folder)
    gesture(git_folder, "set", PathChange.edited(OLD, own_by("Ana")))
    with monkeypatch.context() as theirs:
        theirs.setenv("GIT_AUTHOR_EMAIL", "ana@example.org")
        gesture(git_folder, "move", PathChange.moved("board/prospects/beta.md", "board/qualifies/beta.md"))
    repo = Repository.find(git_folder.root)
    assert last_gesture(repo).verb == "set"
    undo(repo)
    assert (git_folder.root / OLD).read_text() == CARD
    assert (git_folder.root / "board/qualifies/beta.md").exists()


def test_a_merge_is_no_gesture(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.git("switch", "-qc", "other")
    git_folder.write("board/prospects/theirs.md", CARD)
    git_folder.commit("theirs")
    git_folder.git("switch", "-q", "main")
    mine = gesture(git_folder, "move", MOVE)
    git_folder.git("merge", "-q", "--no-ff", "-m", "merge the shared board\n\nKanban: sync", "other")
    assert last_gesture(Repository.find(git_folder.root)).commit == mine
