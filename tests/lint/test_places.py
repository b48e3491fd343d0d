"""Where the board is read from: working tree, index, revision, range, merge, push and buffer, each with its own truth."""

from __future__ import annotations

import pytest

from tests.lint.conftest import BOARD, MONDAY, Board, card

UNDATED = card("Norvane", next_action_date="")


def test_a_clean_board_is_clean(board: Board) -> None:
    answer = board.lint()
    assert (answer.code, answer.out, answer.err) == (0, "The board keeps its rules.\n", "")


def test_the_working_tree_is_read_as_it_is_on_disk(board: Board) -> None:
    board.write("offre/norvane.md", UNDATED)
    assert board.codes() == ["KB501"]
    assert board.lint().code == 1


def test_the_index_is_read_whatever_the_disk_says(board: Board) -> None:
    board.write("offre/norvane.md", UNDATED)
    board.git("add", "-A")
    board.write("offre/norvane.md", card("Norvane"))
    assert board.codes("--staged") == ["KB501"]
    assert board.codes() == []


def test_a_moved_card_whose_old_place_is_still_on_disk_is_no_duplicate_in_the_index(board: Board) -> None:
    board.git("mv", "prospects/acme.md", "offre/acme.md")
    board.write("prospects/acme.md", card())
    assert board.codes("--staged") == []
    assert board.codes() == ["KB303"]


def test_a_revision_is_read_without_a_checkout(board: Board) -> None:
    board.write("offre/norvane.md", UNDATED)
    bad = board.commit("bad", date=MONDAY)
    board.git("rm", "-q", "offre/norvane.md")
    board.commit("good", date=MONDAY)
    assert board.codes("--rev", bad) == ["KB501"]
    assert board.codes("--rev", "HEAD") == []


def test_two_green_branches_can_exceed_a_limit_together(board: Board) -> None:
    board.write("negociation/one.md", card("One"))
    board.commit("one", date=MONDAY)
    board.git("switch", "-q", "-c", "other", "HEAD~1")
    board.write("negociation/two.md", card("Two"))
    board.commit("two", date=MONDAY)
    assert board.codes() == []
    assert board.codes("--rev", "main") == []
    assert board.codes("--merge-with", "main") == ["KB304"]
    assert board.lint("--merge-with", "main").code == 1


def test_a_buffer_stands_for_its_file_and_only_its_findings_are_told(board: Board) -> None:
    board.write("offre/norvane.md", UNDATED)
    answer = board.lint("--stdin-filename", "prospects/acme.md", "--output-format", "concise", stdin=UNDATED)
    assert "prospects/acme.md" in answer.out
    assert "offre/norvane.md" not in answer.out
    assert answer.code == 1


def test_only_changed_cards_are_told_and_the_board_always(board: Board) -> None:
    board.write("offre/old.md", UNDATED)
    board.commit("old mistakes", date=MONDAY)
    board.write("negociation/one.md", card("One"))
    board.write("negociation/two.md", card("Two", next_action_date=""))
    board.git("add", "-A")
    assert board.codes("--staged", "--changed-only") == ["KB304", "KB501"]
    assert board.codes("--staged") == ["KB304", "KB501", "KB501"]


def test_nothing_staged_under_the_board_is_nothing_to_say(board: Board) -> None:
    board.write("offre/old.md", UNDATED)
    board.commit("old mistakes", date=MONDAY)
    board.write("notes.txt", "not the board's")
    board.git("add", "-A")
    assert board.lint("--staged", "--changed-only").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], "no file or folder nowhere.md"),
        (["--rev", "nope"], "no commit called"),
        (["--range", "HEAD"], "no range"),
        (["--select", "KB999"], "no rule"),
        (["--ignore", "missing-next-step"], "did you mean `missing-next-action`"),
        (["--per-path-ignores", "nonsense"], "pattern and rules"),
        (["--staged", "--rev", "HEAD"], "choose one"),
        (["--fix", "--rev", "HEAD"], "works on files"),
        (["--diff"], "needs `--fix`"),
        (["--baseline", "none.json"], "cannot be read"),
        (["--output-file", "no/such/folder"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_exits_2(board: Board, arguments: list[str], said: str) -> None:
    answer = board.lint(*arguments)
    assert answer.code == 2
    assert said in answer.err
    assert not answer.out


def test_a_broken_board_file_exits_2_with_its_line(board: Board) -> None:
    board.write("board.yml", "columns: [\n")
    answer = board.lint()
    assert answer.code == 2
    assert "board.yml:" in answer.err


def test_outside_a_repository_the_index_cannot_be_read(board: Board, tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = tmp_path_factory.mktemp("plain")
    (plain / "board.yml").write_text(BOARD, "utf-8")
    assert board.kanban("-C", str(plain), "lint", "--staged").code == 2
    answer = board.kanban("-C", str(plain), "lint")
    assert answer.code == 0
    assert "not in a git repository" in answer.err
