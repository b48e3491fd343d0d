"""Random days: gestures, kills and refusals between a user's own edits and commits, held against a small model.

The model knows only where each card is and what each of its three versions says. After every step: HEAD, index and
disk hold what it says, each card once, the user's other file is as they left it, and git finds nothing broken.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kanban.errors import EditConflict
from kanban.gestures.base.change import PathChange
from kanban.repository.git.repository import Repository
from kanban.repository.write.durable.recovery import recover
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.undo import undo
from kanban.repository.write.writing import publish
from tests.conftest import GitFolder

CARDS = ("acme", "beta")
COLUMNS = ("prospects", "offre", "gagne")
KILLS = ("after-worktree", "after-ref")
"""Just before and just after the point of no return; each named place is killed at in `test_writing_faults`."""


def line(number: int) -> bytes:
    return b"step: %d\n" % number


def stepped(number: int) -> object:
    """The edit of one line that every version of a card has."""

    def edit(data: bytes) -> bytes:
        head, *rest = data.split(b"\n", 1)
        assert head.startswith(b"step: ")
        return line(number) + b"".join(rest)

    return edit


class Day(RuleBasedStateMachine):
    """`where`: a card's column, `versions`: its text in HEAD, index and on disk; `taken_back`: cards per undoable commit."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.number = 0

    @initialize()
    def start(self) -> None:
        self.folder = GitFolder(self.base / "repo")
        self.folder.git("config", "core.fsync", "none")
        for column in COLUMNS:
            self.folder.write(f"board/{column}/README.md", "x\n")
        self.where = dict.fromkeys(CARDS, COLUMNS[0])
        self.versions = {card: [line(0)] * 3 for card in CARDS}
        for card in CARDS:
            self.folder.write(self.path(card), line(0))
        self.folder.write("other.txt", "0\n")
        self.folder.commit("start")
        self.other = ["0\n", "0\n"]
        self.before_last: tuple[dict[str, str], dict[str, list[bytes]], str] | None = None
        self.repo = Repository.find(self.folder.root)

    def path(self, card: str, column: str | None = None) -> str:
        return f"board/{column or self.where[card]}/{card}.md"

    def change(self, card: str, column: str, edited: bool) -> PathChange:
        self.number += 1
        edit = stepped(self.number) if edited else None
        if column == self.where[card]:
            return PathChange(self.path(card), edit=stepped(self.number))
        return PathChange(self.path(card, column), moved_from=self.path(card), edit=edit)

    def done(self, card: str, change: PathChange) -> None:
        """What the model says of a change that went through."""
        self.before_last = (dict(self.where), {c: list(v) for c, v in self.versions.items()}, card)
        self.where[card] = change.path.split("/")[1]
        if change.edit is not None:
            self.versions[card] = [change.edit(text) for text in self.versions[card]]

    def publication(self, change: PathChange) -> Publication:
        return Publication((change,), commit_message("a gesture", "", [("Kanban", "move")]))

    @rule(card=st.sampled_from(CARDS), column=st.sampled_from(COLUMNS), edited=st.booleans())
    def gesture(self, card: str, column: str, edited: bool) -> None:
        change = self.change(card, column, edited)
        done = publish(self.repo, lambda: self.publication(change))
        assert done.commit
        assert bool(done.carried) == (len(set(self.versions[card])) > 1)
        self.done(card, change)

    @rule(card=st.sampled_from(CARDS), column=st.sampled_from(COLUMNS), edited=st.booleans(), at=st.sampled_from(KILLS))
    def killed_gesture(self, card: str, column: str, edited: bool, at: str) -> None:
        change = self.change(card, column, edited)
        child = os.fork()
        if child == 0:
            try:
                os.environ["KANBAN_FAILPOINT"] = at
                publish(self.repo, lambda: self.publication(change))
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (-signal.SIGKILL, 0)
        recover(self.repo)
        if at == "after-ref":
            self.done(card, change)

    @rule(card=st.sampled_from(CARDS), column=st.sampled_from(COLUMNS))
    def target_taken(self, card: str, column: str) -> None:
        if column == self.where[card]:
            return
        blocker = self.folder.write(self.path(card, column), "in the way\n")
        with pytest.raises(EditConflict):
            publish(self.repo, lambda: self.publication(self.change(card, column, True)))
        assert blocker.read_text() == "in the way\n"
        blocker.unlink()

    @rule(card=st.sampled_from(CARDS), staged=st.booleans())
    def user_edits_a_card(self, card: str, staged: bool) -> None:
        self.number += 1
        text = self.versions[card][2] + b"draft %d\n" % self.number
        self.folder.write(self.path(card), text)
        self.versions[card][2] = text
        if staged:
            self.folder.git("add", self.path(card))
            self.versions[card][1] = text
        self.before_last = None

    @rule(staged=st.booleans())
    def user_edits_another_file(self, staged: bool) -> None:
        self.number += 1
        self.other[1] = f"{self.number}\n"
        self.folder.write("other.txt", self.other[1])
        if staged:
            self.folder.git("add", "other.txt")
            self.other[0] = self.other[1]

    @rule()
    def user_commits_what_is_staged(self) -> None:
        self.folder.git("commit", "-q", "--allow-empty", "-m", "mine")
        for versions in self.versions.values():
            versions[0] = versions[1]
        self.before_last = None

    @precondition(lambda self: self.before_last is not None)
    @rule()
    def undone(self) -> None:
        assert self.before_last is not None
        where, versions, card = self.before_last
        if len(set(self.versions[card])) > 1:
            with pytest.raises(EditConflict):
                undo(self.repo)
        else:
            undo(self.repo)
            self.where, self.versions = where, versions
        self.before_last = None

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        if not hasattr(self, "folder"):
            return
        git = self.folder.git
        expected = sorted(self.path(card) for card in CARDS)
        for listing in (git("ls-tree", "-r", "--name-only", "HEAD", "board"), git("ls-files", "board")):
            assert [name for name in listing.split("\n") if name and "README" not in name] == expected
        found = [p.relative_to(self.folder.root).as_posix() for p in self.folder.root.glob("board/*/*")]
        assert sorted(name for name in found if "README" not in name) == expected
        for card in CARDS:
            head, index, disk = self.versions[card]
            assert git("show", f"HEAD:{self.path(card)}").encode() == head
            assert git("show", f":{self.path(card)}").encode() == index
            assert (self.folder.root / self.path(card)).read_bytes() == disk
        assert [git("show", ":other.txt"), (self.folder.root / "other.txt").read_text()] == self.other
        assert list((self.folder.root / ".git").rglob("*.lock")) == []
        assert [p.name for p in (self.folder.root / ".git/kanban").glob("*")] in ([], ["lock"])

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            assert self.folder.git("fsck", "--strict", "--no-dangling") == ""
        shutil.rmtree(self.base)


@pytest.mark.slow
def test_random_days() -> None:
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
