"""Which commit a page was made from: its id, its time, and whether the folder differs from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kanban.repository.git.repository import Repository
from kanban.repository.read.by_hand import status


@dataclass(frozen=True, slots=True)
class Stamp:
    """A commit id with its committer time in UTC; `changed` says that files below the folder differ from it."""

    commit: str
    committed_at: datetime | None
    changed: bool


def stamp_of(
    repository: Repository,
    prefix: str,
    revision: str | None = None,
    *,
    ignore: Callable[[str], bool] = lambda _path: False,
) -> Stamp | None:
    """The stamp of the working tree (HEAD and what was changed since), or of a revision; None before any commit.

    `ignore` says of a path relative to the repository whether its changes do not count: what was made from the board.
    """
    commit = repository.head() if revision is None else repository.resolve(revision)
    if commit is None:
        return None
    seconds = repository.git.read("show", "--no-patch", "--format=%ct", commit).text.strip()
    changed = revision is None and _differs(repository, prefix, ignore)
    return Stamp(commit, _time(seconds), changed)


def _time(seconds: str) -> datetime | None:
    """A committer time as recorded; None when it lies outside what a calendar knows."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _differs(repository: Repository, prefix: str, ignore: Callable[[str], bool]) -> bool:
    return not all(ignore(path) for _letters, path in status(repository, prefix, untracked="normal"))
