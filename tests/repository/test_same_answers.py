"""With the index, without it, and after it was deleted in the middle: the same bytes, from every verb that reads.

A board is worked on at random: by hand, with commits, amended, taken back, merged, with another board.yml. After each
step some verbs answer twice; what is kept between commands has then grown over all the steps before. In between the
index is deleted, its rows are changed behind its back, its file is cut, a writer is killed half-way, something else lies
where it would, it may only be read, another writer holds it, or midnight passes; two programs ask and write at once.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from kanban.again import answers
from kanban.again.rows import NAME
from kanban.cli import cli
from kanban.commands.base import session
from kanban.commands.base.answers import kept_answers
from kanban.commands.base.answers.kept_answers import answered
from kanban.commands.base.calling.entry import run
from kanban.repository.git import objects
from kanban.repository.kept import by_content, index, sayings, silent_files
from kanban.repository.read import configs, log, versions
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import Answer, GitFolder, Kanban

DAYS = ("2026-10-05", "2026-10-05", "2026-09-01", "2027-03-01")
COLUMNS = ("prospects", "qualifies", "offre", "gagne", "perdu", "nurturing")
VERBS = (
    ("list", "--all", "--json"),
    ("list",),
    ("next", "--json"),
    ("show", "a", "--json"),
    ("board",),
    ("log", "--json"),
    ("lint", "--json"),
    ("lint", "--staged", "--json"),
    ("lint", "--staged", "--changed-only"),
    ("metrics", "--json"),
    ("forecast", "--json"),
    ("diagnose", "--json"),
    ("daily",),
    ("weekly",),
    ("diff",),
)
SETTINGS = (
    "",
    "language: fr\n",
    "currency: CHF\n",
    "policies: {idle_counts: actions}\n",
    "lint: {ignore: [KB606]}\n",
    "lost_reasons: [odd]\n",
)


class Work:
    """Somebody at work on the board."""

    def __init__(self, folder: GitFolder, seed: int) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.hour = 0
        self.folder.write("board.yml", FIVE_COLUMNS)
        for name in "abcd":
            self._write(f"{self.chance.choice(COLUMNS)}/{name}.md")
        self.commit()

    def step(self) -> None:
        steps: list[Callable[[], None]] = [self.edit, self.edit, self.move, self.move, self.commit, self.commit]
        self.chance.choice(
            [*steps, self.stage, self.amend, self.take_back, self.settings, self.break_one, self.side, self.rebase]
        )()

    def _card(self) -> str:
        paths = sorted(path.relative_to(self.folder.root).as_posix() for path in self.folder.root.glob("*/*.md"))
        return self.chance.choice(paths)

    def _write(self, path: str) -> None:
        fields = {
            "amount": f"{self.chance.randint(1, 99)} k€",
            "close_date": self.chance.choice(["2026-11-02", "12/10", "2026-09-01", "demain"]),
            "tags": self.chance.choice(["", "[x, y]"]),
            "lost_reason": self.chance.choice(["", "price", "odd"]),
            "lint_ignore": self.chance.choice(["", "", '["KB501 until 2026-12-31: waiting"]']),
            "formerly": self.chance.choice(["", "", "[old]"]),
            "next_action": self.chance.choice(["", "call"]),
        }
        body = self.chance.choice(
            ["", "## Notes\n\n### 2026-10-01 — call\n\n- said\n", "see [[nobody]], z@e.example\n"]
        )
        self.folder.write(path, card_text(body, **fields))

    def edit(self) -> None:
        self._write(self._card())

    def move(self) -> None:
        path = self._card()
        target = f"{self.chance.choice(COLUMNS)}/{path.rpartition('/')[2]}"
        if not (self.folder.root / target).exists():
            (self.folder.root / target).parent.mkdir(exist_ok=True)
            (self.folder.root / path).rename(self.folder.root / target)

    def commit(self, *how: str) -> None:
        self.hour += 1
        self.folder.git("add", "-A")
        date = f"2026-09-{1 + self.hour // 20:02}T{self.hour % 20:02}:00:00+02:00"
        self.folder.git("commit", "-q", "--allow-empty", "-m", "work", *how, date=date)

    def stage(self) -> None:
        self.folder.git("add", "-A")

    def amend(self) -> None:
        self.commit("--amend")

    def take_back(self) -> None:
        if self.hour > 2 and int(self.folder.git("rev-list", "--count", "HEAD")) > 2:
            self.folder.git("reset", "-q", "--hard", "HEAD~1")

    def settings(self) -> None:
        self.folder.write("board.yml", self.chance.choice(SETTINGS) + FIVE_COLUMNS)

    def break_one(self) -> None:
        self.folder.write(
            self._card(), self.chance.choice(["---\naccount: [\n---\n", "no fields\n", "\ufeff---\n---\n"])
        )

    def side(self) -> None:
        """A branch that is merged."""
        self.commit()
        name = f"side-{self.hour}"
        self.folder.git("checkout", "-q", "-b", name)
        self.edit()
        self.commit()
        self.folder.git("checkout", "-q", "main")
        self.folder.git("merge", "-q", "--no-ff", "-m", "m", name, date="2026-09-28T10:00:00+02:00")

    def rebase(self) -> None:
        """The last commits once more, upon a branch that had gone another way: other ids, other parents."""
        if int(self.folder.git("rev-list", "--count", "--first-parent", "HEAD")) < 4:
            return
        self.commit()
        name = f"base-{self.hour}"
        self.folder.git("checkout", "-q", "-b", name, "HEAD~2")
        self.folder.write(f"prospects/{name}.md", card_text("", next_action="call"))
        self.commit()
        self.folder.git("rebase", "-q", "-X", "theirs", name, "main", check=False)
        self.folder.git("rebase", "--abort", check=False)
        self.folder.git("checkout", "-q", "-f", "main")


def deleted(folder: Path, chance: random.Random) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def changed(folder: Path, chance: random.Random) -> None:
    """Rows say something else than was kept: their checksums tell."""
    with closing(sqlite3.connect(folder / NAME)) as rows, rows:
        rows.execute("UPDATE rows SET body = substr(body, 2) || x'00' WHERE rowid % 3 = ?", (chance.randrange(3),))


def cut(folder: Path, chance: random.Random) -> None:
    file = folder / NAME
    data = file.read_bytes()
    for beside in folder.glob(f"{NAME}-*"):
        beside.unlink()
    file.write_bytes(data[: chance.randrange(len(data))])


def killed(folder: Path, chance: random.Random) -> None:
    """A writer dies between two rows: what it had changed by then lies in the log beside the file, or nowhere."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            other = sqlite3.connect(folder / NAME, isolation_level=None)
            other.execute("PRAGMA cache_size = 1")  # pages go to the log before anybody says that they count
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE rows SET body = x'00', sum = x'00' WHERE rowid % 2 = ?", (chance.randrange(2),))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


@contextmanager
def reading_alone(folder: Path) -> Iterator[None]:
    """A folder in which nothing may be written, for one who may write everywhere as well."""

    def opened(self: index.Index) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    was = folder.stat().st_mode if folder.is_dir() else 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.Index, "_opened", opened)
        patch.setattr(index.Index, "put_away", lambda self: None)
        if was:
            folder.chmod(0o555)
        yield
    if was:
        folder.chmod(was)


@contextmanager
def something_in_the_way(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("not a folder", "utf-8")
    yield
    folder.unlink()


@contextmanager
def another_writer(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as other:
        with suppress(sqlite3.DatabaseError):  # a file that was cut cannot even be held
            other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def nobody_else(folder: Path) -> Iterator[None]:
    yield


@pytest.fixture(autouse=True)
def _everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    monkeypatch.setattr(log, "WORTH_WRITING", 1)
    monkeypatch.setattr(configs, "WORTH_KEEPING", 0)
    monkeypatch.setattr(versions, "WORTH_WRITING", 1)
    monkeypatch.setattr(objects, "WORTH_LEAVING", 0)
    monkeypatch.setattr(silent_files, "WORTH_KEEPING", 0)
    monkeypatch.setattr(silent_files, "WORTH_WRITING", 1)
    monkeypatch.setattr(silent_files, "SETTLED", -(10**15))
    monkeypatch.setattr(sayings, "FEW", 0)
    monkeypatch.setattr(sayings, "WORTH_WRITING", 1)
    monkeypatch.setattr(by_content, "WORTH_WRITING", 1)
    monkeypatch.setattr(index, "PATIENCE", 0.01)


def asked(*words: object) -> int:
    """As the program answers, which says again what it has said."""
    typed = [str(word) for word in words]
    return answered(typed, lambda settings: run(cli, typed, settings))


def asked_beside(*words: object) -> Callable[[], Answer]:
    """The same in a process of its own, which runs while we go on; call what is given for its answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code, said = 70, (io.BytesIO(), io.BytesIO())
        with suppress(BaseException):
            sys.stdout, sys.stderr = (io.TextIOWrapper(one, "utf-8", write_through=True) for one in said)
            code = asked(*words)
        with open(writing, "w", encoding="utf-8") as pipe:
            json.dump([code, *(one.getvalue().decode() for one in said)], pipe)
        os._exit(0)
    os.close(writing)

    def answer() -> Answer:
        with open(reading, encoding="utf-8") as pipe:
            told = json.load(pipe)
        os.waitpid(child, 0)
        return Answer(*told)

    return answer


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(2))
def test_two_who_ask_and_write_at_once_are_told_the_same_bytes(
    git_folder: GitFolder,
    kanban: Kanban,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    work = Work(git_folder, 50 + seed)
    monkeypatch.setattr(answers, "_TOO_LATE", -(10**15))
    for _step in range(3):
        work.step()
        verb, other = work.chance.sample(VERBS, 2)
        calls = [("-C", git_folder.root, *words, "--as-of", DAYS[0]) for words in (verb, other, verb)]
        beside = [asked_beside(*call) for call in calls]
        told = [answer() for answer in beside]
        assert told == [kanban("--no-cache", *call) for call in calls], (verb, other)
        capsys.readouterr()


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(2))
def test_the_same_bytes_before_and_after_midnight(
    git_folder: GitFolder,
    kanban: Kanban,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    work = Work(git_folder, 70 + seed)
    monkeypatch.setattr(answers, "_TOO_LATE", -(10**18))  # the files are of today, whenever that is
    paris = ZoneInfo("Europe/Paris")
    midnight = datetime(2026, 10, 6, tzinfo=paris) + timedelta(
        days=seed * 25
    )  # the second: a month ends, clocks went back

    def at(moment: datetime) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Clock:
                return cls.fromtimestamp(moment.timestamp(), tz)

        seconds = moment.timestamp()
        monkeypatch.setattr(session, "datetime", Clock)
        clock = SimpleNamespace(time=lambda: seconds, time_ns=lambda: int(seconds * 10**9))
        monkeypatch.setattr(kept_answers, "time", clock)
        monkeypatch.setattr(answers, "time", clock)

    for _step in range(3):
        work.step()
        for verb in work.chance.sample([one for one in VERBS if one[0] != "diff"], 3):
            call, told = ("-C", git_folder.root, *verb), []
            for minutes in (-3, -2, 2, 3):
                at(midnight + timedelta(minutes=minutes))
                code = asked(*call)
                said = capsys.readouterr()
                assert Answer(code, said.out, said.err) == kanban("--no-cache", *call), (verb, minutes)
                told.append(said.out)
            assert told[:2] == [told[0]] * 2
            assert told[2:] == [told[2]] * 2


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_same_bytes(
    git_folder: GitFolder,
    kanban: Kanban,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    work = Work(git_folder, seed)
    monkeypatch.setattr(answers, "_TOO_LATE", -(10**15))

    def kept(*words: object) -> Answer:
        code = asked(*words)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    for _step in range(10):
        work.step()
        folder = git_folder.root / ".git/kanban"
        if work.chance.random() < 0.4 and (folder / NAME).exists():
            work.chance.choice([deleted, changed, cut, killed])(folder, work.chance)
        around = work.chance.choice([nobody_else, nobody_else, another_writer, reading_alone, something_in_the_way])
        with around(folder):
            for verb in work.chance.sample(VERBS, 3):
                call = ("-C", git_folder.root, *verb, "--as-of", work.chance.choice(DAYS))
                assert kept(*call) == kept(*call) == kanban("--no-cache", *call), verb
    kept("-C", git_folder.root, "metrics", "--json")
    assert (git_folder.root / ".git/kanban" / NAME).exists()
