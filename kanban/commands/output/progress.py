"""How far a long reading is, on a terminal's standard error: silent at first, silent elsewhere, gone when it ends."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import TextIO

from kanban.i18n import ngettext

_PATIENCE = 0.8
_INTERVAL = 0.1
_CLEAR = "\r\x1b[K"


class HistoryProgress:
    """Called with the number of commits read so far; shows it once reading has taken longer than one likes to wait."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._visible = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def __enter__(self) -> HistoryProgress:
        return self

    def __call__(self, commits: int) -> None:
        if not self._visible or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _INTERVAL
        self._shown = True
        text = ngettext("reading the history: {count} commit", "reading the history: {count} commits", commits)
        self._stream.write(_CLEAR + text.format(count=commits))
        self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
