"""A question that was answered already, about files that are as they were, is answered in the same words.

A question is the words, the terminal, every file of the board, and git's own files. Nothing is read or opened for it,
files are only looked at: name, size, times and number. A file that changed too lately for its times to tell makes no
question, and neither does whatever else could speak into the answer.

The answer is a row of the index: what was said on which stream, the exit code, until when it holds, as the day of a
board ends at its own midnight, and which files of the program made it.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import pairwise

import kanban
from kanban.again import KEEPING
from kanban.again.files import Looked, board_above, look_at_folder, looked_at
from kanban.again.rows import FOLDER, NAME, blake2b, git_folders_above, is_ours, one_row, speaking_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

KIND = "answer"
TOP = os.path.dirname(kanban.__file__)
"""The program's folder."""
_FORM = ("utf-8", "surrogatepass")
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


class Question:
    """A question as it can be asked again: verb, folder, the board's, git's, a digest of all that answers it but the

    program. `around` is the part of it that is no file of the board, `folders` what the board's folders told.
    """

    def __init__(self, typed: Sequence[str], directory: str, root: str, git: tuple[str, str]) -> None:
        self.verb, self.directory, self.common_dir = _verb(typed), directory, git[1]
        self._typed, self._root, self._git = typed, root, git
        self.digest, self.around = b"", ""
        self.folders: dict[str, str] = {}

    def looked(self, latest: int, seen: dict[str, Looked]) -> bool:
        """Look at all that answers it; False where something changed after `latest`, so that its times may not tell."""
        for one in self._around():  # what changes most comes first
            if one.changed > latest:
                return False
            self.around += one.told
        told = [self.around]
        for one in look_at_folder(self._root, seen, self.folders):
            if one.changed > latest:
                return False
            told.append(one.told)
        self.digest = _digest(told)
        return True

    def still(self) -> bool:
        """Whether it would be the same question by now, unless a file of the board was written to since.

        Such a file is another one for ever, as the system notes when it was; one that came and went is told by its
        folder.
        """
        try:
            same = all(looked_at(folder).told == told for folder, told in self.folders.items())
            return same and self.around == "".join(one.told for one in self._around())
        except OSError:
            return False

    def _around(self) -> Iterator[Looked]:
        """How it is asked, files beside the board's, and where libraries are."""
        yield Looked("\0".join(_called(self._typed, self._root)), 0)
        yield from map(looked_at, _beside(self._root, *self._git))
        yield from (Looked(looked_at(place).told, 0) for place in sys.path if place)


def question(
    typed: Sequence[str], now: int, seen: dict[str, Looked], below: Callable[[str], str | None]
) -> Question | None:
    """The question that these words ask at `now` (ns since the epoch); None where the answer must be worked out.

    What was seen of the board's files is left in `seen`; `below` finds the board of someone who stands above it.
    """
    verb = _verb(typed)
    if not verb or any(os.environ.get(name) for name in _ELSEWHERE):
        return None
    try:
        directory = _directory(typed)
        root = board_above(directory) or below(directory)
        folders = git_folders_above(root) if root is not None else None
        if root is None or folders is None or not is_ours(folders[1]):
            return None
        asked = Question(typed, directory, root, folders)
        return asked if asked.looked(settled(now), seen) else None
    except OSError:
        return None


def settled(now: int) -> int:
    """The last moment (ns) from which on a file's times tell whether it has changed by `now`."""
    return now - _TOO_LATE


def state_of(*folders: str) -> str:
    """A digest of all files below some folders, as they are looked at; hidden ones too, git's own left out."""
    told = set[str]()
    waiting = list(folders)
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in found:
                if not entry.is_dir(follow_symlinks=False):
                    told.add(looked_at(entry.path).told)
                elif entry.name != ".git":
                    waiting.append(entry.path)
    return _digest(sorted(told)).hex()


def _digest(told: Sequence[str]) -> bytes:
    """A digest of what looking at some files told, in this order."""
    return blake2b("".join(told).encode(*_FORM), digest_size=16).digest()


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


def _called(typed: Sequence[str], root: str) -> Iterator[str]:
    """How the verb was called, in which surroundings, and where its answer goes."""
    yield from (str(len(typed)), *typed, os.getcwd(), root, sys.version)
    yield from (str(stream.isatty()) for stream in (sys.stdin, sys.stdout, sys.stderr))
    yield from map(str, _terminal_size())
    yield from sorted(f"{name}={value}" for name, value in os.environ.items() if name not in _PASSING)


def _terminal_size() -> tuple[int, int]:
    """Columns and lines of the terminal; variables that say otherwise are in the digest anyway."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()) if sys.__stdout__ else (0, 0)
    except (OSError, ValueError):
        return 0, 0


def _beside(root: str, git_dir: str, common_dir: str) -> Iterator[str]:
    """Files at the board's top, attributes above it, git's and its user's files, ours that tell of a broken write."""
    with os.scandir(root) as found:
        yield from (entry.path for entry in found if not entry.is_dir(follow_symlinks=False))
    above = root
    while True:
        yield from (os.path.join(above, ".gitattributes"), os.path.join(above, ".gitmodules"))
        if os.path.lexists(os.path.join(above, ".git")) or above == os.path.dirname(above):
            break
        above = os.path.dirname(above)
    yield from speaking_files(git_dir, common_dir)
    home = os.path.expanduser("~")
    yield from (os.path.join(home, ".gitconfig"), os.path.join(home, ".config", "git", "config"), "/etc/gitconfig")
    yield os.path.join(home, ".config", "git", "ignore")
    yield from filter(None, (os.environ.get("GIT_CONFIG_GLOBAL"), os.environ.get("GIT_CONFIG_SYSTEM")))
    try:
        with os.scandir(os.path.join(common_dir, FOLDER)) as found:
            yield from (entry.path for entry in found if not entry.name.startswith(NAME))
    except FileNotFoundError:
        return


def look_at_program(names: Iterable[str]) -> tuple[str, int]:
    """A digest of what looking at these files and folders of the program tells, and the time of their last change."""
    looks = [looked_at(os.path.join(TOP, name)) for name in names]
    return _digest([one.told for one in looks]).hex(), max((one.changed for one in looks), default=0)


class Kept:
    """An answer as it is kept.

    `since` and `until` (ns since the epoch) say when it holds. `program` are names of files of the program, `looks` a
    digest of what looking at them told; `folders` and `state` the same of what a verb wrote. `told` are pairs of a
    stream's name and a text.
    """

    def __init__(
        self,
        code: int,
        since: int,
        until: int,
        program: Sequence[str],
        looks: str,
        told: Sequence[tuple[str, str]],
        folders: Sequence[str] = (),
        state: str = "",
    ) -> None:
        self.code, self.since, self.until = code, since, until
        self.program, self.looks, self.told = program, looks, told
        self.folders, self.state = folders, state

    def packed(self) -> bytes:
        """As it is kept: the lengths of some texts, and the texts."""
        numbers = f"{self.code} {self.since} {self.until}"
        texts = [numbers, self.looks, self.state, "\0".join(self.program), "\0".join(self.folders)]
        texts += (text for pair in self.told for text in pair)
        return f"{' '.join(str(len(text)) for text in texts)}\n{''.join(texts)}".encode(*_FORM)

    def say(self) -> None:
        """Say it. Raises OSError where nobody takes it."""
        for name, text in self.told:
            stream = getattr(sys, name)
            stream.write(text)
            stream.flush()

    def holds(self, now: int) -> bool:
        """Whether it may be said at `now`, as far as the program and what it wrote go."""
        if not self.since <= now < self.until or look_at_program(self.program)[0] != self.looks:
            return False
        try:
            return not self.folders or self.state == state_of(*self.folders)
        except OSError:
            return False


def taken_apart(body: bytes) -> Kept:
    """What was packed."""
    head, _end, rest = body.partition(b"\n")
    text, at, texts = rest.decode(*_FORM), 0, list[str]()
    for length in map(int, head.split()):
        texts.append(text[at : at + length])
        at += length
    code, since, until = map(int, texts[0].split(" "))
    program, folders = (one.split("\0") if one else [] for one in texts[3:5])
    told = list(zip(texts[5::2], texts[6::2], strict=True))
    return Kept(code, since, until, program, texts[1], told, folders, texts[2])


class Asking:
    """One run of the command line, from the words to what is known of their answer."""

    def __init__(self, typed: Sequence[str], below: Callable[[str], str | None]) -> None:
        self.typed, self.now = typed, time.time_ns()
        self.seen: dict[str, Looked] = {}
        """What was seen of the board's files, by path."""
        self.question = question(typed, self.now, self.seen, below)

    def known(self) -> Kept | None:
        """The answer, where it is known."""
        asked = self.question
        body = one_row(asked.common_dir, KIND, asked.digest) if asked is not None else None
        kept = taken_apart(body) if body else None
        return kept if kept is not None and kept.holds(self.now) else None
