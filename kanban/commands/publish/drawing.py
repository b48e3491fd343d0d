"""The renderer in a process of its own: what it takes to draw a dozen charts is given back when they are drawn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from kanban.render.charts.base import renderer
from kanban.render.charts.base.renderer import Asked


class DrawingProcess:
    """Draws in a process that is started for the first drawing; where none can be had, in this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: deque[tuple[str, Asked]] = deque()
        self._asked = 0
        self._drawn: dict[Asked, str] = {}

    def start(self) -> None:
        """Start the process, which takes half a second to be ready: worth it where something will surely be drawn."""
        if self._process is None:
            command = [sys.executable, "-P", "-m", renderer.__name__]
            pipe = subprocess.PIPE
            with suppress(OSError):
                self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)

    def begin(self, asked: Sequence[Asked]) -> None:
        """Have these drawn while this process does something else."""
        with suppress(OSError, ValueError):
            self._ask(asked)

    def __call__(self, spec: str, locale: str, /) -> str:
        """As `svg_of` of the renderer."""
        asked = spec, locale
        with suppress(OSError, ValueError):
            if asked not in self._drawn and all(one != asked for _name, one in self._begun):
                self._ask([asked])
            while asked not in self._drawn:
                self._collect()
            return self._drawn.pop(asked)
        self.close()
        return renderer.svg_of(spec, locale)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            with self._process as process:
                process.kill()
        self._process = None
        self._begun.clear()

    def _ask(self, asked: Sequence[Asked]) -> None:
        """Raises OSError where the process is not there."""
        self.start()
        if self._process is None or self._process.stdin is None:
            raise OSError
        lines = []
        for one in asked:
            self._asked += 1
            name = f"{os.getpid()} {self._asked}"
            self._begun.append((name, one))
            lines.append(json.dumps([name, *one]).encode() + b"\n")
        self._process.stdin.write(b"".join(lines))
        self._process.stdin.flush()

    def _collect(self) -> None:
        """What is drawn next, of what was begun.

        Raises ValueError where the process ended over it, or answers another that is gone: a forked one, killed.
        """
        name, asked = self._begun.popleft()
        assert self._process is not None and self._process.stdout is not None  # noqa: S101, PT018 - asked there
        told, svg = json.loads(self._process.stdout.readline())
        if told != name:
            raise ValueError(told)
        self._drawn[asked] = svg
