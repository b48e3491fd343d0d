"""The renderer in a process of its own: what it takes to draw a dozen charts is given back when they are drawn."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress

from kanban.render.charts.base import renderer


class DrawingProcess:
    """Draws in a process that is started for the first drawing; where none can be had, in this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, spec: str, locale: str) -> str:
        """As `svg_of` of the renderer."""
        with suppress(OSError, ValueError):
            return self._asked(spec, locale)
        self.close()
        return renderer.svg_of(spec, locale)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            with self._process as process:
                process.kill()
            self._process = None

    def _asked(self, spec: str, locale: str) -> str:
        """What the process draws. Raises OSError or ValueError where it is not there, or ended over it."""
        if self._process is None:
            command = [sys.executable, "-P", "-m", renderer.__name__]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None and told is not None  # noqa: S101, PT018 - both are pipes
        asked.write(json.dumps([spec, locale]).encode() + b"\n")
        asked.flush()
        return str(json.loads(told.readline()))
