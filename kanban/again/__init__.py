"""What is asked before anything else is loaded: whether an answer is known, and may be said again; and the end."""

from __future__ import annotations

import atexit
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

READING = frozenset(
    ("board", "check", "diagnose", "find", "forecast", "grep", "lint", "list", "log", "ls", "metrics", "next", "ready")
) | {"search", "show"}
"""Verbs, as they may be typed, that only read the board and its history, and write nowhere but to the streams; `lint`

where its words do not lead it elsewhere.
"""

KEEPING = READING | {"render"}
"""Verbs that need not be asked twice: those that read, and one that has nothing to write when nothing has changed."""

INTERRUPTED = 130
"""The exit code after Ctrl+C."""


def ready_streams() -> None:
    """Streams that can take every text: a closed one (`>&-`) swallows it, a terminal without UTF-8 gets escapes."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115 - open until exit
        elif name == "stdout" and getattr(stream, "errors", "") == "strict":
            stream.reconfigure(errors="backslashreplace")


def leave(code: int) -> NoReturn:
    """End the process with this code, once what was registered for its end is done and the streams hold all of it.

    At once: Python would look through everything once more for cycles and take it apart piece by piece, modules,
    classes, cards, which is a sixth of a short verb's work; the system takes a process's memory back whole. Where
    something stands in the way (a thread still at work, a stream that takes no more), Python ends it in its way.
    """
    threads = sys.modules.get("threading")
    if threads is None or threads.active_count() == 1:
        atexit._run_exitfuncs()
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        except (OSError, ValueError):
            sys.exit(code)
        os._exit(code)
    sys.exit(code)
