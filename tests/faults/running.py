"""Runs verbs in forked children of this process, in which kanban is loaded already: free, or under the tracer.

A child is what a fresh interpreter would be: its folder, its arguments, nobody to answer its questions, and what is
registered for the end is run at its end. What it had to load is loaded here for the next ones.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from kanban import values
from tests.faults.tracer import MACHINE, Fault, Watch, be_watched
from tests.forked import be_kanban

SECONDS = 120
"""What runs longer is taken for hanging."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended, what it said, and under the tracer the state-changing calls that it made."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...] = ()


def can_trace() -> bool:
    """Whether this machine is one whose calls are known, and its kernel lets one process watch another."""
    if MACHINE is None:
        return False
    child = os.fork()
    if not child:
        be_watched()
        os._exit(7)
    return Watch("/nowhere", None).until_the_end(child) == 7


def verb(
    words: Sequence[str],
    folder: Path,
    root: Path | None = None,
    fault: Fault | None = None,
    at_each: Callable[[int, str], None] | None = None,
) -> Run:
    """Run `kanban WORDS` in a folder; with `root` under the tracer: calls that change something below it count.

    `at_each` is asked before each of them, with its number and what has been said so far, while nothing moves.
    """
    files = [os.memfd_create(name) for name in ("out", "err", "loaded")]
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _be_kanban(words, folder, files, watched=root is not None)

    def stopped(number: int) -> None:
        if at_each is not None:
            at_each(number, "".join(os.pread(file, 1 << 20, 0).decode("utf-8", "replace") for file in files[:2]))
            signal.signal(signal.SIGALRM, hangs)
            signal.alarm(SECONDS)

    watch = Watch(str(root), fault, stopped if at_each else None)

    def hangs(_signal: int, _frame: FrameType | None) -> None:
        watch.alive.add(child)
        watch.end_all()
        raise TimeoutError(f"kanban {' '.join(words)} hangs")

    signal.signal(signal.SIGALRM, hangs)
    signal.alarm(SECONDS)
    try:
        code = watch.until_the_end(child) if root else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        signal.alarm(0)
        out, err, loaded = (_read(file) for file in files)
    _load(loaded.split())
    return Run(code, out, err, tuple(call.replace(str(root), "") for call in watch.calls))


def _be_kanban(words: Sequence[str], folder: Path, files: list[int], *, watched: bool) -> NoReturn:
    def end() -> None:
        os.write(files[2], "\n".join(name for name in sys.modules if name != "__main__").encode())
        _forget()

    streams = (os.open(os.devnull, os.O_RDONLY), *files[:2])
    be_kanban(words, folder, streams, be_watched if watched else None, end)


def _forget() -> None:
    """Let go of what the program holds open, as the end of an interpreter does: the index is closed, which writes."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "kanban":
            vars(module).clear()
    gc.collect()


def _read(file: int) -> str:
    with open(file, "rb") as opened:
        opened.seek(0)
        return opened.read().decode("utf-8", "replace")


def _load(names: list[str]) -> None:
    """Load what the child had to, and keep it out of the way of the collector, which would copy every page of it."""
    lacking = [name for name in names if name not in sys.modules]
    for name in lacking:
        with suppress(ImportError):
            importlib.import_module(name)
    if lacking:
        for cls, declared in list(values._DECLARED.items()):
            declared.ready(cls)  # what else its first value would do, in each child anew
        gc.collect()
        gc.freeze()
