"""Hook scripts as files: ours are recognised by the sign in them, others are left alone."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kanban.errors import StorageFailed
from kanban.i18n import _
from kanban.repository.disk.storage import write_scripts


def foreign(folder: Path, names: Iterable[str], sign: str) -> list[str]:
    """The hooks of these names that are there already and do not bear our sign."""
    found = []
    for name in names:
        file = folder / name
        if file.is_symlink() or (file.exists() and sign.encode() not in file.read_bytes()):
            found.append(name)
    return found


def write_hooks(folder: Path, scripts: Mapping[str, str]) -> None:
    """Write executable scripts. Raises `StorageFailed`."""
    try:
        write_scripts(folder, scripts)
    except OSError as error:
        message = _("{path} cannot be written: {reason}")
        raise StorageFailed(message.format(path=folder, reason=error.strerror)) from error
