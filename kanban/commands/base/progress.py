"""How far a reading or transfer is, on a terminal's standard error: silent at first and elsewhere, gone at the end."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import Self, TextIO

from kanban.i18n import _, ngettext

_PATIENCE = 0.8
_INTERVAL = 0.1
_CLEAR = "\r\x1b[K"


class _Progress:
    """Shows a line, once it has taken longer than one likes to wait."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._visible = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def _show(self, text: str) -> None:
        if not self._visible or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _INTERVAL
        self._shown = True
        self._stream.write(_CLEAR + text)
        self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


class HistoryProgress(_Progress):
    """Called with the number of commits read so far."""

    def __call__(self, commits: int) -> None:
        text = ngettext("reading the history: {count} commit", "reading the history: {count} commits", commits)
        self._show(text.format(count=commits))


class TransferProgress(_Progress):
    """Called with which way a transfer goes and how many per cent of it are done."""

    def __call__(self, sending: bool, percent: int) -> None:
        text = _("sending: {percent} %") if sending else _("receiving: {percent} %")
        self._show(text.format(percent=percent))
