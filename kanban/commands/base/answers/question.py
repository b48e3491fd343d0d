"""What an answer is made from: the words, the terminal, the program, every file of the board, and git's own files.

Nothing is read or opened for it, files are only looked at: name, size, times and number. A file that changed too lately
for its times to tell makes a question without a digest, and so does whatever else could speak into the answer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import kanban
from kanban.commands.base.calling.invocation import KEEPING
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.folder.reading import Looked, look_at_folder, looked_at
from kanban.repository.disk import FOLDER
from kanban.repository.kept.digests import blake2b
from kanban.repository.kept.git_folders import Folders, folders_above, speaking_files
from kanban.repository.kept.index import NAME

_VALUED = ("-C", "--lang", "--color")
_OF_LINT = frozenset({"--staged", "--changed-only", "--json", "--no-waivers", "--exit-zero", "--statistics"})
_OF_LINT_VALUED = frozenset({"--output-format", "--fail-on", "--select", "--ignore", "--extend-select", "--as-of"})
"""Words after `lint` that let it look at the board alone; any other may lead it to other files, or let it write."""
_NEVER = ("--no-cache", "--watch", "--csv", "--show-signature", "-")
"""Words with which a verb reads or writes elsewhere, or shall work its answer out again."""
_ELSEWHERE = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH")
"""Variables that lead git to other files than those looked at."""
_PASSING = frozenset({"_", "SHLVL", "OLDPWD"})
"""Variables that change with every command and say nothing to us."""
_TOO_LATE = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system people use."""


class Question(NamedTuple):
    """A question as it can be asked again: verb, folder, where its answer is kept, a digest of all that answers it.

    `program` is a digest of the program's own part in it.
    """

    verb: str
    directory: str
    common_dir: Path
    digest: bytes
    program: bytes


def question(
    typed: Sequence[str], now: int, program: bytes = b"", seen: dict[str, Looked] | None = None
) -> Question | None:
    """The question that these words ask at `now` (ns since the epoch); None where the answer must be worked out.

    With `program`, as the question had it when it was asked first, the program is not looked at again: should it be
    another one by now, the answer is kept for the one that gave it, and nobody asks that one any more. What was seen of
    the board's files is left in `seen`.
    """
    verb = _verb(typed)
    if not verb or any(os.environ.get(name) for name in _ELSEWHERE):
        return None
    try:
        directory = _directory(typed)
        root = find_board(Path(directory))
        folders = folders_above(root)
        if folders is None or not folders.ours:
            return None
        told = blake2b(_called(typed, root), digest_size=16)
        board = look_at_folder(root, {} if seen is None else seen)
        for one in chain(map(looked_at, _beside(root, folders)), board):  # what changes most comes first
            if one.changed > now - _TOO_LATE:
                return None
            told.update(one.told)
        program = program or blake2b(b"".join([looked_at(path).told for path in _program()]), digest_size=16).digest()
        told.update(program)
    except (KanbanError, OSError):
        return None
    return Question(verb, directory, folders.common_dir, told.digest(), program)


def state_of(*folders: str) -> str:
    """A digest of all files below some folders, as they are looked at; hidden ones too, git's own left out."""
    told = set[bytes]()
    waiting = list(folders)
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in found:
                if not entry.is_dir(follow_symlinks=False):
                    told.add(looked_at(entry.path).told)
                elif entry.name != ".git":
                    waiting.append(entry.path)
    return blake2b(b"".join(sorted(told)), digest_size=16).hexdigest()


def _verb(typed: Sequence[str]) -> str:
    """The verb among the words, if its answer is kept; else ""."""
    words = iter(typed)
    for word in words:
        if word in _VALUED:
            next(words, "")
        elif not word.startswith("-"):
            break
    else:
        return ""
    if any(one in _NEVER or one.startswith(tuple(f"{never}=" for never in _NEVER)) for one in typed):
        return ""
    if word in ("lint", "check") and not _looks_at_the_board_alone(words):
        return ""
    return word if word in KEEPING else ""


def _looks_at_the_board_alone(words: Iterator[str]) -> bool:
    """Whether the words after `lint` do."""
    for word in words:
        if word in _OF_LINT_VALUED or word in _VALUED:
            next(words, "")
        elif word not in _OF_LINT and word.partition("=")[0] not in _OF_LINT_VALUED:
            return False
    return "GITHUB_STEP_SUMMARY" not in os.environ and not any(name.startswith("PRE_COMMIT") for name in os.environ)


def _directory(typed: Sequence[str]) -> str:
    directory = "."
    for word, following in pairwise(typed):
        if word == "-C":
            directory = os.path.join(directory, following)
        elif word.startswith("-C"):
            raise OSError(word)
    return directory


def _called(typed: Sequence[str], root: Path) -> bytes:
    """How the verb was called, in which surroundings, and where its answer goes."""
    told = (
        *typed,
        os.getcwd(),
        root,
        sys.version,
        *(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)),
        *_terminal_size(),
        *sorted(f"{name}={value}" for name, value in os.environ.items() if name not in _PASSING),
    )
    return "\0".join(map(str, told)).encode("utf-8", "surrogateescape")


def _terminal_size() -> tuple[int, int]:
    """Columns and lines of the terminal; variables that say otherwise are in the digest anyway."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()) if sys.__stdout__ else (0, 0)
    except (OSError, ValueError):
        return 0, 0


def _beside(root: Path, folders: Folders) -> Iterator[str]:
    """Files at the board's top, attributes above it, git's and its user's files, ours that tell of a broken write."""
    with os.scandir(root) as found:
        yield from (entry.path for entry in found if not entry.is_dir(follow_symlinks=False))
    for above in (root, *root.parents):
        yield from (os.path.join(above, ".gitattributes"), os.path.join(above, ".gitmodules"))
        if os.path.lexists(above / ".git"):
            break
    yield from speaking_files(folders)
    home = os.path.expanduser("~")
    yield from (os.path.join(home, ".gitconfig"), os.path.join(home, ".config", "git", "config"), "/etc/gitconfig")
    yield os.path.join(home, ".config", "git", "ignore")
    yield from filter(None, (os.environ.get("GIT_CONFIG_GLOBAL"), os.environ.get("GIT_CONFIG_SYSTEM")))
    with suppress(FileNotFoundError), os.scandir(folders.common_dir / FOLDER) as found:
        yield from (entry.path for entry in found if not entry.name.startswith(NAME))


def _program() -> Iterator[str]:
    """Our own files, and the folders in which libraries are installed."""
    waiting = [os.path.dirname(kanban.__file__)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.name.endswith((".py", ".mo", ".yml")):
                    yield entry.path
                elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    yield from (place for place in sys.path if place)
