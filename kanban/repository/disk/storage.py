"""Files written so that a crash leaves the old bytes or the new ones, never a mixture and never half a card."""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kanban.errors import EditConflict, StorageFailed
from kanban.i18n import _
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Disk:
    """Writes below one folder. `durable`: every write is on the medium (fsync) before the next step begins."""

    durable: bool = True

    def write_new(self, path: Path, data: bytes, mode: int = 0o666) -> None:
        """Create a file that does not exist; `FileExistsError` when it does. Nothing stays behind on failure."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            try:
                _write_all(handle, data)
                if self.durable:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except BaseException:
            os.unlink(path)
            raise

    def replace(self, path: Path, data: bytes, temporary: Path, mode: int | None = None) -> None:
        """Put a whole new content in place of whatever `path` holds, through `temporary` in the same folder."""
        remove_if_there(temporary)
        self.write_new(temporary, data)
        try:
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            remove_if_there(temporary)
            raise
        self.sync_folder(path.parent)

    def sync_all(self) -> None:
        """Make everything written so far durable."""
        if self.durable and os.name == "posix":
            os.sync()

    def sync_folder(self, folder: Path) -> None:
        """Make names created, renamed or removed in a folder durable."""
        if not self.durable or os.name != "posix":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)


def draft_of(script: Path) -> Path:
    """Where a script is written aside, until it takes its place."""
    return script.with_name(f".{script.name}.kanban-script")


def write_scripts(folder: Path, scripts: Mapping[str, str]) -> None:
    """Put executable scripts into a folder: each whole, and all of them, or on failure none."""
    folder.mkdir(parents=True, exist_ok=True)
    drafts = {folder / name: draft_of(folder / name) for name in scripts}
    before = {file: file.read_bytes() if file.is_file() else None for file in drafts}
    placed: list[Path] = []
    disk = Disk(durable=False)
    try:
        for file, draft in drafts.items():
            remove_if_there(draft)
            disk.write_new(draft, scripts[file.name].encode(), 0o777)
            draft.chmod(0o755)
        for file, draft in drafts.items():
            os.replace(draft, file)
            placed.append(file)
    except BaseException:
        with suppress(OSError):
            for file in placed:
                data = before[file]
                remove_if_there(file) if data is None else disk.replace(file, data, drafts[file], 0o755)
            for draft in drafts.values():
                remove_if_there(draft)
        raise


_NO_FOLDER_SYNC = {22, 95}
"""EINVAL and EOPNOTSUPP: file systems that cannot sync a folder."""


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def remove_if_there(path: Path) -> None:
    """Remove a file; one that is not there is fine."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def read_regular(top: Path, path: str) -> tuple[bytes, int] | None:
    """The bytes and permission bits of a regular file below `top`; None when nothing is there.

    A link, a pipe or a folder in its place, or a link among the folders above it, raises `EditConflict`: what it
    points to is not ours to move.
    """
    check_folders(top, path)
    file = f"{top}/{path}"
    try:
        found = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        raise EditConflict(
            _("{path} is not a regular file").format(path=path),
            cure=_("put an ordinary file in its place: links, pipes and folders are not cards"),
        )
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        return opened.read(), stat.S_IMODE(found.st_mode)


def check_folders(top: Path, path: str) -> None:
    """Raise `EditConflict` when a folder above `path` is a link, is no folder, or belongs to another repository."""
    end = path.find("/")
    while end >= 0:  # texts: a path object for each folder of thousands of files takes longer than to look
        folder = f"{top}/{path[:end]}"
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            raise EditConflict(
                _("{folder} is not a real folder").format(folder=path[:end]),
                cure=_("a column must be a folder of the repository itself, not a link and not a file"),
            )
        if os.path.lexists(f"{folder}/.git"):
            raise of_another_repository(path[:end])
        end = path.find("/", end + 1)


def of_another_repository(folder: str) -> EditConflict:
    """The refusal to write into a submodule or a nested repository."""
    return EditConflict(
        _("{folder} belongs to another repository inside this one").format(folder=folder),
        cure=_("a board must lie in one repository: start the command in that folder, or move the column out of it"),
    )


def storage_failed_by(error: OSError) -> StorageFailed:
    """The same, for an error that a write of our own met."""
    return storage_failed(error.strerror or str(error), str(error.filename or ""))


def storage_failed(reason: str, where: str = "") -> StorageFailed:
    """The system's refusal of a write, in our words."""
    return StorageFailed(
        _("the disk refused a write: {reason}").format(reason=reason),
        cure=_("free some space or check the permissions of the repository, then try again"),
        where=where,
    )
