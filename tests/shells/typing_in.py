"""A real shell in a pseudo-terminal: what is typed goes in key by key, what stands on its line afterwards comes out."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STARTED = {"bash": ("bash", "-i"), "zsh": ("zsh", "-i"), "fish": ("fish", "-i", "--private")}
SAY = {
    "bash": "__say() { local IFS='|'; printf '<<%s>>\\n' \"$*\"; }",
    "zsh": '__say() { print -r -- "<<${(j:|:)@}>>" }',
    "fish": "function __say; printf '<<%s>>\\n' (string join '|' -- $argv); end",
}
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78])|\r|\x07")


class Shell:
    """One session."""

    def __init__(self, name: str, descriptor: int) -> None:
        self.name, self.descriptor = name, descriptor

    def after(self, keys: str) -> list[str]:
        """The words of the line after `keys` (with TABs) were typed; the line is thrown away."""
        self.send(f"{keys}\x01__say \r")
        end, seen = time.monotonic() + 30, ""
        while time.monotonic() < end:
            seen += self._more(1.0)
            if said := re.findall(r"<<(.*)>>", seen):
                return str(said[-1]).split("|")
        raise AssertionError(f"{self.name} said nothing after {keys!r}: {seen!r}")

    def shown(self, keys: str, wanted: str) -> tuple[str, list[str]]:
        """What the terminal shows while `keys` stand on the line, up to `wanted` at least, and the words of the line then;
        it is thrown away."""
        seen = ""
        for part in filter(None, re.split("(\t)", keys)):
            self.send(part)
            seen += self._more(3.0)
        end = time.monotonic() + 20
        while wanted not in seen and time.monotonic() < end:
            seen += self._more(1.0)
        return seen, self.after("")

    def send(self, keys: str) -> None:
        """Type keys."""
        os.write(self.descriptor, keys.encode())

    def wait(self) -> None:
        """Until a prompt has been shown and the terminal is quiet."""
        self._more(10.0)
        time.sleep(0.3)
        self._more(0.3)

    def _more(self, patience: float) -> str:
        """What comes within `patience` seconds, and whatever follows without a pause."""
        parts = []
        while select.select([self.descriptor], [], [], 0.2 if parts else patience)[0]:
            try:
                parts.append(os.read(self.descriptor, 65536))
            except OSError:
                break
        return _ESCAPES.sub("", b"".join(parts).decode("utf-8", "replace"))


@contextmanager
def shell_at(name: str, board: Path, home: Path, columns: int = 100) -> Iterator[Shell]:
    """A shell of that name in the folder of the board, whose home is `home` and whose `kanban` is the one under test."""
    commands = home / "bin"
    commands.mkdir(exist_ok=True)
    for command in ("kanban", "git-kanban"):
        (commands / command).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kanban "$@"\n')
        (commands / command).chmod(0o755)
    # Without this folder fish reads every manual page of the machine in the background, for minutes.
    (home / ".local/share/fish/generated_completions").mkdir(parents=True, exist_ok=True)
    environment = {"HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "$ ", "PYTHONPATH": str(ROOT)}
    environment |= {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "COLUMNS": str(columns)}
    process, descriptor = pty.fork()
    if process == 0:
        os.chdir(board)
        program = shutil.which(name) or name
        os.execve(program, [*STARTED[name]], environment)  # noqa: S606 - the shell is what is tried
    try:
        ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        shell = Shell(name, descriptor)
        shell.wait()
        shell.send(SAY[name] + "\r")
        shell.wait()
        shell.after("ready")
        yield shell
    finally:
        os.close(descriptor)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
