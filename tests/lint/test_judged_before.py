"""Closed cards in which nothing was found are not read again, and told as soon as something is to be found in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kanban.model.cards import read_card
from kanban.repository.kept import judgements
from kanban.repository.kept.index import Index
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

DAY = ("--as-of", "2026-10-05")
LOST = card_text("## Notes\n", next_action="", next_action_date="", lost_reason="price", close_date="2026-09-30")


@pytest.fixture
def board(git_folder: GitFolder, kanban: Kanban) -> GitFolder:
    """A lost card without fault, and an open one; judged once."""
    git_folder.write("board.yml", FIVE_COLUMNS)
    git_folder.write("perdu/lost.md", LOST)
    git_folder.write("offre/open.md", card_text())
    git_folder.commit(date="2026-10-01T10:00:00+02:00")
    assert "lost" not in told(git_folder, kanban)
    return git_folder


def told(board: GitFolder, kanban: Kanban, *options: str) -> set[str]:
    """The cards about which something is told; the same with and without what is kept."""
    call = ("-C", board.root, "lint", "--json", *options, *(DAY if "--as-of" not in options else ()))
    answer = kanban(*call)
    assert answer == kanban("--no-cache", *call)
    return {one["card"] for one in answer.json["findings"]}


CHANGES: dict[str, Callable[[GitFolder], object]] = {
    "another reason": lambda board: board.write("perdu/lost.md", LOST.replace(b"price", b"odd")),
    "a problem": lambda board: board.write("perdu/lost.md", b"---\naccount: [\n---\n"),
    "another column": lambda board: (board.root / "perdu/lost.md").rename(board.write("gagne/lost.md", "")),
    "a program": lambda board: (board.root / "perdu/lost.md").chmod(0o755),
    "other reasons": lambda board: board.write("board.yml", FIVE_COLUMNS + "lost_reasons: [odd]\n"),
    "another kind of column": lambda board: board.write("board.yml", FIVE_COLUMNS.replace("kind: lost", "kind: won")),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_what_changes_is_judged_again(board: GitFolder, kanban: Kanban, change: str) -> None:
    CHANGES[change](board)
    assert "lost" in told(board, kanban)
    assert "lost" in told(board, kanban)


def test_a_date_without_a_year_is_judged_each_day(board: GitFolder, kanban: Kanban) -> None:
    board.write("perdu/lost.md", LOST.replace(b"2026-09-30", b"30/09"))
    board.write("board.yml", "language: fr\n" + FIVE_COLUMNS)
    for _time in range(2):
        assert "lost" in told(board, kanban)
        assert "lost" in told(board, kanban, "--as-of", "2027-10-05")


def test_other_rules_judge_again(board: GitFolder, kanban: Kanban) -> None:
    board.write("perdu/lost.md", LOST.replace(b"price", b"odd"))
    assert "lost" not in told(board, kanban, "--select", "KB1")
    assert "lost" in told(board, kanban)
    assert "lost" not in told(board, kanban, "--select", "KB1")


def test_a_merge_left_open_is_told(board: GitFolder, kanban: Kanban) -> None:
    board.git("checkout", "-q", "-b", "side")
    board.write("perdu/lost.md", LOST + b"theirs\n")
    board.commit()
    board.git("checkout", "-q", "main")
    board.write("perdu/lost.md", LOST + b"ours\n")
    board.commit()
    board.git("merge", "-q", "side", check=False)
    board.write("perdu/lost.md", LOST)
    assert "lost" in told(board, kanban)


@pytest.mark.parametrize("options", [(), ("--staged",), ("--staged", "--changed-only")])
def test_untouched_closed_cards_are_not_read(
    board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    for number in range(20):
        board.write(f"perdu/lost-{number}.md", LOST.replace(b"ACME", b"ACME %d" % number))
    board.commit(date="2026-10-01T11:00:00+02:00")
    board.write("offre/open.md", card_text(owner="Zoé"))
    board.git("add", "-A")
    kanban("-C", board.root, "lint", *options, *DAY)
    seen: list[str] = []
    look = read_card.Taking.look

    def counted(taking: read_card.Taking) -> dict[str, object] | None:
        seen.append(taking._id)
        return look(taking)

    monkeypatch.setattr(read_card.Taking, "look", counted)
    kanban("-C", board.root, "lint", *options, *DAY)
    assert {name for name in seen if name} == {"open"}  # a past version, of the same card, has no name


def test_what_is_remembered_is_one_row_and_has_an_end(
    board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        board.write(f"perdu/more-{number}.md", LOST.replace(b"ACME", b"ACME %d" % number))
    told(board, kanban)

    def remembered() -> list[int]:
        index = Index(board.root / ".git")
        return [len(body) // judgements._DIGEST for body in index.all("judged").values()]

    assert remembered() == [7]
    monkeypatch.setattr(judgements, "MOST", 8)
    for number in range(3):
        board.write(f"perdu/more-{number}.md", LOST.replace(b"ACME", b"BASALT %d" % number))
    told(board, kanban)
    assert remembered() == [7]  # those of this run: four were known, three are new
    told(board, kanban, "--select", "KB1")
    assert sorted(remembered()) == [7, 7]
