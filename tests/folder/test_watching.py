"""What changes below a folder is noticed, told by the system or looked at, and once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kanban.folder.watching import Change, Watch

PAUSE = 0.05
SOON = 10.0
"""Seconds after which a change counts as missed."""


class Follower:
    """A watch in a thread, as a server has it; `next` waits for a change."""

    def __init__(self, watch: Watch) -> None:
        self._stopped, self._told, self._found = threading.Event(), threading.Condition(), list[Change]()
        self._thread = threading.Thread(target=self._run, args=(watch,), daemon=True)
        self._thread.start()

    def _run(self, watch: Watch) -> None:
        for change in watch.changes(self._stopped, pause=PAUSE):
            with self._told:
                self._found.append(change)
                self._told.notify()

    def next(self) -> Change:
        with self._told:
            assert self._told.wait_for(lambda: self._found, SOON), "the change was missed"
            return self._found.pop(0)

    def end(self) -> list[Change]:
        """Stop, and say what nobody waited for."""
        self._stopped.set()
        self._thread.join(SOON)
        assert not self._thread.is_alive()
        return self._found


@pytest.fixture
def board(tmp_path: Path) -> Path:
    root = tmp_path / "board"
    (root / "offre").mkdir(parents=True)
    (root / "offre/acme.md").write_text("one")
    (root / "site").mkdir()
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@pytest.fixture(params=["told", "looking"])
def follow(request: pytest.FixtureRequest, board: Path) -> Iterator[Callable[[], Follower]]:
    watch = Watch(board, without=board / "site", git_dir=board / ".git", told=request.param == "told")
    followers: list[Follower] = []

    def begun() -> Follower:
        followers.append(Follower(watch))
        return followers[-1]

    yield begun
    for one in followers:
        one.end()


def written(board: Path) -> None:
    (board / "offre/acme.md").write_text("two!")


def moved(board: Path) -> None:
    (board / "offre/acme.md").rename(board / "acme.md")


def removed(board: Path) -> None:
    (board / "offre/acme.md").unlink()


def new_column(board: Path) -> None:
    (board / "gagne").mkdir()
    (board / "gagne/beta.md").write_text("x")


def column_from_elsewhere(board: Path) -> None:
    outside = board.parent / "outside"
    outside.mkdir()
    (outside / "beta.md").write_text("x")
    outside.rename(board / "gagne")


def head_moved(board: Path) -> None:
    (board / ".git/HEAD").write_text("ref: refs/heads/elsewhere\n")


def of_no_account(board: Path) -> None:
    (board / "site/index.html").write_text("x")
    (board / ".hidden").write_text("x")
    (board / ".git/objects/x").write_text("x")
    written(board)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("act", "change"),
    [
        (written, Change(("offre/acme.md",), False)),
        (moved, Change(("acme.md", "offre/acme.md"), False)),
        (removed, Change(("offre/acme.md",), False)),
        (new_column, Change(("gagne/beta.md",), False)),
        (column_from_elsewhere, Change(("gagne/beta.md",), False)),
        (head_moved, Change((), True)),
        (of_no_account, Change(("offre/acme.md",), False)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_change_is_told_once(
    board: Path, follow: Callable[[], Follower], act: Callable[[Path], None], change: Change
) -> None:
    following = follow()
    (board / "first.md").write_text("x")
    assert following.next() == Change(("first.md",), False)
    act(board)
    assert following.next() == change
    assert following.end() == []


def test_what_happened_before_anybody_listened_is_told(board: Path, follow: Callable[[], Follower]) -> None:
    written(board)
    assert follow().next() == Change(("offre/acme.md",), False)


def test_without_the_extra_the_folder_is_looked_at(
    board: Path, follow: Callable[[], Follower], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    following = follow()
    written(board)
    assert following.next() == Change(("offre/acme.md",), False)
