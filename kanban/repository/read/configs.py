"""The versions of `board.yml` over time: which configuration was in force from which day on."""

import json
from datetime import date, tzinfo

from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.history.entries import moment
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.objects import read_blobs
from kanban.repository.git.repository import Repository
from kanban.repository.kept.index import Index

WORTH_KEEPING = 500
"""Commits on the main line; fewer are quickly looked through again."""

_MAIN_LINE = ("--first-parent", "--diff-merges=first-parent", "--reverse")
_LOG = ("log", *_MAIN_LINE, "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%at")
_KIND = "settings"

_Version = tuple[int, str]
"""Author time in seconds, and blob."""


def past_configs(
    repository: Repository, prefix: str, zone: tzinfo, revision: str = "HEAD", *, cached: bool = True
) -> tuple[tuple[date, BoardConfig], ...]:
    """Every usable version on the main line with the day from which it held, oldest first; days never run backwards.

    The main line (first parents) decides: a limit changed on a branch is in force once the branch is merged. Versions
    that a partial clone lacks are not usable. With `cached=False` nothing that was found earlier is used or kept; the
    answer is the same.
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return ()
    line = _MainLine(repository, f"{prefix.strip('/')}/{BOARD_FILE}".lstrip("/"))
    versions = line.versions_kept(head) if cached and not repository.is_shallow() else line.versions(head)
    absent = repository.lacking(blob for _time, blob in versions)
    contents = read_blobs(repository.git, [blob for _time, blob in versions if blob not in absent], SIZE_CAP)
    found: list[tuple[date, BoardConfig]] = []
    for time, blob in versions:
        config = read_config(contents.get(blob) or b"")[0]
        if config is not None:
            day = moment(time, zone).date()
            found.append((max(day, found[-1][0]) if found else day, config))
    return tuple(found)


class _MainLine:
    """The main line of a repository as far as one file goes."""

    def __init__(self, repository: Repository, path: str) -> None:
        self.git = repository.git
        self.path = path
        self.row = path.encode("utf-8", "surrogateescape")
        self.index = Index(repository.common_dir)

    def versions(self, head: str, *without: str) -> list[_Version]:
        """The file's versions on the line down from `head`, the oldest first."""
        done = self.git.read(*_LOG, head, *without, "--", self.path)
        return _versions(done.out.decode("utf-8", "surrogateescape"))

    def versions_kept(self, head: str) -> list[_Version]:
        """The same; of a line that only went on since the last time, the new part alone is looked at."""
        known, versions = self._load()
        if known == head:
            return versions
        if known and (new := self._goes_on(known, head)):
            versions = versions + self.versions(head, f"^{known}")
            worth_keeping = new >= WORTH_KEEPING
        else:
            versions = self.versions(head)
            worth_keeping = self._length(head) >= WORTH_KEEPING
        if worth_keeping:
            self.index.keep(_KIND, {self.row: json.dumps([head, versions]).encode()})
        return versions

    def _load(self) -> tuple[str, list[_Version]]:
        data = self.index.get(_KIND, self.row)
        if data is None:
            return "", []
        head, versions = json.loads(data)
        return head, [(time, blob) for time, blob in versions]

    def _goes_on(self, known: str, head: str) -> int:
        """How many commits lie on the main line above `known`; 0 when it is not on that line, or not there any more."""
        command = ("rev-list", "--first-parent", "--parents", head, f"^{known}", "--")
        lines = self.git.read(*command, codes=(0, 128)).text.split("\n")
        return len(lines) if lines[-1].split(" ")[1:2] == [known] else 0

    def _length(self, head: str) -> int:
        counted = ("rev-list", "--count", "--first-parent", f"--max-count={WORTH_KEEPING}", head, "--")
        return int(self.git.read(*counted).text)


def _versions(output: str) -> list[_Version]:
    """Author time and blob of each version, from git's NUL-separated answer."""
    found: list[_Version] = []
    time = 0
    for token in output.split("\0"):
        text = token.strip("\n")
        if text.startswith("\x01"):
            time = int(text[1:].split("\n")[0] or 0)
            text = text.partition("\n")[2].strip("\n")
        if text.startswith(":"):
            blob = text.split(" ")[3]
            if set(blob) != {"0"}:
                found.append((time, blob))
    return found
