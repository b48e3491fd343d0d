"""Named places where a test can make a write fail or die: the transaction promises to survive all of them.

`KANBAN_FAILPOINT=name` ends the process there by SIGKILL, as a power cut would; `name:ENOSPC` (any errno's name)
raises that error of the system; `name:SIGINT` (any signal's name) sends that signal. Unset, as everywhere outside the
tests, nothing happens.
"""

import errno
import os
import signal

VARIABLE = "KANBAN_FAILPOINT"
NAMES = (
    "after-lock",
    "after-index-lock",
    "after-journal",
    "before-each-file",
    "before-removal",
    "after-worktree",
    "after-private-index",
    "after-pre-commit",
    "after-tree",
    "after-commit-object",
    "after-next-index",
    "before-ref",
    "after-ref",
    "after-index",
    "after-journal-removed",
    "after-unlock",
)


def failpoint(name: str) -> None:
    """Do here what `KANBAN_FAILPOINT` asks for, if it names this place."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    place, _colon, what = wanted.partition(":")
    if place != name:
        return
    if what.startswith("E"):
        code = int(getattr(errno, what))
        raise OSError(code, os.strerror(code))
    os.kill(os.getpid(), getattr(signal, what or "SIGKILL"))
