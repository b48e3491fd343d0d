"""Runs a command under the tracer: counted, or stopped or failed at one state-changing system call."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("tracer.c")
KILL, NO_SPACE, IO_ERROR, READ_ONLY = "kill", "ENOSPC", "EIO", "EROFS"
KILLED = 137


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at call number `at`: a kill of the whole process tree, or an error, once or from then on."""

    at: int
    kind: str = KILL
    persistent: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended, what it said, and the state-changing calls that it made (`name path`, in order)."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...]


@functools.cache
def tracer() -> Path | None:
    """The tracer, compiled for this machine; None where there is no C compiler or the kernel allows no tracing."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    program = Path(tempfile.mkdtemp(prefix="kanban-tracer-")) / "tracer"
    done = subprocess.run([compiler, "-O2", "-o", program, SOURCE], capture_output=True, check=False)
    if done.returncode:
        return None
    tried = subprocess.run([program, "--root", "/nowhere", "--", "true"], capture_output=True, check=False)
    return program if tried.returncode == 0 else None


def traced(command: Sequence[str], folder: Path, root: Path, fault: Fault | None = None) -> Run:
    """Run `command` in `folder`; calls that change something under `root` count."""
    program = tracer()
    assert program is not None
    log = Path(tempfile.mkstemp(prefix="kanban-calls-")[1])
    options = ["--log", str(log), "--root", str(root)]
    if fault is not None:
        options += ["--at", str(fault.at), "--do", fault.kind, *(["--persistent"] if fault.persistent else [])]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [program, *options, "--", *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
        )
        calls = tuple(
            line.partition(" ")[2].replace(str(root), "") for line in log.read_text(errors="replace").splitlines()[:-1]
        )
    finally:
        log.unlink()
    return Run(done.returncode, done.stdout, done.stderr, calls)
