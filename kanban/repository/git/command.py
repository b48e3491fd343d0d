"""Runs git, always the same way: argument lists, a fixed configuration, an environment of this repository alone.

git is started directly: most verbs ask it a few questions and are done before GitPython would have been imported. The
shared repository is GitPython's (`remote.py`; docs/decisions/0011-what-the-libraries-do.md says what either costs).
A reading command cannot be made to run a program by the repository's own configuration (`core.fsmonitor`, pagers,
external diffs, remotes of a partial clone), takes no optional lock and sees no replace refs. Every command answers in
English, so that its few messages we look at can be recognised.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from kanban.beside import nameless_file
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.git import processes
from kanban.repository.git.done import Done
from kanban.repository.git.failures import failure
from kanban.repository.variables import REPOSITORY_VARIABLES
from kanban.values import dataclass

READING_CONFIGURATION = {
    "core.fsmonitor": "false",
    "core.quotePath": "false",
    "core.pager": "cat",
    "safe.bareRepository": "explicit",
    "color.ui": "false",
    "diff.external": "",
    "diff.renames": "false",
    "log.showSignature": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "i18n.logOutputEncoding": "UTF-8",
}
# No fetching while reading: what a partial clone lacks would come blob by blob, by whatever program its remote names.
NO_FETCHING = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
# GIT_FLUSH=0: git writes in blocks, not commit by commit; a pipe's two ends then wake each other ten times less often.
_READING_ENVIRONMENT = {
    **NO_FETCHING,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_FLUSH": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}
_CHUNK = 1 << 18
_ENGLISH = {"LANGUAGE": "C", "LC_ALL": "C"}
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
if sys.platform == "win32":
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"  # a `git.exe` that lies in the board's folder is not git


@dataclass(frozen=True, slots=True)
class GitCommand:
    """git, run in one folder.

    `git_dir` is given to git explicitly when the repository has no working tree (a bare one must be named, never
    stumbled upon). `environment` holds the repository's own variables inherited from a hook; all others of
    `REPOSITORY_VARIABLES` are hidden from git.
    """

    folder: Path
    git_dir: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    configuration: Mapping[str, str] = field(default_factory=dict)

    def read(self, *arguments: str, stdin: bytes | None = None, codes: Sequence[int] = (0,)) -> Done:
        """Run a command that only reads. An exit code outside `codes` raises `KanbanError`."""
        return self._finish(self._start(self._reading(arguments), _READING_ENVIRONMENT, stdin), arguments, codes)

    def begin(self, *arguments: str, stdin: bytes | None = None, codes: Sequence[int] | None = (0,)) -> Begun:
        """Begin a command that only reads, whose answer is asked for later, by this process."""
        out = nameless_file()
        try:
            process = self._start(self._reading(arguments), _READING_ENVIRONMENT, stdin, out)
        except BaseException:
            out.close()
            raise
        return Begun(process, out, partial(self._finish, process, arguments, codes))

    def run(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        codes: Sequence[int] | None = (0,),
        seconds: float | None = None,
    ) -> Done:
        """Run a command that may write, under the user's own configuration. `codes=None` accepts every exit code.

        After `seconds`, or when we are interrupted, it is ended with everything it started; `TimeoutError`.
        """
        process = self._start(self._argv({}, arguments), environment or {}, stdin)
        return self._finish(process, arguments, codes, seconds)

    def stream(self, *arguments: str, stdin: bytes | None = None) -> Iterator[bytes]:
        """Run a reading command and yield its output in chunks as it comes. Closing the iterator ends git."""
        process = self._start(self._reading(arguments), _READING_ENVIRONMENT, stdin)
        try:
            while chunk := _output(process).read1(_CHUNK):
                yield chunk
            self._finish(process, arguments, (0,))
        finally:
            processes.end(process)

    @contextmanager
    def pipe(self, *arguments: str, stdin: bytes) -> Iterator[IO[bytes]]:
        """Run a reading command on the given input and lend its output as a file."""
        process = self._start(self._reading(arguments), _READING_ENVIRONMENT, stdin)
        try:
            yield _output(process)
        finally:
            processes.end(process)

    def converse(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a reading command that is asked by its input and answers by its output, as long as it is held."""
        return self._start(self._reading(arguments), _READING_ENVIRONMENT, subprocess.PIPE)

    def _reading(self, arguments: Sequence[str]) -> list[str]:
        return self._argv(READING_CONFIGURATION, ("--no-pager", "--literal-pathspecs", *arguments))

    def _argv(self, configuration: Mapping[str, str], arguments: Sequence[str]) -> list[str]:
        argv = ["git"]
        for key, value in (*configuration.items(), *self.configuration.items()):
            argv += ["-c", f"{key}={value}"]
        if self.git_dir is not None:
            argv.append(f"--git-dir={self.git_dir}")
        return argv + list(arguments)

    def _start(
        self,
        argv: list[str],
        environment: Mapping[str, str],
        stdin: bytes | int | None,
        out: IO[bytes] | int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        variables = {**own_environment(), **_ENGLISH, **self.environment, **environment}
        with _input_file(stdin) as file:
            try:
                return subprocess.Popen(
                    argv,
                    cwd=self.folder,
                    env=variables,
                    stdin=file,
                    stdout=out,
                    stderr=subprocess.DEVNULL if file == subprocess.PIPE else subprocess.PIPE,
                    creationflags=_NO_WINDOW,
                )
            except FileNotFoundError as error:
                if self.folder.is_dir():
                    raise git_is_missing() from error
                raise _not_started(error) from error
            except (ValueError, OSError) as error:
                raise _not_started(error) from error

    def _finish(
        self,
        process: subprocess.Popen[bytes],
        arguments: Sequence[str],
        codes: Sequence[int] | None,
        seconds: float | None = None,
    ) -> Done:
        try:
            out, err = process.communicate(timeout=seconds)
        except BaseException as error:
            processes.end(process, with_children=True)
            if isinstance(error, subprocess.TimeoutExpired):
                raise TimeoutError(seconds) from error
            raise
        done = Done(process.returncode, out or b"", (err or b"").decode("utf-8", "replace").strip())
        if codes is not None and done.code not in codes:
            raise failure(done, arguments)
        return done


class Begun:
    """A git that was begun. What it says waits in a file without a name, not in our memory."""

    def __init__(self, process: subprocess.Popen[bytes], out: IO[bytes], finish: Callable[[], Done]) -> None:
        self._process, self._out, self._finish = process, out, finish

    def wait(self) -> None:
        """Until it has ended. Raises KanbanError where it failed."""
        if self._process.returncode is None:
            self._finish()

    def answer(self) -> bytes:
        """What it has said once it has ended; asked for once. Raises KanbanError where it failed."""
        with self.said() as out:
            return out.read()

    def said(self) -> IO[bytes]:
        """The file in which that is, to be closed."""
        self.wait()
        self._out.seek(0)
        return self._out

    def end(self) -> None:
        """It is not wanted any more."""
        processes.end(self._process)
        self._out.close()


class Ahead:
    """Questions to a git that are asked before their answers are wanted; what was not asked so, is asked now."""

    def __init__(self, git: GitCommand) -> None:
        self._git = git
        self._begun: dict[tuple[str, ...], Begun] = {}

    def begin(self, *arguments: str) -> None:
        """Ask already."""
        self._begun[arguments] = self._git.begin(*arguments)

    def read(self, *arguments: str) -> Done:
        """The answer; asked for once."""
        begun = self._begun.pop(arguments, None)
        return self._git.read(*arguments) if begun is None else Done(0, begun.answer(), "")

    def end(self) -> None:
        """What was not wanted is not any more."""
        while self._begun:
            self._begun.popitem()[1].end()

    __del__ = end


def own_environment() -> dict[str, str]:
    """The environment we were started in, without what speaks about a repository of whoever started us."""
    return {name: value for name, value in os.environ.items() if name not in REPOSITORY_VARIABLES}


def git_is_missing() -> KanbanError:
    """The error to raise where there is no git."""
    return KanbanError(_("the program `git` was not found"), cure=_("install git 2.38 or newer and try again"))


def _not_started(error: Exception) -> KanbanError:
    return KanbanError(_("git could not be started: {reason}").format(reason=error))


def _output(process: subprocess.Popen[bytes]) -> BufferedReader:
    return cast("BufferedReader", process.stdout)  # a pipe: we asked for one


@contextmanager
def _input_file(data: bytes | int | None) -> Iterator[IO[bytes] | int]:
    """The input as a real file: however much git answers before it has read all, nobody waits for the other."""
    if data is None or isinstance(data, int):
        yield subprocess.DEVNULL if data is None else data
        return
    with nameless_file() as file:
        file.write(data)
        file.seek(0)
        yield file
