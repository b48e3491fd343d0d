"""`kanban diff` in real repositories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep(one_in=3)


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("sales/board.yml", FIVE_COLUMNS)
    git_folder.write("sales/prospects/acme.md", card_text(amount="28000"))
    git_folder.write("sales/offre/beta.md", card_text(account="Beta", amount="5000"))
    git_folder.commit("start", date="2026-10-01T10:00:00+02:00")
    git_folder.git("switch", "-qc", "branch")
    git_folder.write("sales/offre/acme.md", card_text("long note\n" * 30, amount="28000", owner="Zoé", contact="M. D"))
    (git_folder.root / "sales/prospects/acme.md").unlink()
    git_folder.commit("pull acme", date="2026-10-04T10:00:00+02:00")
    return git_folder


def diff(kanban: Kanban, board: GitFolder, *arguments: str) -> dict[str, Any]:
    answer = kanban("-C", board.root / "sales", "diff", *arguments, "--json", "--as-of", "2026-10-05")
    assert answer.code == 0, answer.err
    document: dict[str, Any] = answer.json
    return document


def test_a_branch_against_main_counts_days_and_the_merge(board: GitFolder, kanban: Kanban) -> None:
    board.git("switch", "-q", "main")
    board.write("sales/offre/gamma.md", card_text(account="Gamma"))
    board.commit("gamma", date="2026-10-03T10:00:00+02:00")
    found = diff(kanban, board, "main...branch")
    (move,) = found["moves"]
    assert (move["card"], move["target"], move["days"]) == ("acme", "offre", 3)
    assert found["added"] == []
    assert found["removed"] == []
    (room,) = found["wip"]
    assert (room["base"], room["head"], room["merged"], room["limit"]) == (1, 2, 3, 2)
    assert found["board"] == "sales"


def test_without_the_dots_both_tips_are_compared(board: GitFolder, kanban: Kanban) -> None:
    board.git("switch", "-q", "main")
    board.write("sales/offre/gamma.md", card_text(account="Gamma"))
    board.commit("gamma", date="2026-10-03T10:00:00+02:00")
    found = diff(kanban, board, "main", "branch")
    assert [card["card"] for card in found["removed"]] == ["gamma"]
    assert diff(kanban, board, "main..branch") == found
    assert diff(kanban, board, "main", "branch", "--merge-base") == diff(kanban, board, "main...branch")


def test_the_folder_as_it_stands_against_the_last_commit(board: GitFolder, kanban: Kanban) -> None:
    assert diff(kanban, board)["changed"] == 0
    (board.root / "sales/gagne").mkdir()
    (board.root / "sales/offre/beta.md").rename(board.root / "sales/gagne/beta.md")
    (move,) = diff(kanban, board)["moves"]
    assert (move["card"], move["kind"], move["days"]) == ("beta", "won", 4)


def test_exit_code_as_git(board: GitFolder, kanban: Kanban) -> None:
    assert kanban("-C", board.root, "diff", "main", "branch", "--exit-code").code == 1
    assert kanban("-C", board.root, "diff", "main", "main", "--exit-code").code == 0
    assert kanban("-C", board.root, "diff", "nowhere").code == 2


@pytest.mark.parametrize(
    ("since", "changed"),
    [("yesterday", 1), ("1 day ago", 1), ("hier", 1), ("il y a 4 jours", 2), ("2026-10-05", 0), ("2026-10-02", 1)],
)
def test_a_digest_since_a_day(board: GitFolder, kanban: Kanban, since: str, changed: int) -> None:
    assert diff(kanban, board, "--since", since)["changed"] == changed


def test_a_day_nobody_understands_is_refused(board: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", board.root, "diff", "--since", "the other day")
    assert (answer.code, "--since" in answer.err) == (2, True)


def test_every_format_gives_the_same_bytes_twice(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    for form in ("text", "json", "markdown", "html"):
        made = []
        for name in ("one", "two"):
            file = tmp_path / name
            where = ("--format", form, "--output-file", file, "--as-of", "2026-10-05")
            assert kanban("-C", board.root, "diff", "main", "branch", *where).code == 0
            made.append(file.read_bytes())
        assert made[0] == made[1]
        assert made[0]


def test_a_stored_report_is_told_again_without_a_repository(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    kanban("-C", board.root, "diff", "main", "branch", "--format", "json", "--output-file", file)
    direct = kanban("-C", board.root, "diff", "main", "branch", "--format", "markdown").out
    assert kanban("-C", tmp_path, "diff", "--from-json", file, "--format", "markdown").out == direct
    file.write_text(file.read_text().replace('"changed": 1', '"changed": "<b>"'))
    assert kanban("-C", tmp_path, "diff", "--from-json", file).code == 2


def test_a_shallow_clone_tells_no_days(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    board.write("sales/gagne/x", "")
    board.git("mv", "sales/offre/beta.md", "sales/gagne/beta.md")
    board.commit("won", date="2026-10-05T10:00:00+02:00")
    clone = GitFolder(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "2", f"file://{board.root}", "branch")
    clone.git("checkout", "-q", "FETCH_HEAD")
    (move,) = diff(kanban, clone, "HEAD~1", "HEAD")["moves"]
    assert move["days"] is None


def test_steps_that_nobody_could_judge_are_said_first(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    """A clone that is cut off, a branch of another beginning: what is not looked at is not green."""
    clone = GitFolder(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "1", f"file://{board.root}", "branch:branch", "main:parent")
    clone.git("switch", "-q", "branch")
    board.git("checkout", "-q", "--orphan", "anew")
    board.commit("the history written anew", date="2026-10-04T10:00:00+02:00")
    board.git("branch", "-f", "branch", "anew")
    for where, base, cure in (
        (clone, "parent", "kanban doctor --repair"),
        (board, "main", "no commit in common"),
    ):
        found = diff(kanban, where, f"{base}...branch")
        assert cure in found["unjudged"]
        told = kanban("-C", where.root / "sales", "diff", f"{base}...branch", "--as-of", "2026-10-05").out
        assert told.startswith("Steps not judged. 1 card moved.")
        assert cure in told
