"""Work done beside one's own, in a forked process: it begins at once with all that is at hand, and its answer is bytes.

Where no process can be forked (Windows, macOS, a process of several threads, a single processor), and where the forked
one ended without an answer, killed or out of memory, the work is done when its answer is asked for, by whoever asks.
So the answer is the same with one process and with two.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, NoReturn
from weakref import finalize

Work = Callable[[], bytes]

loaded: set[str] = set()
"""Modules that were loaded beside, by name: they had a part in what is answered here."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a forked process would be a second pair of hands: threads do not come along, and would be missed."""
    return sys.platform.startswith("linux") and processors() > 1 and threading.active_count() == 1


class Beside:
    """One piece of work, begun when this is made; what nobody asks for any more is ended.

    `patient`: it is asked for last, so that it lets all else go first where there are more processes than processors.
    """

    def __init__(self, work: Work, *, patient: bool = False) -> None:
        self._work = work
        self._begun: _Forked | None = None
        if may_fork():
            with suppress(OSError):
                self._begun = _Forked(work, patient)

    @property
    def is_begun(self) -> bool:
        """Whether another process does it."""
        return self._begun is not None

    def answer(self) -> bytes:
        """What the work gives. Asked for once."""
        begun, self._begun = self._begun, None
        told = begun.answer() if begun is not None else None
        return self._work() if told is None else told


class _Forked:
    """A process that does the work and leaves its answer in a file without a name."""

    def __init__(self, work: Work, patient: bool) -> None:
        self._file = nameless_file()
        self._number = os.fork()
        if not self._number:
            if patient:
                os.nice(_PATIENCE)
            _do(work, self._file)
        self._end = finalize(self, _end, self._number, self._file)

    def answer(self) -> bytes | None:
        """What it left, once it has ended; None where it ended before it had done all, or nobody tells how it did.

        Nobody does where whoever started us lets the system forget such ends (SIGCHLD ignored, as some services do).
        """
        self._end.detach()
        with self._file as file:
            try:
                _pid, status = os.waitpid(self._number, 0)
            except ChildProcessError:
                return None
            if status != 0:
                return None
            file.seek(-_WIDTH, os.SEEK_END)
            end = file.tell() - int.from_bytes(file.read(_WIDTH), "big")
            file.seek(end)
            loaded.update(file.read()[:-_WIDTH].decode().split())
            file.seek(0)
            return file.read(end)


_PATIENCE = 3
"""How much less of a processor than others a patient process takes, as `nice` counts it: half."""
_WIDTH = 4
"""Bytes behind an answer that say how long the names of loaded modules before them are."""


def _do(work: Work, file: IO[bytes]) -> NoReturn:
    """Be the forked process: nothing of what the other one has begun is ended here, and nothing is said."""
    code, before = 1, set(sys.modules)
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        gc.disable()
        file.write(work())
        modules = " ".join(loaded | (sys.modules.keys() - before)).encode()
        file.write(modules + len(modules).to_bytes(_WIDTH, "big"))
        file.flush()
        code = 0
    finally:
        os._exit(code)


def _end(number: int, file: IO[bytes]) -> None:
    with file, suppress(OSError):
        os.kill(number, signal.SIGTERM)
        os.waitpid(number, 0)


@contextmanager
def collector_resting() -> Iterator[None]:
    """Hundreds of thousands of small values are made and no cycles: looking for some would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def nameless_file() -> IO[bytes]:
    """A file that is gone when it is closed: in memory where the system has such files."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return open(os.memfd_create("kanban"), "w+b")
    import tempfile

    return tempfile.TemporaryFile()


class Letter:
    """Words for a piece of work that were not known when it began; sent once, before anybody asks for its answer.

    Work in a process of its own waits for them.
    """

    def __init__(self) -> None:
        self._sent: bytes | None = None
        self._file = nameless_file()
        self._ends = os.pipe()
        self._close = finalize(self, _close, self._file, *self._ends)

    def send(self, words: bytes) -> None:
        """Say the words; nobody need be waiting for them."""
        self._sent = words
        self._file.write(words)
        self._file.flush()
        os.write(self._ends[1], b"\0")

    def words(self) -> bytes:
        """The words. Raises OSError where whoever should have sent them has ended."""
        if self._sent is not None:
            return self._sent
        self._close.detach()
        os.close(self._ends[1])  # ours, which would keep the other one's end from being seen
        if not os.read(self._ends[0], 1):
            raise OSError
        return os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size, 0)


def _close(file: IO[bytes], *ends: int) -> None:
    with suppress(OSError):  # what was not written for want of room
        file.close()
    for end in ends:
        with suppress(OSError):
            os.close(end)
