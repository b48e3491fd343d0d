"""`metrics` after more commits: what is new is folded into what is kept, and says what counting all again says."""

from __future__ import annotations

import os
import random
import signal

import pytest

from kanban import beside
from kanban.commands.base import halves, tally
from kanban.commands.numbers import measured
from kanban.metrics.report import Figures
from kanban.repository.read import log
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban
from tests.repository.test_same_answers import Work

DAY = ("--as-of", "2026-10-05")
FORMS = (("metrics", "--json"), ("metrics",), ("metrics", "--json", "--since", "2026-09-03", "--compare", "previous"))


class Folds:
    """Counts how often a tally was folded, and how often all had to be counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done = self.refused = 0
        make = tally._folded

        def counted(*how: object) -> object:
            found = make(*how)  # type: ignore[arg-type]
            self.done, self.refused = self.done + (found is not None), self.refused + (found is None)
            return found

        monkeypatch.setattr(tally, "_folded", counted)


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> Folds:
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    return Folds(monkeypatch)


def same(folder: GitFolder, kanban: Kanban, form: tuple[str, ...] = FORMS[0], day: tuple[str, ...] = DAY) -> None:
    call = ("-C", folder.root, *form, *day)
    assert kanban(*call) == kanban("--no-cache", *call)


class Undoing(Work):
    """Takes steps back in the record too, and says so in words; makes cards known under other names."""

    def undo(self) -> None:
        self.commit()
        head = self.folder.git("rev-parse", "HEAD").strip()
        self.folder.git("revert", "--no-edit", "HEAD", check=False)
        self.folder.git("revert", "--abort", check=False)
        self.folder.git("commit", "-q", "--amend", "--allow-empty", "-m", f"undo\n\nUndoes: {head}")

    def remove(self) -> None:
        self.folder.git("rm", "-q", "-f", "--", self._card(), check=False)
        if not list(self.folder.root.glob("*/*.md")):
            self._write("prospects/a.md")

    def step(self) -> None:
        self.chance.choice([super().step, super().step, super().step, super().step, self.undo, self.remove])()
        if not list(self.folder.root.glob("*/*.md")):
            self._write("prospects/a.md")


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(20))
def test_the_same_numbers_whatever_was_done(git_folder: GitFolder, kanban: Kanban, folds: Folds, seed: int) -> None:
    work, chance = Undoing(git_folder, 300 + seed), random.Random(seed)
    for _step in range(7):
        work.step()
        if chance.random() < 0.7:
            work.commit()
        same(git_folder, kanban, chance.choice(FORMS), chance.choice([DAY, DAY, DAY, ("--as-of", "2026-09-02")]))


def test_one_more_commit_is_folded_and_what_rewrites_the_past_is_not(
    git_folder: GitFolder, kanban: Kanban, folds: Folds
) -> None:
    work = Work(git_folder, 7)
    same(git_folder, kanban)
    work.commit("--amend", "--date", "2026-09-01T03:00:00+02:00")
    same(git_folder, kanban)
    assert (folds.done, folds.refused) == (0, 1)
    for done, path in enumerate(("prospects/n.md", "qualifies/m.md"), 1):
        git_folder.write(path, card_text("", amount="3 k€"))
        work.commit()
        same(git_folder, kanban)
        assert (folds.done, folds.refused) == (done, 1)
    work.side()
    same(git_folder, kanban)
    assert (folds.done, folds.refused) == (2, 2)
    git_folder.write("offre/o.md", card_text("", amount="5 k€"))
    work.commit()
    same(git_folder, kanban)
    assert (folds.done, folds.refused) == (3, 2)
    git_folder.write("board.yml", "language: fr\n" + (git_folder.root / "board.yml").read_text("utf-8"))
    work.commit()
    same(git_folder, kanban)
    assert folds.done == 3


def test_an_event_of_a_later_day_is_not_folded_into_an_earlier_one(
    git_folder: GitFolder, kanban: Kanban, folds: Folds
) -> None:
    work = Work(git_folder, 8)
    same(git_folder, kanban)
    work.edit()
    git_folder.git("commit", "-q", "-a", "-m", "later", date="2026-10-09T10:00:00+02:00")
    same(git_folder, kanban)
    same(git_folder, kanban, day=("--as-of", "2026-10-10"))
    assert folds.done == 0


@pytest.mark.parametrize("history", ["", "history: {commits: first-parent}\n"])
def test_a_board_in_a_folder_of_its_own(git_folder: GitFolder, kanban: Kanban, folds: Folds, history: str) -> None:
    """Commits to other folders touch no card; a card filed elsewhere in its column is the same card."""
    hours = iter(range(1, 24))

    def commit() -> None:
        git_folder.git("add", "-A")
        git_folder.git("commit", "-q", "-m", "work", date=f"2026-09-01T{next(hours):02}:00:00+02:00")

    def same() -> None:
        call = ("-C", git_folder.root / "sales", "metrics", "--json", *DAY)
        assert kanban(*call) == kanban("--no-cache", *call)

    git_folder.write("sales/board.yml", history + FIVE_COLUMNS)
    for name in "abc":
        git_folder.write(f"sales/prospects/{name}.md", card_text("", amount="2 k€", close_date="2026-11-02"))
    commit()
    same()
    git_folder.write("prospects/a.md", "no card of this board\n")
    commit()
    same()
    git_folder.write("sales/gagne/2026/a.md", card_text("", amount="3 k€", close_date="2026-12-02"))
    git_folder.git("rm", "-q", "sales/prospects/a.md")
    commit()
    same()
    git_folder.git("mv", "sales/gagne/2026/a.md", "sales/gagne/a.md")
    git_folder.git("mv", "sales/prospects/b.md", "sales/gagne/b.md")
    commit()
    same()
    assert (folds.done, folds.refused) == (2, 0)  # where no card is touched nothing need be folded


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
@pytest.mark.parametrize("ending", ["all goes well", "killed"])
@pytest.mark.parametrize("seed", range(3))
def test_two_processes_count_what_one_does(
    git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, seed: int, ending: str
) -> None:
    """Cards are halved, commits are not: five cards created in an exit by one commit are suspicious all the same."""
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    monkeypatch.setattr(log, "WORTH_BEGINNING", 0)
    work = Undoing(git_folder, 600 + seed)
    for _step in range(8):
        work.step()
    for name in "pqrstu":
        git_folder.write(f"gagne/{name}.md", card_text("", amount="1 k€", close_date="2026-11-02"))
    git_folder.write("offre/v.md", card_text("", blocked_since="2026-09-01", blocked_cause="budget"))
    work.commit()
    call = ("-C", git_folder.root, *FORMS[0], *DAY)
    monkeypatch.setattr(beside, "processors", lambda: 1)
    alone = kanban("--no-cache", *call)
    assert '"kind": "exits"' in alone.out
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)  # workers of the tests have threads of their own
    counted_here, us, count = list[int](), os.getpid(), halves.Counting.half

    def counted(counting: halves.Counting, number: int) -> halves.Half:
        if ending == "killed" and os.getpid() != us:
            os.kill(os.getpid(), signal.SIGKILL)
        counted_here.append(number)
        return count(counting, number)

    monkeypatch.setattr(halves.Counting, "half", counted)
    assert kanban("--no-cache", *call) == alone
    assert counted_here == ([0] if ending == "all goes well" else [0, 1])
    assert kanban(*call) == alone
    work.edit()
    work.commit()
    same(git_folder, kanban)
    counted_here.clear()
    other = ("-C", git_folder.root, *FORMS[0], "--as-of", "2026-10-06")
    monkeypatch.setattr(tally, "change_since", None)  # what the past says is kept, but of no tally is asked
    there = kanban(*other)
    assert counted_here[0] == 0
    monkeypatch.setattr(beside, "processors", lambda: 1)
    assert there == kanban("--no-cache", *other)


def test_a_note_puts_its_card_in_another_line_and_works_no_figure_out(
    git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes more than the day of the last action is worked out, and kept as the next thing to go on from."""
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    worked: list[str] = []
    make = measured.metrics_document

    def counted(report: Figures) -> object:
        worked.append(str(report.tally.head))
        return make(report)

    monkeypatch.setattr(measured, "metrics_document", counted)

    def commit(path: str, text: bytes, day: int) -> None:
        git_folder.write(path, text)
        git_folder.git("add", "-A")
        git_folder.git("commit", "-q", "--allow-empty", "-m", "work", date=f"2026-09-{day:02}T10:00:00+02:00")

    def asked() -> int:
        """How often figures were worked out for an answer that is the same without anything kept."""
        worked.clear()
        answer = kanban("-C", git_folder.root, *FORMS[0], *DAY)
        before = len(worked)
        assert answer == kanban("--no-cache", "-C", git_folder.root, *FORMS[0], *DAY)
        assert len(worked) == before + 1
        return before

    git_folder.write("board.yml", FIVE_COLUMNS)
    plain = {name: card_text("", amount="3 k€", next_action="call", next_action_date="2026-10-20") for name in "abc"}
    for name, text in plain.items():
        commit(f"offre/{name}.md", text, 1)
    assert asked() == 1
    commit("offre/a.md", plain["a"] + b"\n- a note\n", 29)  # too late for it to be forgotten: a line of the targets
    assert [asked(), asked()] == [0, 0]
    commit("notes.txt", b"no card", 30)
    assert asked() == 0
    for path, text in {
        "offre/a.md": plain["a"].replace(b"3 k", b"4 k"),
        "offre/b.md": plain["b"].replace(b"2026-10-20", b"2026-09-30"),
        "offre/d.md": plain["a"],
        "board.yml": b"language: fr\n" + FIVE_COLUMNS.encode(),
    }.items():
        commit(path, text, 30)
        assert [asked(), asked()] == [1, 0], path
    commit("offre/c.md", plain["c"] + b"\n- a note\n", 30)
    assert asked() == 0
    git_folder.git("commit", "-q", "--amend", "-m", "another day", "--date", "2026-09-28T10:00:00+02:00")
    assert asked() == 0  # what is kept is older than what was amended
    git_folder.git("reset", "-q", "--hard", "HEAD~4")
    assert asked() == 1
    git_folder.write("gagne/x.md", plain["c"])
    commit("offre/c.md", plain["c"] + b"\n- another\n", 30)
    assert [asked(), asked()] == [1, 0]
