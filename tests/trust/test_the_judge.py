"""A change cannot switch off the rules that judge it: those from before count until a change to them has landed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep(one_in=3)

CONFIG = """title: Pipeline
language: en
{more}policies: {{pull_stop: "off", ready: "off"}}
lost_reasons: [price, timing]
columns:
  - {{key: prospects, name: Prospects}}
  - {{key: qualifies, name: Qualified, wip: {wip}{mode}}}
  - {{key: gagne, name: Won, kind: won}}
  - {{key: perdu, name: Lost, kind: lost}}
"""
CARD = "---\naccount: {name}\nowner: Zoé\nnext_action: call\nnext_action_date: 2099-01-05\namount: 5 k€\n---\n"


def config(more: str = "", wip: int = 2, mode: str = "") -> str:
    return CONFIG.format(more=more, wip=wip, mode=mode)


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Two cards in a column of two, a third waiting, on a branch `work` beside `main`."""
    git_folder.write("board.yml", config())
    for name in ("a", "b"):
        git_folder.write(f"qualifies/{name}.md", CARD.format(name=name))
    git_folder.write("prospects/c.md", CARD.format(name="c"))
    git_folder.commit("start")
    git_folder.git("checkout", "-q", "-b", "work")
    return git_folder


TRICKS = {
    "ignores every rule": config("lint: {ignore: [KB]}\n"),
    "ignores the rule": config("lint: {ignore: [wip-exceeded]}\n"),
    "excludes everything": config('lint: {exclude: ["**"]}\n'),
    "warns only": config(mode=", wip_mode: warn"),
    "raises the limit": config(wip=9),
    "plays it down": config("lint: {severity: {wip-exceeded: info}}\n"),
    "ignores it per path": config('lint: {per_path_ignores: {"**": [KB3]}}\n'),
}


def pulled(board: GitFolder, rules: str, *, apart: bool) -> None:
    board.write("board.yml", rules)
    if apart:
        board.commit("rules")
    board.git("mv", "prospects/c.md", "qualifies/c.md")
    board.commit("c: prospects → qualifies")


@pytest.mark.parametrize("apart", [False, True], ids=["one commit", "two commits"])
@pytest.mark.parametrize("rules", TRICKS.values(), ids=TRICKS)
def test_rules_and_the_card_that_needs_them_do_not_pass_together(
    board: GitFolder, kanban: Kanban, rules: str, apart: bool
) -> None:
    pulled(board, rules, apart=apart)
    answer = kanban("-C", board.root, "lint", "--range", "main..work")
    assert answer.code == 1, answer.out
    assert "wip-exceeded" in answer.out
    assert "Until that has landed, the rules from before count as well." in answer.out + answer.err
    board.git("checkout", "-q", "main")
    assert kanban("-C", board.root, "lint", "--merge-with", "work").code == 1


@pytest.mark.parametrize("rules", TRICKS.values(), ids=TRICKS)
def test_a_server_refuses_the_push(board: GitFolder, kanban: Kanban, rules: str, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    board.git("clone", "-q", "--bare", "--template=", ".", str(bare))
    subprocess.run(["git", "branch", "-q", "-D", "work"], cwd=bare, check=True)
    assert kanban("-C", bare, "hook", "install", "--server").code == 0
    pulled(board, rules, apart=False)
    pushed = subprocess.run(
        ["git", "push", "-q", str(bare), "work:main"], cwd=board.root, capture_output=True, text=True, check=False
    )
    assert pushed.returncode == 1, pushed.stderr
    assert "wip-exceeded" in pushed.stderr


@pytest.mark.parametrize("rules", TRICKS.values(), ids=TRICKS)
def test_rules_alone_pass_and_are_said(board: GitFolder, kanban: Kanban, rules: str) -> None:
    board.write("board.yml", rules)
    board.commit("rules")
    answer = kanban("-C", board.root, "lint", "--range", "main..work")
    assert answer.code == 0, answer.out
    assert "this change is about the rules too" in answer.out + answer.err


def test_an_approver_of_the_board_before_lets_both_pass(board: GitFolder, kanban: Kanban) -> None:
    board.git("checkout", "-q", "main")
    board.write("board.yml", config("approvers: [Inès]\n"))
    board.commit("who approves")
    board.git("checkout", "-q", "work")
    board.git("merge", "-q", "main")
    board.write("board.yml", config("approvers: [Inès]\n", wip=9))
    board.git("mv", "prospects/c.md", "qualifies/c.md")
    board.commit("more room\n\nApproved-by: Inès <ines@example.org>")
    assert kanban("-C", board.root, "lint", "--range", "main..work").code == 0
    board.git("commit", "-q", "--amend", "-m", "more room\n\nApproved-by: Zoé")
    assert kanban("-C", board.root, "lint", "--range", "main..work").code == 1


def test_an_approver_named_by_the_change_itself_approves_nothing(board: GitFolder, kanban: Kanban) -> None:
    board.write("board.yml", config("approvers: [Zoé]\n", wip=9))
    board.git("mv", "prospects/c.md", "qualifies/c.md")
    board.commit("more room\n\nApproved-by: Zoé")
    assert kanban("-C", board.root, "lint", "--range", "main..work").code == 1


def test_a_lost_reason_added_with_the_loss_that_needs_it_is_refused(board: GitFolder, kanban: Kanban) -> None:
    board.write("board.yml", config().replace("[price, timing]", "[price, timing, weather]"))
    board.write("perdu/c.md", CARD.format(name="c").replace("owner:", "lost_reason: weather\nowner:"))
    (board.root / "prospects/c.md").unlink()
    board.commit("c: lost")
    answer = kanban("-C", board.root, "lint", "--range", "main..work")
    assert answer.code == 1, answer.out


@pytest.mark.parametrize("rules", TRICKS.values(), ids=TRICKS)
def test_the_report_of_a_change_says_it_first_and_calls_nothing_cured(
    board: GitFolder, kanban: Kanban, rules: str
) -> None:
    pulled(board, rules, apart=False)
    report = kanban("-C", board.root, "diff", "main", "work", "--json").json
    assert [line["text"] for line in report["policy"] if line["sign"] == "!"]
    assert report["findings_fixed"] == []
    assert "KB304" in {one["code"] for one in report["findings_new"]}
    told = kanban("-C", board.root, "diff", "main", "work").out
    assert told.index("Rules of the board that change") < told.index("Moves")
