"""What is asked before anything else is loaded: whether an answer is known, and may be said again."""

from __future__ import annotations

import os
import sys

READING = frozenset(
    ("board", "check", "diagnose", "find", "forecast", "grep", "lint", "list", "log", "ls", "metrics", "next", "ready")
) | {"search", "show"}
"""Verbs, as they may be typed, that only read the board and its history, and write nowhere but to the streams; `lint`

where its words do not lead it elsewhere.
"""

KEEPING = READING | {"render"}
"""Verbs that need not be asked twice: those that read, and one that has nothing to write when nothing has changed."""


def ready_streams() -> None:
    """Streams that can take every text: a closed one (`>&-`) swallows it, a terminal without UTF-8 gets escapes."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115 - open until exit
        elif name == "stdout" and getattr(stream, "errors", "") == "strict":
            stream.reconfigure(errors="backslashreplace")
