"""What every test shares: no inherited git environment, pinned identities and dates, a small real-repository fixture."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from kanban.i18n.catalogue import set_language
from kanban.i18n.compiling import compile_catalogues
from tests.golden_nine import golden_nine  # noqa: F401

PINNED = {
    "GIT_AUTHOR_NAME": "Zoé Martin",
    "GIT_AUTHOR_EMAIL": "zoe@example.org",
    "GIT_COMMITTER_NAME": "Zoé Martin",
    "GIT_COMMITTER_EMAIL": "zoe@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "COLUMNS": "100",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what the code gives now")
    parser.addoption("--sweep", action="store_true", help="run every case of the long tables, not one in ten")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a table marked `sweep` one case in ten, always the same, and one at least; all by `--sweep` or by name.

    `one_in=3` takes one in three; with `file=True` the tables of a file are one table.
    """
    if config.getoption("--sweep") or any("::" in argument for argument in config.args):
        return
    tables: dict[str, list[pytest.Item]] = {}
    left: list[pytest.Item] = []
    for item in items:
        if mark := item.get_closest_marker("sweep"):
            # With `only` a test always waits for `--sweep`, since a smaller one beside it always runs.
            table = item.nodeid.partition("::" if mark.kwargs.get("file") else "[")[0]
            (left if mark.kwargs.get("only") else tables.setdefault(table, [])).append(item)
    for cases in tables.values():
        one_in = next(mark for mark in cases[0].iter_markers("sweep")).kwargs.get("one_in", 10)
        order = sorted(cases, key=lambda item: (crc32(item.nodeid.encode()) % one_in, item.nodeid))
        kept = sum(crc32(item.nodeid.encode()) % one_in == 0 for item in order)
        left += order[max(kept, 1 if len(order) > 1 else 0) :]
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(map(id, left))
        items[:] = [item for item in items if id(item) not in gone]


gc.disable()  # what is collected stays: looking through all of it again and again was a third of the start


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """French is compiled before the first test asks for it, once for all workers."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.fixture(autouse=True)
def _pinned_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A hook's or developer's git environment must never reach a test's repository, nor a test's language the next."""
    for name in list(os.environ):
        if name.startswith("GIT_") or name in ("NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR", "PAGER"):
            monkeypatch.delenv(name)
    for name, value in PINNED.items():
        monkeypatch.setenv(name, value)
    # The environment's own programs (pre-commit, kanban) come first, whether or not it was activated.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    set_language("en")
    yield
    set_language("en")  # fixtures of the next module are made before this one runs again


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run what is asynchronous in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten (`pytest --update-golden`)."""
    return bool(request.config.getoption("--update-golden"))


class GitFolder:
    """A real repository in a temporary folder, driven through the real git."""

    def __init__(self, root: Path, *, init: bool = True) -> None:
        self.root = root
        if not init:
            return
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", "--template=")
        (root / ".git" / "hooks").mkdir(exist_ok=True)

    def git(self, *arguments: str, date: str | None = None, check: bool = True, **environment: str) -> str:
        """Run git here and return its standard output. `date` pins author and committer date (ISO with offset)."""
        extra = dict(environment)
        if date:
            extra |= {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=os.environ | extra, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file (bytes as they are, text as UTF-8 with its own line ends)."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def commit(self, message: str = "change", *, date: str | None = None, **environment: str) -> str:
        """Stage everything and commit it; returns the commit id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, date=date, **environment)
        return self.git("rev-parse", "HEAD").strip()


@pytest.fixture
def git_folder(tmp_path: Path) -> GitFolder:
    """An empty repository on branch `main`."""
    return GitFolder(tmp_path / "repo")


@dataclass(frozen=True)
class Answer:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as one JSON document."""
        return json.loads(self.out)


Kanban = Callable[..., Answer]


@pytest.fixture
def kanban(capsys: pytest.CaptureFixture[str]) -> Kanban:
    """Runs the command line in this process: `kanban("-C", folder, "list")` gives code, out and err."""
    from kanban.cli import cli
    from kanban.commands.base.calling.entry import run

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run(cli, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call
