"""`--fix`: splices on disk; shown with --diff; unsafe ones only when asked for; never over edits that are not staged."""

from __future__ import annotations

import os

import pytest

from kanban.errors import EditConflict
from kanban.folder.replacing import replace_file
from tests.lint.conftest import Board, card

UGLY = card(next_action_date="8 Oct 2026   # after lunch", extra='"kept"')
FIXED = UGLY.replace("8 Oct 2026 ", "2026-10-08 ")


def test_one_field_changes_and_every_other_byte_stays(board: Board) -> None:
    file = board.write("prospects/acme.md", b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    os.chmod(file, 0o640)
    answer = board.lint("--fix", "--select", "KB209")
    assert answer.code == 0
    assert "1 finding fixed" in answer.err
    assert file.read_bytes() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_diff_is_shown_that_git_applies_and_nothing_is_written(board: Board) -> None:
    board.write("prospects/acme.md", UGLY)
    (board.root / "offre/README.md").unlink()
    answer = board.lint("--fix", "--diff", "--select", "KB209,KB308")
    assert answer.code == 1
    assert (board.root / "prospects/acme.md").read_text("utf-8") == UGLY
    board.write("fix.diff", answer.out)
    board.git("apply", "fix.diff")
    assert (board.root / "prospects/acme.md").read_text("utf-8") == FIXED
    assert (board.root / "offre/README.md").read_text("utf-8").startswith("# offre\n")


def test_a_banner_is_rebuilt_and_words_added_by_hand_are_not_thrown_away(board: Board) -> None:
    file = board.root / "offre/README.md"
    file.unlink()
    board.lint("--fix")
    right = file.read_text("utf-8")
    file.write_text(right.replace("2 cards", "9 cards"), "utf-8")
    assert board.lint("--fix").code == 0
    assert file.read_text("utf-8") == right
    file.write_text(right + "- ask Ana first\n", "utf-8")
    assert board.codes("--fix") == ["KB309"]
    assert "ask Ana" in file.read_text("utf-8")
    board.lint("--fix", "--unsafe-fixes")
    assert file.read_text("utf-8") == right


def test_a_guess_is_made_only_when_asked_for(board: Board) -> None:
    file = board.write("prospects/acme.md", card(next_action_date=""))
    assert board.lint("--fix").code == 1
    assert "next_action_date" not in file.read_text("utf-8")
    assert board.lint("--fix", "--unsafe-fixes").code == 0
    assert "next_action_date: 2026-10-06" in file.read_text("utf-8")


def test_several_fixes_of_one_file_come_together(board: Board) -> None:
    file = board.write("prospects/acme.md", b"\xef\xbb\xbf\n" + UGLY.encode())
    assert board.lint("--fix").code == 0
    assert file.read_bytes() == FIXED.encode()


def test_a_waiver_that_holds_nothing_is_dropped_and_the_others_stay(board: Board) -> None:
    waivers = '"KB501 until 2026-12-31: a", "KB502 until 2026-12-31: b"'
    file = board.write("prospects/acme.md", card(next_action_date="", lint_ignore=f"[{waivers}]"))
    assert board.lint("--fix").code == 0
    assert 'lint_ignore: ["KB501 until 2026-12-31: a"]' in file.read_text("utf-8")
    board.write("prospects/acme.md", card(lint_ignore='["KB501 until 2026-12-31: a"]'))
    board.lint("--fix")
    assert file.read_text("utf-8") == card()


def test_staged_cards_are_fixed_on_disk_and_have_to_be_staged_again(board: Board) -> None:
    file = board.write("prospects/acme.md", UGLY)
    board.git("add", "-A")
    answer = board.lint("--staged", "--fix")
    assert answer.code == 1
    assert "git add" in answer.err
    assert file.read_text("utf-8") == FIXED
    board.git("add", "-A")
    assert board.lint("--staged", "--fix").code == 0


def test_only_the_fixes_are_told_when_only_they_are_wanted(board: Board) -> None:
    file = board.write("prospects/acme.md", UGLY.replace("owner: Zoé", "owner: Zoé\nstatus: prospects"))
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    board.git("add", "-A")
    answer = board.lint("--staged", "--fix-only")
    assert (answer.code, answer.out) == (1, "")
    assert "2 findings fixed" in answer.err
    assert file.read_text("utf-8") == FIXED
    board.git("add", "-A")
    assert board.lint("--staged", "--fix-only").code == 0
    assert board.lint("--fix-only", "--diff").code == 0


def test_edits_that_are_not_staged_are_never_written_over(board: Board) -> None:
    board.write("prospects/acme.md", UGLY)
    board.git("add", "-A")
    edited = UGLY.replace("Zoé", "Karim")
    file = board.write("prospects/acme.md", edited)
    answer = board.lint("--staged", "--fix")
    assert "not staged" in answer.err
    assert file.read_text("utf-8") == edited


def test_a_broken_card_is_left_alone_where_it_would_be_a_guess(board: Board) -> None:
    broken = "---\naccount: ACME\nneed: a: b # c\nnext_action_date: 8 Oct 2026\n---\n"
    file = board.write("prospects/acme.md", broken)
    assert board.lint("--fix", "--unsafe-fixes").code == 1
    assert file.read_text("utf-8") == broken


def test_a_broken_card_is_healed_then_mended_and_nothing_is_left_to_fix(board: Board) -> None:
    broken = "---\naccount: ACME\nnext_action: rappeler : budget\nnext_action_date: 8 Oct 2026\nmontant: 5 k€\n---\n"
    file = board.write("prospects/acme.md", broken)
    answer = board.lint("--fix", "--unsafe-fixes")
    assert file.read_text("utf-8") == (
        '---\naccount: ACME\nnext_action: "rappeler : budget"\nnext_action_date: 2026-10-08\namount: 5 k€\n---\n'
    )
    assert "can be fixed" not in answer.out


def test_a_file_that_changed_meanwhile_is_not_replaced(board: Board) -> None:
    board.write("prospects/acme.md", "now\n")
    with pytest.raises(EditConflict):
        replace_file(board.root, "prospects/acme.md", b"before\n", b"after\n")
    (board.root / "prospects/link.md").symlink_to("acme.md")
    with pytest.raises(EditConflict):
        replace_file(board.root, "prospects/link.md", b"now\n", b"after\n")
    assert (board.root / "prospects/acme.md").read_text("utf-8") == "now\n"
    assert not list((board.root / "prospects").glob(".acme*"))
