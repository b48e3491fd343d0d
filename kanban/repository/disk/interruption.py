"""Ctrl-C and polite kills during a write: before the point of no return they undo it, after it they wait."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self


class Interruptions:
    """Inside the `with` block SIGINT raises `KeyboardInterrupt`, SIGTERM and SIGHUP raise `SystemExit(128 + n)`.

    Only the first signal raises; later ones, and any that come in a `shielded` block, are ignored: by then the write
    is being undone or finished, which takes milliseconds and must not be cut short.
    """

    def __init__(self) -> None:
        self._shielded = 0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    @contextmanager
    def shielded(self) -> Iterator[None]:
        """Signals that come in this block do nothing."""
        self._shielded += 1
        try:
            yield
        finally:
            self._shielded -= 1

    def past_return(self) -> None:
        """From here on, until the `with` block ends, signals do nothing: what was asked for has been done."""
        self._shielded += 1

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self._shielded:
            return
        self._shielded += 1
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)
