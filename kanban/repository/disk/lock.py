"""Who may write: one kanban process per repository, and one process per index.

The repository lock is a `flock` on a file under the common git folder, so that linked working trees share it; the
system drops it when its holder dies. Where the file system knows no `flock`, a file created exclusively stands in,
holding its owner's process and machine so that a dead owner's lock can be told from a living one's.

git's own `index.lock` is taken the way git does, but with our name inside: whoever holds the repository lock knows
that an `index.lock` with our name is left over from a killed command.
"""

import errno
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment] # mypy knows the systems that have it alone

from kanban.errors import RepositoryBusy, RepositoryState
from kanban.i18n import _
from kanban.repository.disk import FOLDER
from kanban.repository.disk.storage import remove_if_there

INDEX_TOKEN = b"git-kanban holds this lock: "
_NO_FLOCK = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}


@contextmanager
def repository_lock(common_dir: Path, seconds: float) -> Iterator[None]:
    """Hold the repository's write lock in the `with` block; `RepositoryBusy` after `seconds` of waiting."""
    folder = common_dir / FOLDER
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        raise RepositoryState(
            _("{folder} is a link: nothing is written through it").format(folder=folder),
            cure=_("remove the link; kanban makes a folder of its own there"),
        )
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    stand_in = folder / "lock.pid"
    taken = False
    try:
        taken = _take(handle, stand_in, seconds)
        yield
    finally:
        if taken:
            remove_if_there(stand_in)
        os.close(handle)


def _take(handle: int, stand_in: Path, seconds: float) -> bool:
    """Wait for the lock. True when it is the stand-in file, which must be removed afterwards."""
    flock = _flock()
    if flock is not None:
        try:
            retry(lambda: flock(handle), seconds, lambda: _busy(stand_in))
            return False
        except OSError as error:
            if error.errno not in _NO_FLOCK:
                raise
    retry(lambda: _create_stand_in(stand_in), seconds, lambda: _busy(stand_in))
    return True


def _flock() -> Callable[[int], bool] | None:
    """Try to lock an open file: True when it is ours, False when somebody has it; None where there is no `flock`."""
    if fcntl is None:
        return None
    flock, ours = fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB

    def attempt(handle: int) -> bool:
        try:
            flock(handle, ours)
        except BlockingIOError:
            return False
        return True

    return attempt


def _create_stand_in(path: Path) -> bool:
    owner = f"{os.getpid()} {platform.node()}\n".encode()
    if create_whole(path, owner):
        return True
    if _owner_is_dead(path):
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            os.rename(path, aside)
        except FileNotFoundError:
            return False
        if _owner_is_dead(aside):
            os.unlink(aside)
            return create_whole(path, owner)
        if not create_whole(path, aside.read_bytes()):
            return False
        os.unlink(aside)
    return False


def _owner_is_dead(path: Path) -> bool:
    try:
        process, _space, machine = path.read_text().strip().partition(" ")
        if machine != platform.node():
            return False
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def create_whole(path: Path, content: bytes) -> bool:
    """Create a file that has its content from its first moment; False when it exists."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    remove_if_there(draft)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        return _create_plainly(path, content)
    finally:
        with suppress(OSError):
            remove_if_there(draft)
    return True


def _create_plainly(path: Path, content: bytes) -> bool:
    """The same on a file system without hard links: a kill in the middle leaves an empty file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return True


def take_index_lock(index: Path, seconds: float) -> Path:
    """Take git's lock of an index file and return the lock's path. `RepositoryBusy` when another keeps it."""
    lock = index.with_name(index.name + ".lock")
    token = INDEX_TOKEN + f"{os.getpid()} {platform.node()}\n".encode()
    retry(lambda: create_whole(lock, token), seconds, lambda: _index_busy(lock))
    return lock


def is_ours(lock: Path) -> bool:
    """Whether a lock file was made by `take_index_lock`."""
    try:
        with lock.open("rb") as file:
            return file.read(len(INDEX_TOKEN)) == INDEX_TOKEN
    except OSError:
        return False


def retry(attempt: Callable[[], bool], seconds: float, refusal: Callable[[], Exception]) -> None:
    """Try until it works, with growing and slightly random pauses (2 to 50 ms); raise `refusal()` after `seconds`."""
    end = time.monotonic() + seconds
    pause = 0.002
    while not attempt():
        if time.monotonic() >= end:
            raise refusal()
        from random import uniform

        time.sleep(pause * uniform(0.5, 1.0))  # noqa: S311  (spreads waiting processes, hides nothing)
        pause = min(pause * 1.5, 0.05)


def _busy(stand_in: Path) -> RepositoryBusy:
    cure = _("wait until the other kanban command has ended, then try again")
    if stand_in.exists():
        cure = _("wait for the other kanban command; if there is none any more, remove {path}").format(path=stand_in)
    return RepositoryBusy(_("another kanban command is writing to this repository"), cure=cure)


def _index_busy(lock: Path) -> RepositoryBusy:
    return RepositoryBusy(
        _("another git command is at work in this repository (it holds {name})").format(name=lock.name),
        cure=_(
            "wait until it has ended (an editor, a commit message still open?), then try again; nothing was changed"
        ),
        where=str(lock),
    )
