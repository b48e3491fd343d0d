"""The versions of `board.yml` over time: which configuration was in force from which day on, and where it stood."""

import json
from datetime import date, tzinfo

from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.history.board_moves import origin
from kanban.model.history.entries import moment
from kanban.model.history.history import Settings
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.objects import read_blobs
from kanban.repository.git.rawlog import read_differences
from kanban.repository.git.repository import Repository
from kanban.repository.kept.index import Index
from kanban.values import dataclass

WORTH_KEEPING = 500
"""Commits on the main line; fewer are quickly looked through again."""

_MAIN_LINE = ("--first-parent", "--diff-merges=first-parent", "--reverse")
_LOG = ("log", *_MAIN_LINE, "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%at %ct %H %P")
_KIND = "settings and folders"

_Version = tuple[int, str, str]
"""Author time in seconds, blob, and the folder as the beginning of a path."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One commit that changed the file: `before` and `blob` are "" where it was not there."""

    time: int
    commit: str
    parent: str
    before: str
    blob: str


def board_folders(repository: Repository, prefix: str, *, cached: bool = True) -> tuple[str, ...]:
    """The folders in which the board ever stood on the main line, as beginnings of paths, the latest first."""
    head = repository.head()
    found = [] if head is None else _main_line(repository, prefix, head, cached=cached)
    return tuple(dict.fromkeys([_folder(prefix), *(folder for _time, _blob, folder in reversed(found))]))


def past_configs(
    repository: Repository,
    prefix: str,
    zone: tzinfo,
    revision: str = "HEAD",
    *,
    cached: bool = True,
    told: Settings = None,
) -> tuple[tuple[date, BoardConfig], ...]:
    """Every usable version on the main line with the day from which it held, oldest first; days never run backwards.

    The main line (first parents) decides: a limit changed on a branch is in force once the branch is merged. The file
    is followed where the board's folder was moved. Versions that a partial clone lacks are not usable. With
    `cached=False` nothing that was found earlier is used or kept; the answer is the same. `told` are the versions where
    a reading of all commits up to the head has told them.
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return ()
    if told is None:
        versions = _main_line(repository, prefix, head, cached=cached)
    else:
        versions = [(time, blob, _folder(prefix)) for time, blob in told]
        if cached:
            _MainLine(repository, _folder(prefix)).keep(head, versions)
    blobs = [blob for _time, blob, _where in versions]
    absent = repository.lacking(blobs)
    contents = read_blobs(repository.git, [blob for blob in blobs if blob not in absent], SIZE_CAP)
    found: list[tuple[date, BoardConfig]] = []
    for time, blob, _where in versions:
        config = read_config(contents.get(blob) or b"")[0]
        if config is not None:
            day = moment(time, zone).date()
            found.append((max(day, found[-1][0]) if found else day, config))
    return tuple(found)


def _main_line(repository: Repository, prefix: str, head: str, *, cached: bool) -> list[_Version]:
    line = _MainLine(repository, _folder(prefix))
    return line.versions_kept(head) if cached and not repository.is_shallow() else line.versions(head)


def _folder(prefix: str) -> str:
    """The beginning of the paths of what is in a folder."""
    return f"{prefix.strip('/')}/".lstrip("/")


class _MainLine:
    """The main line of a repository as far as the file of one board goes."""

    def __init__(self, repository: Repository, folder: str) -> None:
        self.git = repository.git
        self.folder = folder
        self.row = (folder + BOARD_FILE).encode("utf-8", "surrogateescape")
        self.index = Index(repository.common_dir)

    def versions(self, head: str, *without: str) -> list[_Version]:
        """The file's versions on the line down from `head`, the oldest first, wherever the board stood."""
        folder, start, found = self.folder, head, list[_Version]()
        while True:
            seen = self._changes(start, without, folder)
            arrival, came = self._arrival(seen, folder)
            stretch = seen if arrival is None else seen[seen.index(arrival) :]
            found = [(one.time, one.blob, folder) for one in stretch if one.blob] + found
            if arrival is None:
                return found
            folder, start = came, arrival.parent

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
            self.keep(head, versions)
        return versions

    def keep(self, head: str, versions: list[_Version]) -> None:
        """Keep what was found, for a line that goes on."""
        self.index.keep(_KIND, {self.row: json.dumps([head, versions]).encode()})

    def _changes(self, head: str, without: tuple[str, ...], folder: str) -> list[_Seen]:
        """The commits of the line that changed the file in a folder, the oldest first."""
        done = self.git.read(*_LOG, head, *without, "--", folder + BOARD_FILE)
        return _seen(done.out.decode("utf-8", "surrogateescape"))

    def _arrival(self, seen: list[_Seen], folder: str) -> tuple[_Seen | None, str]:
        """The newest commit that brought the board into this folder, and from where."""
        for one in reversed(seen):
            if one.parent and one.blob and not one.before:
                changes = next(iter(read_differences(self.git, [(one.commit, one.parent)], "")))
                came = origin(changes, folder)
                if came is not None:
                    return one, came
        return None, folder

    def _load(self) -> tuple[str, list[_Version]]:
        data = self.index.get(_KIND, self.row)
        if data is None:
            return "", []
        head, versions = json.loads(data)
        return head, [(time, blob, folder) for time, blob, folder in versions]

    def _goes_on(self, known: str, head: str) -> int:
        """How many commits lie on the main line above `known`; 0 when it is not on that line, or not there any more."""
        command = ("rev-list", "--first-parent", "--parents", head, f"^{known}", "--")
        lines = self.git.read(*command, codes=(0, 128)).text.split("\n")
        return len(lines) if lines[-1].split(" ")[1:2] == [known] else 0

    def _length(self, head: str) -> int:
        counted = ("rev-list", "--count", "--first-parent", f"--max-count={WORTH_KEEPING}", head, "--")
        return int(self.git.read(*counted).text)


def _seen(output: str) -> list[_Seen]:
    """What git's NUL-separated answer says of each commit."""
    found: list[_Seen] = []
    time, commit, parent = 0, "", ""
    for token in output.split("\0"):
        text = token.strip("\n")
        if text.startswith("\x01"):
            heading, _newline, text = text[1:].partition("\n")
            authored, committed, commit, *parents = heading.split(" ")
            time, parent, text = int(authored or committed or 0), next(iter(parents), ""), text.strip("\n")
        if text.startswith(":"):
            before, after = ("" if set(blob) == {"0"} else blob for blob in text.split(" ")[2:4])
            found.append(_Seen(time, commit, parent, before, after))
    return found
