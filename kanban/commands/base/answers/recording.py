"""Listens to what a verb says on the streams, in order, without changing anything of it."""

from __future__ import annotations

import sys
from typing import Any, TextIO

Told = list[tuple[str, str]]
"""The stream's name and a text, in the order in which they were said."""


class Recording:
    """What is said on standard output and error from `begin` to `end`; `whole` unless something passed it by."""

    def __init__(self) -> None:
        self.told: Told = []
        self.whole = True
        self._streams: tuple[TextIO, TextIO] | None = None

    def begin(self) -> None:
        """Stand between the program and its streams."""
        self._streams = (sys.stdout, sys.stderr)
        sys.stdout = _Heard("stdout", sys.stdout, self)
        sys.stderr = _Heard("stderr", sys.stderr, self)

    def end(self) -> None:
        """Step aside."""
        if self._streams is not None:
            sys.stdout, sys.stderr = self._streams

    def heard(self, name: str, text: str) -> None:
        """Note a text; what moves a terminal's cursor back is a progress and not to be told again."""
        if text:
            self.told.append((name, text))
        self.whole = self.whole and "\r" not in text and "\x1b[K" not in text


class _Heard:
    """A stream whose texts are noted. Who asks for the bytes or the file beneath it writes past us."""

    def __init__(self, name: str, stream: TextIO, recording: Recording) -> None:
        self._name, self._stream, self._recording = name, stream, recording

    def write(self, text: str) -> int:
        """As the stream does."""
        try:
            written = self._stream.write(text)
        except (OSError, ValueError):
            self._recording.whole = False
            raise
        self._recording.heard(self._name, text)
        return written

    def flush(self) -> None:
        """As the stream does."""
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._recording.whole = False
            raise

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "fileno", "detach", "writelines"):
            self._recording.whole = False
        return getattr(self._stream, name)
