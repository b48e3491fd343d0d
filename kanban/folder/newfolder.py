"""A folder to fill: new or empty before, whole or gone afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanban.errors import KanbanError
from kanban.i18n import _


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Lend `path` as an empty folder, made if need be; when the block fails, what was put there goes again.

    Raises KanbanError for a folder that holds something, a file in its place, or one that cannot be made.
    """
    existed = path.is_dir()
    try:
        path.mkdir(parents=True, exist_ok=True)
        occupied = any(path.iterdir())
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
    try:
        yield path
    except BaseException:
        for child in path.iterdir():
            shutil.rmtree(child) if child.is_dir() and not child.is_symlink() else child.unlink()
        if not existed:
            path.rmdir()
        raise
