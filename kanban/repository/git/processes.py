"""Running gits: one that is asked again and again, and the end of one that is not wanted, with all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from typing import Protocol

    class Starting(Protocol):
        """Who starts a git."""

        def converse(self, *arguments: str) -> subprocess.Popen[bytes]:
            """One that is asked by its input and answers by its output."""


def end(process: subprocess.Popen[bytes], *, with_children: bool = False) -> None:
    """Make sure that a started git is gone and its pipes are closed, whatever happened.

    `with_children` ends everything it had started too: a hook that goes on alone would write into files that have
    just been put back.
    """
    if process.poll() is None:
        family = descendants(process.pid) if with_children else []
        process.terminate()
        for number in family:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGTERM)
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):  # what it was still to be asked
                stream.close()


def is_git_at_work(folders: list[Path]) -> bool | None:
    """Whether a git runs in one of these folders or below; None where nobody can tell. A doubt counts as yes."""
    processes = Path("/proc")
    if not (processes / "self" / "comm").exists():
        return None
    places = [folder.resolve() for folder in folders]
    for process in processes.glob("[0-9]*"):
        try:
            name = (process / "comm").read_text().strip()
            if not name.startswith("git") or name == "git-kanban":
                continue
            if b"kanban" in (process / "cmdline").read_bytes().split(b"\0"):  # `git kanban` waits for us
                continue
            at = Path(os.readlink(process / "cwd"))
        except PermissionError:
            return True
        except OSError:
            continue
        if any(at == place or place in at.parents for place in places):
            return True
    return False


def descendants(ancestor: int) -> list[int]:
    """The processes that a process has started, and theirs; nothing where the system has no `ps`."""
    try:
        done = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False)
    except OSError:
        return []
    children: dict[int, list[int]] = {}
    for line in done.stdout.splitlines():
        number, parent = line.split()
        children.setdefault(int(parent), []).append(int(number))
    found: list[int] = []
    waiting = [ancestor]
    while waiting:
        own = children.get(waiting.pop(), [])
        found += own
        waiting += own
    return found


class Conversation:
    """One `git cat-file --batch`, started by the first question, ended when nobody holds this any more.

    It belongs to the process that made it: a forked one, which has the same pipes, does not speak into them.
    """

    def __init__(self, git: Starting) -> None:
        self._git, self._owner = git, os.getpid()
        self._process: subprocess.Popen[bytes] | None = None
        self._silent = False

    def content(self, blob: str) -> bytes | None:
        """The content of a blob; None where this git does not tell it, and another way must be taken."""
        if self._silent or os.getpid() != self._owner:
            return None
        try:
            return self._told(self.begun(), blob)
        except (OSError, ValueError):
            self._silent = True
            return None

    def begun(self) -> subprocess.Popen[bytes]:
        """Its git, started by now."""
        if self._process is None:
            self._process = self._git.converse("cat-file", "--batch")
            finalize(self, end, self._process)
        return self._process

    def several(self, blobs: Iterable[str]) -> dict[str, bytes] | None:
        """The contents of a few blobs; None where it does not tell one of them."""
        found: dict[str, bytes] = {}
        for blob in blobs:
            data = self.content(blob)
            if data is None:
                return None
            found[blob] = data
        return found

    def _told(self, process: subprocess.Popen[bytes], blob: str) -> bytes | None:
        if process.stdin is None or process.stdout is None:
            raise ValueError(blob)
        process.stdin.write(f"{blob}\n".encode())
        process.stdin.flush()
        heading = process.stdout.readline().split()
        if len(heading) != 3 or heading[0] != blob.encode():
            raise ValueError(heading)
        size = int(heading[2])
        told = process.stdout.read(size + 1)
        if len(told) != size + 1:
            raise ValueError(heading)
        return told[:-1]
