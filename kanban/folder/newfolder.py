"""A folder to fill: new or empty before, whole or as it was afterwards."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kanban.errors import KanbanError, PartlyDone
from kanban.i18n import _

DRAFT = ".kanban-new"
"""Where it is made, inside the folder. One that is found there is what a stopped command left."""


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Lend an empty folder, whose content stands in `path` once the block is through; when it fails, nothing does.

    What a kill leaves in between, the next attempt makes anew. Raises KanbanError for a folder that holds something,
    a file in its place, or one that cannot be made.
    """
    existed, draft = path.is_dir(), path / DRAFT
    try:
        path.mkdir(parents=True, exist_ok=True)
        if draft.is_dir() and not any(draft.iterdir()):
            draft.rmdir()  # all of it stands in its place, or nothing was made yet
        occupied = not draft.is_dir() and any(path.iterdir())
        if not occupied:
            _remove(draft)
            draft.mkdir()
    except OSError as error:
        reason = error.strerror or str(error)
        raise KanbanError(
            _("{path} cannot be made a folder: {reason}").format(path=path, reason=reason),
            cure=_("name a folder that does not exist yet"),
        ) from error
    if occupied:
        raise KanbanError(
            _("{path} is not empty; nothing was written").format(path=path),
            cure=_("name a folder that does not exist yet"),
        )
    placed: list[Path] = []
    try:
        yield draft
        for child in sorted(draft.iterdir(), key=lambda one: one.name == ".git"):
            placed.append(path / child.name)
            _remove(placed[-1])
            child.rename(placed[-1])
    except BaseException as error:
        try:
            for one in (*placed, draft):  # the draft last: while it is there, the next attempt makes all anew
                _remove(one)
            if not existed and not any(path.iterdir()):
                path.rmdir()
        except OSError:
            if any(map(os.path.lexists, placed)):
                raise _half_made(path, error) from error
        raise
    with suppress(OSError):
        draft.rmdir()


def _half_made(path: Path, error: BaseException) -> PartlyDone:
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return PartlyDone(
        _("a part of {path} is made, and could not be taken back: {reason}").format(path=path, reason=reason),
        cure=_("free some space or check the permissions there, then the same command again makes it whole"),
    )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()
