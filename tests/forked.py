"""What a forked child does to be a `kanban` of its own: for benches that would start Python thousands of times."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn


def be_kanban(
    words: Sequence[str],
    folder: str | Path,
    streams: Sequence[int],
    begin: Callable[[], None] | None = None,
    end: Callable[[], None] | None = None,
) -> NoReturn:
    """Run `kanban WORDS` in a folder and end this process as an interpreter would, with what is registered for its end.

    `streams` are its input, output and errors. `begin` is called just before the verb, `end` after all is written.
    """
    code: object = 70
    try:
        atexit._clear()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the process's own streams stay open to its end
        sys.stdout = open(1, "w", closefd=False, errors="surrogateescape")  # noqa: SIM115 - the same
        sys.stderr = open(2, "w", closefd=False, errors="backslashreplace", buffering=1)  # noqa: SIM115 - the same
        os.chdir(folder)
        sys.argv = ["kanban", *words]
        if begin is not None:
            begin()
        from kanban import cli

        cli.leave = sys.exit  # what is asked for the end below comes first
        cli.main()
        code = 0
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        with suppress(BaseException):
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            if end is not None:
                end()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
