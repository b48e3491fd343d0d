"""Steps: between two boards, in a range of commits, over a merge, in a push; and the reasons their messages give."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.lint.steps.step import Step
from kanban.lint.steps.transitions import steps_between
from kanban.repository.read.pushed_commits import Update, pushed, received
from tests.boards import FIVE_COLUMNS, board_of, card_text
from tests.lint.conftest import MONDAY, Board, card

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("message", "excused"),
    [
        ("acme back", False),
        ("acme back\n\nReason: budget postponed", True),
        ("acme back\n\nRaison : budget reporté", True),
        ("acme back\n\nreason: budget", True),
        ("acme back\n\nReason:", False),
        ("acme back\n\nOverride: pull-order: the customer asked", True),
        ("acme back\n\nOverride: wip-column: the fair", False),
        ("squashed (#12)\n\n* acme back\n\nReason: budget\n\n* something else\n\nmore text", True),
        (None, False),
    ],
)
def test_a_message_gives_a_reason_or_does_not(message: str | None, excused: bool) -> None:
    assert Step("acme", "offre", "prospects", DAY, "c", message).excused("pull-order") is excused


def test_a_column_that_is_called_otherwise_has_moved_no_card() -> None:
    old = {"offre/a.md": card_text(), "offre/b.md": card_text()}
    new = {"devis/a.md": card_text(), "qualifies/b.md": card_text()}
    board = board_of(new, FIVE_COLUMNS.replace("{key: offre,", "{key: devis,"))
    found = steps_between((board_of(old),), board, DAY)
    assert [(one.card, one.source, one.target) for one in found] == [("b", "devis", "qualifies")]


def move(board: Board, source: str, target: str, message: str, name: str = "acme") -> None:
    board.git("mv", f"{source}/{name}.md", f"{target}/{name}.md")
    board.commit(message, date=MONDAY)


def test_steps_made_one_by_one_are_no_jump(board: Board) -> None:
    move(board, "prospects", "offre", "on")
    move(board, "offre", "negociation", "on")
    assert board.codes("--range", "HEAD~2..HEAD") == []


def test_one_jump_in_a_range_is_told_with_its_commit(board: Board) -> None:
    move(board, "prospects", "negociation", "jump")
    board.write("notes.txt", "x")
    board.commit("unrelated", date=MONDAY)
    answer = board.lint("--range", "HEAD~2..HEAD", "--output-format", "concise")
    assert answer.code == 1
    assert "KB401" in answer.out
    assert board.git("rev-parse", "HEAD~1")[:10] in answer.out
    assert board.codes("--range", "HEAD~1..HEAD") == []


def test_a_step_back_and_a_return_need_reasons(board: Board) -> None:
    move(board, "prospects", "offre", "on")
    move(board, "offre", "prospects", "back")
    move(board, "prospects", "perdu", "lost")
    move(board, "perdu", "prospects", "again")
    assert sorted(board.codes("--range", "HEAD~4..HEAD", "--select", "KB4")) == ["KB402", "KB403"]


def test_what_is_staged_is_only_warned_about_until_its_message_is_there(board: Board) -> None:
    move(board, "prospects", "offre", "on")
    board.git("mv", "offre/acme.md", "prospects/acme.md")
    assert board.lint("--staged").code == 0
    assert board.codes("--staged") == ["KB402"]
    board.write("MESSAGE", "back\n\n# Reason: a comment does not count\n")
    assert board.lint("--commit-msg", "MESSAGE").code == 1
    board.write("MESSAGE", "back\n\nReason: budget postponed\n")
    good = board.lint("--commit-msg", "MESSAGE")
    assert (good.code, good.out) == (0, "")


def test_a_renamed_card_is_neither_deleted_nor_new(board: Board) -> None:
    board.git("mv", "prospects/acme.md", "prospects/acme-sas.md")
    board.write("prospects/acme-sas.md", card(formerly="[acme]"))
    board.git("add", "-A")
    assert board.codes("--staged") == []
    board.commit("renamed", date=MONDAY)
    assert board.codes("--range", "HEAD~1..HEAD") == []


def test_a_merge_answers_only_for_what_it_does_itself(board: Board) -> None:
    board.write("offre/two.md", card("Two"))
    board.commit("two", date=MONDAY)
    board.git("switch", "-q", "-c", "other")
    board.git("rm", "-q", "prospects/acme.md")
    board.commit("made by mistake\n\nReason: created twice", date=MONDAY)
    board.git("switch", "-q", "main")
    board.write("offre/three.md", card("Three"))
    board.commit("three", date=MONDAY)
    board.git("merge", "-q", "--no-commit", "other")
    assert board.codes("--staged", "--select", "KB4") == []
    board.git("rm", "-q", "offre/two.md")
    assert board.codes("--staged", "--select", "KB4") == ["KB404"]


def test_a_server_checks_what_is_pushed_to_it(board: Board) -> None:
    old = board.git("rev-parse", "HEAD").strip()
    move(board, "prospects", "negociation", "jump")
    new = board.git("rev-parse", "HEAD").strip()
    lines = f"{old} {new} refs/heads/main\n{'0' * 40} {new} refs/tags/v1\n{old} {'0' * 40} refs/heads/gone\n"
    answer = board.lint("--pre-receive", "--output-format", "concise", stdin=lines)
    assert answer.code == 1
    assert answer.out.count("KB401") == 1
    assert board.lint("--pre-receive", stdin="").code == 0


def test_a_bare_repository_is_enough_for_the_server(board: Board) -> None:
    bare = board.root.parent / "bare.git"
    board.git("clone", "-q", "--bare", ".", str(bare))
    old = board.git("rev-parse", "HEAD").strip()
    move(board, "prospects", "negociation", "jump")
    new = board.git("rev-parse", "HEAD").strip()
    board.git("push", "-q", str(bare), "HEAD:refs/heads/side")
    answer = board.kanban("-C", str(bare), "lint", "--pre-receive", stdin=f"{old} {new} refs/heads/main\n")
    assert answer.code == 1
    assert "KB401" in answer.out


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a1 b2 refs/heads/main"], [Update("refs/heads/main", "a1", "b2")]),
        (["0000 b2 refs/heads/new"], [Update("refs/heads/new", None, "b2")]),
        (["a1 0000 refs/heads/old"], [Update("refs/heads/old", "a1", None)]),
        (["a1 b2 refs/tags/v1", "", "nonsense"], [Update("refs/tags/v1", "a1", "b2")]),
    ],
)
def test_what_pre_receive_is_told(lines: list[str], expected: list[Update]) -> None:
    assert list(received(lines)) == expected


@pytest.mark.parametrize(
    ("lines", "environment", "expected"),
    [
        (["refs/heads/x b2 refs/heads/main a1"], {}, [Update("refs/heads/main", "a1", "b2")]),
        (["refs/heads/x b2 refs/heads/main 0000"], {}, [Update("refs/heads/main", None, "b2")]),
        (["(delete) 0000 refs/heads/main a1"], {}, [Update("refs/heads/main", "a1", None)]),
        ([], {"PRE_COMMIT_FROM_REF": "a1", "PRE_COMMIT_TO_REF": "b2"}, [Update("", "a1", "b2")]),
        ([], {}, []),
    ],
)
def test_what_pre_push_is_told(lines: list[str], environment: dict[str, str], expected: list[Update]) -> None:
    assert list(pushed(lines, environment)) == expected


def test_a_file_that_only_got_another_name_is_no_deletion(board: Board) -> None:
    """Before the commit as after it: the same content under another name is the same card."""
    board.write("offre/delta.md", card("delta"))
    board.commit("delta", date=MONDAY)
    board.git("mv", "offre/delta.md", "offre/delta-group.md")
    assert board.codes("--staged", "--select", "KB404,KB408") == []
    board.write("offre/delta-group.md", card("other"))
    board.git("add", "-A")
    assert board.codes("--staged", "--select", "KB404") == ["KB404"]
