"""Changes that would hide what they break, each told the same by the server's hook and by the check of a pull request.

What is played here is judged in this process: `test_push_tricks.py` shows that the hook asks the same judge.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban
from tests.trust.test_the_judge import CARD, config

pytestmark = pytest.mark.sweep(one_in=3)


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Two cards in a column of two, two waiting, and a baseline that accepts nothing."""
    git_folder.write("board.yml", config("lint: {baseline: accepted.json}\n"))
    git_folder.write("accepted.json", '{"schema": "kanban-lint-baseline/1", "findings": []}\n')
    for name in ("a", "b"):
        git_folder.write(f"qualifies/{name}.md", CARD.format(name=name))
    for name in ("c", "d"):
        git_folder.write(f"prospects/{name}.md", CARD.format(name=name))
    git_folder.commit("start", date="2026-11-02T10:00:00+0100")
    return git_folder


def pull(board: GitFolder, date: str | None = None, message: str = "pulled") -> None:
    board.git("mv", "prospects/c.md", "qualifies/c.md")
    board.commit(message, date=date)


def edited(board: GitFolder, path: str, old: str, new: str) -> None:
    text = (board.root / path).read_text(encoding="utf-8")
    board.write(path, text.replace(old, new, 1))


def by_accepting_it(board: GitFolder) -> None:
    entry = '{"code": "KB304", "subject": "file:board.yml", "field": "column:qualifies", "detail": ""}'
    board.write("accepted.json", f'{{"schema": "kanban-lint-baseline/1", "findings": [{entry}]}}\n')
    pull(board)


def by_a_waiver_on_the_card(board: GitFolder) -> None:
    edited(board, "prospects/c.md", "---\n", "---\nlint_ignore: [KB3, wip-exceeded]\n")
    pull(board)


def by_a_waiver_of_the_board(board: GitFolder) -> None:
    edited(board, "board.yml", "lint: {", "lint: {waivers: [{rule: wip-exceeded, reason: x}], ")
    pull(board)


def by_approving_oneself(board: GitFolder) -> None:
    edited(board, "board.yml", "language: en\n", "language: en\napprovers: [Me]\n")
    edited(board, "board.yml", "wip: 2", "wip: 9")
    pull(board, message="x\n\nApproved-by: Me")


def by_being_called_an_approver(board: GitFolder) -> None:
    edited(board, "board.yml", "wip: 2", "wip: 9")
    board.write(".mailmap", "Boss <boss@example.org> <zoe@example.org>\n")
    pull(board, message="x\n\nApproved-by: Boss")


def by_another_board_inside(board: GitFolder) -> None:
    board.write("qualifies/board.yml", config(wip=9))
    pull(board)


def by_another_board_beside(board: GitFolder) -> None:
    board.write("team/board.yml", config(wip=9))
    pull(board)


def by_attributes(board: GitFolder) -> None:
    board.write(".gitattributes", "*.md -diff -text export-ignore\nqualifies/** linguist-vendored\n")
    pull(board)


def by_a_day_long_ago(board: GitFolder) -> None:
    pull(board, "1971-01-01T00:00:00+0000")


def by_a_day_to_come(board: GitFolder) -> None:
    pull(board, "2090-01-01T00:00:00-1200")


def by_another_s_name(board: GitFolder) -> None:
    edited(board, "prospects/c.md", "---\n", "---\nformerly: [a]\n")
    pull(board)


def by_a_folder_of_the_column(board: GitFolder) -> None:
    (board.root / "qualifies/2026").mkdir()
    board.git("mv", "prospects/c.md", "qualifies/2026/c.md")
    board.commit("filed")


def by_rules_after_it(board: GitFolder) -> None:
    pull(board)
    edited(board, "board.yml", "wip: 2", "wip: 9")
    board.commit("rules")


def by_a_class_of_its_own(board: GitFolder) -> None:
    edited(board, "prospects/c.md", "---\n", "---\nclass: expedite\n")
    pull(board)


def by_a_submodule(board: GitFolder) -> None:
    head = board.git("rev-parse", "HEAD").strip()
    board.git("rm", "-r", "-q", "--cached", "qualifies")
    board.git("update-index", "--add", "--cacheinfo", f"160000,{head},qualifies")
    board.git("commit", "-q", "-m", "elsewhere")


def by_capitals(board: GitFolder) -> None:
    board.git("mv", "prospects/c.md", "qualifies/c.MD")
    board.commit("capitals")


def by_taking_the_board_away(board: GitFolder) -> None:
    (board.root / "team").mkdir()
    board.git("mv", "board.yml", "team/board.yml")
    pull(board)


def by_a_board_file_too_large(board: GitFolder) -> None:
    board.write("board.yml", config(wip=9) + "# x\n" * 100_000)
    pull(board)


def by_a_board_file_of_another_name(board: GitFolder) -> None:
    board.git("mv", "board.yml", "board.yaml")
    pull(board)


def by_a_link_for_a_board_file(board: GitFolder) -> None:
    board.write("other.yml", config(wip=9))
    (board.root / "board.yml").unlink()
    (board.root / "board.yml").symlink_to("other.yml")
    pull(board)


def by_a_second_column_beside(board: GitFolder) -> None:
    edited(board, "board.yml", "  - {key: qualifies", "  - {key: autres, folder: autres, wip: 9}\n  - {key: qualifies")
    (board.root / "autres").mkdir()
    board.git("mv", "prospects/c.md", "autres/c.md")
    board.commit("pulled")


def by_the_name_of_a_column_that_goes_on_under_another(board: GitFolder) -> None:
    old = next(line for line in (board.root / "board.yml").read_text().splitlines() if "key: qualifies" in line)
    now = "  - {key: suivis, folder: suivis, formerly: [qualifies], wip: 2}\n  - {key: qualifies, folder: nouveaux, wip: 2}"
    edited(board, "board.yml", old, now)
    board.git("mv", "qualifies", "suivis")
    (board.root / "nouveaux").mkdir()
    board.git("mv", "prospects/c.md", "nouveaux/c.md")
    board.commit("renamed, pulled")


OVER = "KB304"
CHANGES: dict[Callable[[GitFolder], None], str] = {
    by_accepting_it: OVER,
    by_a_waiver_on_the_card: OVER,
    by_a_waiver_of_the_board: OVER,
    by_approving_oneself: OVER,
    by_being_called_an_approver: OVER,
    by_another_board_inside: OVER,
    by_another_board_beside: OVER,
    by_attributes: OVER,
    by_a_day_long_ago: OVER,
    by_a_day_to_come: OVER,
    by_another_s_name: OVER,
    by_a_folder_of_the_column: OVER,
    by_rules_after_it: OVER,
    by_a_class_of_its_own: OVER,
    by_a_second_column_beside: OVER,
    by_the_name_of_a_column_that_goes_on_under_another: OVER,
    by_a_submodule: "qualifies is a link",
    by_capitals: "qualifies/c.MD stands in a column and is no card",
    by_taking_the_board_away: "the board went away from 4 cards",
    by_a_board_file_too_large: "board.yml has more than 256 KiB",
    by_a_board_file_of_another_name: "there is no board.yml",
    by_a_link_for_a_board_file: "there is no board.yml",
}


@pytest.mark.parametrize("change", CHANGES, ids=[one.__name__ for one in CHANGES])
def test_a_change_that_hides_what_it_breaks_is_told_by_every_judge(
    board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, change: Callable[[GitFolder], None]
) -> None:
    before = board.git("rev-parse", "HEAD").strip()
    board.git("branch", "before")
    change(board)
    after = board.git("rev-parse", "HEAD").strip()
    for words in (
        ("lint", "--range", "before..HEAD", "--output-format", "concise"),
        ("lint", "--merge-into", "before", "--output-format", "concise"),
        ("lint", "--pre-receive", "--output-format", "concise"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{before} {after} refs/heads/main\n"))
        answer = kanban("-C", board.root, *words)
        assert answer.code in (1, 2), (words, answer.out)
        assert CHANGES[change] in answer.out + answer.err, words


def test_accepting_more_in_the_baseline_is_told_and_lands_alone(board: GitFolder, kanban: Kanban) -> None:
    board.git("branch", "before")
    entry = '{"code": "KB308", "subject": "file:gagne/README.md", "field": "gagne", "detail": ""}'
    board.write("accepted.json", f'{{"schema": "kanban-lint-baseline/1", "findings": [{entry}]}}\n')
    board.commit("accepted")
    answer = kanban("-C", board.root, "lint", "--range", "before..HEAD")
    assert answer.code == 0, answer.out
    assert "this change is about the rules too: accepts 1 finding more in accepted.json" in answer.err


def test_a_new_column_lands_and_then_its_cards(board: GitFolder, kanban: Kanban) -> None:
    board.git("branch", "before")
    edited(board, "board.yml", "  - {key: qualifies", "  - {key: autres, folder: autres, wip: 9}\n  - {key: qualifies")
    board.commit("column")
    assert kanban("-C", board.root, "lint", "--range", "before..HEAD").code == 0
    board.git("branch", "between")
    (board.root / "autres").mkdir()
    board.git("mv", "prospects/c.md", "autres/c.md")
    board.commit("pulled")
    assert kanban("-C", board.root, "lint", "--range", "between..HEAD", "--select", "KB3").code == 0


def test_a_board_that_moves_with_its_cards_is_judged_as_before(board: GitFolder, kanban: Kanban) -> None:
    board.git("branch", "before")
    (board.root / "team").mkdir()
    board.git("mv", "board.yml", "accepted.json", "prospects", "qualifies", "team/")
    board.commit("moved")
    assert kanban("-C", board.root, "lint", "--range", "before..HEAD").code == 0


LOST = {
    "qualifies/e.MD": (CARD, "qualifies/e.MD stands in a column and is no card"),
    "qualifies/README.md": (CARD, "qualifies/README.md is the column's banner"),
    "qualifies/e\n::error::x.md": (CARD, "line break or another control character"),
    "qualifies/e\x1b[2J.md": (CARD, "line break or another control character"),
}


@pytest.mark.parametrize(("path", "text", "said"), [(path, *rest) for path, rest in LOST.items()], ids=range(len(LOST)))
def test_a_deal_that_no_board_shows_is_an_error(
    board: GitFolder, kanban: Kanban, path: str, text: str, said: str
) -> None:
    board.write(path, text.format(name="E"))
    answer = kanban("-C", board.root, "lint")
    assert answer.code == 1
    assert said in " ".join(answer.out.split())
    assert "\n::error" not in answer.out
    assert "\n::error" not in kanban("-C", board.root, "list").out


BOARD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "too large": (lambda path: path.write_text(config() + "# x\n" * 100_000), "has more than 256 KiB"),
    "a link": (lambda path: (path.rename(path.with_name("o.yml")), path.symlink_to("o.yml")), "is a link, a folder"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "is a link, a folder or a device"),
    "no text": (lambda path: path.write_bytes(b"\0" * 9), "invisible control character"),
}


@pytest.mark.parametrize(("make", "said"), BOARD_FILES.values(), ids=BOARD_FILES)
def test_a_board_file_that_cannot_be_read_says_why(
    board: GitFolder, kanban: Kanban, make: Callable[[Path], object], said: str
) -> None:
    make(board.root / "board.yml")
    for verb in ("list", "lint", "render"):
        answer = kanban("-C", board.root, verb)
        assert answer.code == 2
        assert said in answer.err
        assert "kanban init" not in answer.err
