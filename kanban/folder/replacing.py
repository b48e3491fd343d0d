"""Replaces files of the board on disk, one by one, each whole or not at all, and only while it is what was read."""

import os
import tempfile
from pathlib import Path

from kanban.errors import EditConflict
from kanban.folder.reading import read_file
from kanban.i18n import _


def replace_file(root: Path, name: str, before: bytes | None, after: bytes | None) -> None:
    """Put `after` in place of the file `name` (posix, relative to `root`), whose mode stays.

    `before` is what it was read as, None for a file that is not there yet; `after` None removes it.
    Raises EditConflict when the file is not what it was, or is no regular file.
    """
    found = read_file(root, name)
    if found.data != before or (before is None and found.note != "missing"):
        message = _("{path} was changed by somebody else while this command was at work").format(path=name)
        raise EditConflict(message, cure=_("look at it and run the command again"), where=name)
    file = root / name
    if after is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(after)
        os.chmod(draft, file.stat().st_mode & 0o777 if before is not None else 0o666 & ~_umask())
        os.replace(draft, file)
    except BaseException:
        os.unlink(draft)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
