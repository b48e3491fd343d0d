"""Running gits: ending one that is not wanted any more with the hooks and programs it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path


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
    for stream in (process.stdout, process.stderr):
        if stream is not None:
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
