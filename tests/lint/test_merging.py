"""A merge about to be committed: what it takes over from the other side is not judged again, what it makes is."""

from __future__ import annotations

from tests.lint.conftest import Board, card

UNDATED = card("Norvane", next_action_date="")
HOOK = ("--staged", "--changed-only")


def on_two_sides(board: Board, theirs: dict[str, str], ours: dict[str, str]) -> None:
    """Commit on `other` and on `main`, then begin to merge."""
    board.git("switch", "-qc", "other")
    for side, files in (("main", theirs), ("", ours)):
        for path, text in files.items():
            board.write(path, text)
        board.commit("work")
        if side:
            board.git("switch", "-q", side)
    board.git("merge", "-q", "--no-commit", "--no-ff", "other", check=False)


def test_a_card_that_comes_as_the_other_side_has_it_was_judged_there(board: Board) -> None:
    on_two_sides(board, {"prospects/norvane.md": UNDATED}, {"prospects/acme.md": card(amount="30000")})
    assert board.codes(*HOOK) == []
    assert board.codes("--staged") == ["KB501"]


def test_a_card_that_the_merge_itself_makes_is_judged(board: Board) -> None:
    on_two_sides(
        board,
        {"prospects/acme.md": card(amount="30000", body="one line\n")},
        {"prospects/acme.md": card(next_action_date="2026-10-09")},
    )
    board.write("prospects/acme.md", card(next_action_date=""))
    board.git("add", "-A")
    assert board.codes(*HOOK) == ["KB501"]


def test_a_limit_counts_what_both_sides_brought(board: Board) -> None:
    on_two_sides(board, {"negociation/one.md": card("One")}, {"negociation/two.md": card("Two")})
    assert board.codes(*HOOK) == ["KB304"]


def test_both_sides_of_one_card_are_told_once_with_the_way_to_settle_them(board: Board) -> None:
    board.git("switch", "-qc", "other")
    board.git("mv", "prospects/acme.md", "offre/acme.md")
    board.commit("other")
    board.git("switch", "-q", "main")
    board.git("mv", "prospects/acme.md", "negociation/acme.md")
    board.commit("main")
    board.git("merge", "-q", "other", check=False)
    assert set(board.codes("--select", "KB3")) == {"KB307"}
