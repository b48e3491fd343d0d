"""A question about files that are as they were is answered in the same words; one about any others is worked out."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kanban.again import answers
from kanban.cli import cli
from kanban.commands.base.answers import kept_answers
from kanban.commands.base.answers.kept_answers import answered
from kanban.commands.base.calling.entry import run
from kanban.commands.base.calling.invocation import Settings
from kanban.render.charts.base import drawing
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import Answer, GitFolder

pytestmark = pytest.mark.sweep(one_in=3)

NEVER_TOO_LATE = -(10**15)


class Asked:
    """Asks on one board, and counts how often the answer had to be worked out."""

    def __init__(self, folder: GitFolder, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys, self.worked = folder, capsys, 0

    def __call__(self, *words: str) -> Answer:
        typed = ["-C", str(self.folder.root), *words]

        def work(settings: Settings) -> int:
            self.worked += 1
            return run(cli, typed, settings)

        self._capsys.readouterr()
        code = answered(typed, work)
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)


@pytest.fixture
def ask(git_folder: GitFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(answers, "_TOO_LATE", NEVER_TOO_LATE)
    git_folder.write("board.yml", FIVE_COLUMNS)
    git_folder.write("prospects/a.md", card_text(amount="10 k€"))
    git_folder.write("prospects/b.md", card_text(amount="20 k€"))
    git_folder.commit(date="2026-09-01T10:00:00+02:00")
    return Asked(git_folder, capsys)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("ls", "--all", "--json"),
        ("next",),
        ("show", "a"),
        ("board",),
        ("find", "10"),
        ("ready", "a"),
        ("log",),
        ("metrics", "--json"),
        ("forecast",),
        ("diagnose",),
        ("lint",),
        ("check", "--output-format", "concise", "--ignore=KB3"),
        ("lint", "--staged", "--changed-only"),
        ("list", "--owner", "Nobody"),
        ("list", "nothing"),
    ],
)
def test_the_second_answer_is_the_first(ask: Asked, words: tuple[str, ...]) -> None:
    first = ask(*words)
    assert first.code in (0, 1)
    assert (ask(*words), ask.worked) == (first, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("--no-cache", "list"),
        ("lint", "prospects/a.md"),
        ("lint", "--fix", "--diff"),
        ("lint", "--statistics", "--baseline", "other.json"),
        ("set", "a", "amount=30 k€", "--dry-run"),
        ("show", "nobody"),
        ("list", "--help"),
        ("list", "--as-of", "never"),
        ("log", "--show-signature"),
        ("metrics", "--csv", "out"),
        ("nothing",),
        (),
    ],
)
def test_what_is_always_worked_out(ask: Asked, words: tuple[str, ...], tmp_path: Path) -> None:
    words = tuple(str(tmp_path / word) if word == "out" else word for word in words)
    ask(*words)
    ask(*words)
    assert ask.worked == 2


def same_size_same_time(folder: GitFolder) -> None:
    """Another amount, as long as the first, and the times set back."""
    file = folder.root / "prospects/a.md"
    before = file.stat()
    time.sleep(0.02)  # longer than the clock of the file system ticks
    file.write_text(file.read_text().replace("10 k€", "30 k€"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def amended(folder: GitFolder) -> None:
    folder.git("commit", "-q", "--amend", "-m", "other", date="2026-09-02T10:00:00+02:00")


CHANGES: dict[str, Callable[[GitFolder], object]] = {
    "a card": same_size_same_time,
    "a new card": lambda folder: folder.write("prospects/c.md", card_text()),
    "a card moved": lambda folder: folder.git("mv", "prospects/a.md", "offre/a.md"),
    "a card gone": lambda folder: (folder.root / "prospects/b.md").unlink(),
    "another board.yml": lambda folder: folder.write("board.yml", FIVE_COLUMNS + "currency: CHF\n"),
    "a commit": lambda folder: folder.commit(date="2026-09-03T10:00:00+02:00"),
    "an amend": amended,
    "a branch": lambda folder: folder.git("branch", "other"),
    "packed": lambda folder: folder.git("pack-refs", "--all"),
    "git's configuration": lambda folder: folder.git("config", "user.name", "Paul"),
    "a merge begun": lambda folder: folder.write(".git/MERGE_HEAD", "0" * 40 + "\n"),
    "attributes": lambda folder: folder.write(".gitattributes", "*.md -text\n"),
    "a file at the top that is no card": lambda folder: folder.write("baseline.json", "{}"),
    "a write broken off": lambda folder: folder.write(".git/kanban/journal", "{}"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_change_is_seen(ask: Asked, change: Callable[[GitFolder], object]) -> None:
    (ask.folder.root / "offre").mkdir()
    ask("list")
    change(ask.folder)
    told = ask("list")
    assert ask.worked == 2
    assert told == ask("--no-cache", "list")


@pytest.mark.parametrize(("name", "value"), [("LC_ALL", "fr_FR.UTF-8"), ("COLUMNS", "60"), ("NO_COLOR", "1")])
def test_other_surroundings_are_another_question(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    ask("list")
    monkeypatch.setenv(name, value)
    ask("list")
    assert ask.worked == 2


def test_what_changed_a_moment_ago_is_looked_at_again(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system's clock is too coarse to tell two changes in one moment."""
    monkeypatch.setattr(answers, "_TOO_LATE", 2_000_000_000)
    ask("list")
    ask("list")
    assert ask.worked == 2


@pytest.mark.parametrize(("hours", "worked"), [(-48, 2), (48, 2), (0, 1)])
def test_an_answer_holds_until_midnight(ask: Asked, monkeypatch: pytest.MonkeyPatch, hours: int, worked: int) -> None:
    ask("list")
    now = time.time_ns() + hours * 3600 * 10**9
    monkeypatch.setattr(kept_answers.time, "time_ns", lambda: now)
    ask("list")
    assert ask.worked == worked


def test_nothing_is_taken_from_another_users_repository(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("list")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    ask("list")
    assert ask.worked == 2


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program of which a module was loaded, another one of the same package not, and a package not either."""
    top = tmp_path / "program"
    for file in ("__init__.py", "words.mo", "words.po", "views/__init__.py", "views/one.py", "views/two.py"):
        put(top / file)
    put(top / "unasked/__init__.py")
    put(top / "texts/a.md")
    monkeypatch.setattr(answers, "TOP", str(top))
    monkeypatch.setattr(kept_answers, "TOP", str(top))
    loaded = {name: None for name in sys.modules if not name.startswith("kanban")}
    names = ("kanban", "kanban.views", "kanban.views.one")
    monkeypatch.setattr(kept_answers, "sys", SimpleNamespace(modules=loaded | dict.fromkeys(names)))
    monkeypatch.setattr(kept_answers.beside, "loaded", {"kanban.beside"})
    return top


def put(file: Path, text: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("file", "worked"),
    [
        ("views/one.py", 2),
        ("__init__.py", 2),
        ("words.mo", 2),
        ("texts/a.md", 2),
        ("beside.py", 2),  # which is new, and was loaded beside
        ("views/two.py", 1),
        ("words.po", 1),
        ("unasked/__init__.py", 1),
        ("views/one/__init__.py", 2),  # from now on Python finds this one instead
    ],
)
def test_a_program_whose_part_in_it_changed_answers_anew(ask: Asked, program: Path, file: str, worked: int) -> None:
    ask("list")
    put(program / file, "changed = True")
    ask("list")
    assert ask.worked == worked


def test_an_answer_of_a_program_that_changes_is_not_kept(
    ask: Asked, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was loaded may be another text than the one that lies there by now."""
    monkeypatch.setattr(answers, "_TOO_LATE", 0)
    monkeypatch.setattr(kept_answers, "_BEGAN", time.time_ns())
    put(program / "views/one.py", "changed = True")
    ask("list")
    ask("list")
    assert ask.worked == 2


@pytest.mark.parametrize("spoil", ["buffer", "progress", "broken pipe", "changed meanwhile", "came and went"])
def test_half_an_answer_is_not_kept(ask: Asked, spoil: str) -> None:
    typed = ["-C", str(ask.folder.root), "list"]

    def work(settings: Settings) -> int:
        ask.worked += 1
        if spoil == "came and went":
            ask.folder.write("prospects/c.md", card_text())
        code = run(cli, typed, settings)
        (ask.folder.root / "prospects/c.md").unlink(missing_ok=True)
        if spoil == "buffer":
            sys.stdout.buffer.write(b"bytes")
        elif spoil == "progress":
            sys.stderr.write("\r\x1b[K")
        elif spoil == "changed meanwhile":
            same_size_same_time(ask.folder)
        elif spoil == "broken pipe":
            with pytest.raises(ValueError, match="closed"):
                _broken(sys.stdout)
        return code

    answered(typed, work)
    answered(typed, work)
    assert ask.worked == 2


def _broken(stream: Any) -> None:
    """Write as to a reader who has gone."""
    inner = stream._stream
    stream._stream = open(os.devnull)  # noqa: SIM115 - closed at once: that is what is tried
    stream._stream.close()
    try:
        stream.write("x")
    finally:
        stream._stream = inner


def test_a_baseline_further_away_is_read_each_time(ask: Asked) -> None:
    ask.folder.write("board.yml", FIVE_COLUMNS + "lint: {baseline: ../baseline.json}\n")
    ask("lint")
    ask("lint")
    assert ask.worked == 2


def site_changes() -> dict[str, Callable[[GitFolder], object]]:
    """What makes a site be looked at again although no file of the board and none of git's has changed."""
    return {
        "a page": lambda folder: (folder.root / "site/index.html").write_text("mine", "utf-8"),
        "a page gone": lambda folder: (folder.root / "site/index.html").unlink(),
        "the list of pages": lambda folder: (folder.root / "site/.kanban-site.json").unlink(),
        "a page more": lambda folder: folder.write("site/cards/mine.html", "mine"),
        "the whole site": lambda folder: shutil.rmtree(folder.root / "site"),
        "a file git sees beside the board": lambda folder: folder.write("prospects/.hidden", "x"),
    }


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "can_draw", lambda: False)


@pytest.mark.usefixtures("undrawn")
def test_a_site_that_is_as_it_was_left_is_not_made_again(ask: Asked) -> None:
    first = ask("render")
    assert "0 unchanged" in first.err
    second = ask("render")
    assert ask.worked == 1
    count = first.err.split()[0]
    assert second == Answer(
        first.code, first.out, first.err.replace(f"{count} files written, 0", f"0 files written, {count}")
    )
    assert ask("render", "--output", "other").err == first.err
    assert ask("--no-cache", "render") == second
    assert ask.worked == 3


@pytest.mark.sweep
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("change", site_changes().values(), ids=list(site_changes()))
def test_a_site_that_somebody_touched_is_made_again(ask: Asked, change: Callable[[GitFolder], object]) -> None:
    ask("render")
    change(ask.folder)
    told = ask("render")
    assert ask.worked == 2
    assert told.err.startswith("0 files") or (ask.folder.root / "site/index.html").stat().st_size > 1000


@pytest.mark.sweep
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("name", ["a card", "a commit", "a file at the top that is no card"])
def test_a_site_of_a_board_that_changed_is_made_again(ask: Asked, name: str) -> None:
    ask("render")
    CHANGES[name](ask.folder)
    ask("render")
    assert ask.worked == 2
    assert ask("--no-cache", "render").err.startswith("0 files written")


def test_a_full_disk_behind_a_kept_answer_is_an_error_in_words(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("list").code == 0
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", open("/dev/full", "w", encoding="utf-8", buffering=1))  # noqa: SIM115
        full = ask("list")
    assert (full.code, ask.worked) == (2, 1)
    assert "No space left on device" in full.err


def test_a_reader_of_a_kept_answer_who_has_seen_enough_is_no_error(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("list").code == 0
    gone, ours = os.pipe()
    os.close(gone)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", open(ours, "w", encoding="utf-8", buffering=1))  # noqa: SIM115
        head = ask("list")
    assert (head.code, head.err, ask.worked) == (0, "", 1)
