"""The files of a board that are no cards (scripts, templates, experiments, banners) as they were on a past day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from itertools import accumulate
from typing import TYPE_CHECKING

from kanban.model.cards.assembly import OWN_FOLDERS
from kanban.model.history.entries import moment
from kanban.model.settings.board_yml import BOARD_FILE

if TYPE_CHECKING:
    from kanban.model.cards.boardfile import BoardFile
    from kanban.repository.git.repository import Repository


def files_on(
    repository: Repository, folders: tuple[str, ...], zone: tzinfo, day: date, *, known: bool = False
) -> tuple[BoardFile, ...]:
    """All files of the board in the last commit of the main line that was made by the end of `day`; () before it.

    `folders` are those in which the board ever stood, as beginnings of paths, today's first: it was in the first that
    held a `board.yml` then. With `known` the day is that on which the commit came to be known.
    """
    made = _moments(repository, zone, known=known)
    commit = next((commit for commit, at in reversed(made) if at.date() <= day), None)
    if commit is None:
        return ()
    for folder in folders:
        files = repository.files_at(commit, folder.rstrip("/"))
        if any(file.path == BOARD_FILE for file in files):
            return files
    return ()


def last_change(repository: Repository, prefix: str, zone: tzinfo, *, after: date, known: bool = False) -> date:
    """The last day later than `after` on which the main line changed a script, a template or an experiment.

    `date.min` without any. Where no commit is later git is not asked which files each of them changed, which takes it
    ten times as long.
    """
    made = _moments(repository, zone, known=known)
    if not made or made[-1][1].date() <= after:
        return date.min
    paths = [f"{prefix}/{folder}".lstrip("/") for folder in OWN_FOLDERS]
    return max((at.date() for _commit, at in _moments(repository, zone, *paths, known=known)), default=date.min)


def _moments(repository: Repository, zone: tzinfo, *paths: str, known: bool) -> list[tuple[str, datetime]]:
    """The commits of the main line, the oldest first, and when each was made (or known): never before its parent."""
    if repository.head() is None:
        return []
    said = repository.git.read(
        "log", "--first-parent", "--reverse", f"--format=%H {'%ct' if known else '%at'}", "HEAD", "--", *paths
    )
    rows = [line.split(" ") for line in said.text.split("\n") if line]
    latest: Callable[[int, int], int] = max
    times = accumulate((int(time or 0) for _commit, time in rows), latest)
    return [(commit, moment(time, zone)) for (commit, _time), time in zip(rows, times, strict=True)]
