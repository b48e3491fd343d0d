"""Several files changed at once without a commit: all of them, or none, whatever stops it.

`rewrite` changes files alone; `settle` makes files the answer to a conflict, in the index too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.cards.boardfile import REGULAR_MODE
from kanban.repository.disk.interruption import Interruptions
from kanban.repository.disk.lock import repository_lock, take_index_lock
from kanban.repository.disk.storage import read_regular, remove_if_there, storage_failed_by
from kanban.repository.git.repository import Repository
from kanban.repository.write import guard
from kanban.repository.write.durable import recovery
from kanban.repository.write.paths.outcome import Content, Fate
from kanban.repository.write.paths.path_state import Standing
from kanban.repository.write.transaction import Transaction
from kanban.repository.write.user_hooks import Hooks
from kanban.repository.write.write_session import Session

LOCK_SECONDS = 30.0
INDEX_SECONDS = 5.0


def rewrite(repo: Repository, changes: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    """Put each file (path below the top) from its first content to its second, None for not there. The index stays.

    Raises `EditConflict` when one is not what it was read as; then none is changed.
    """
    session = Session(repo)
    try:
        with repository_lock(repo.common_dir, LOCK_SECONDS), Interruptions() as signals:
            recovery.recover_locked(session)
            fates = []
            for path, (before, after) in changes.items():
                found = _standing(session, path)
                if found.disk != before:
                    raise EditConflict(
                        _("{path} was changed by somebody else while this command was at work").format(path=path),
                        cure=_("look at it and run the command again"),
                        where=path,
                    )
                fates.append(Fate(path, found, None, None, after, found.permissions if before is not None else None))
            _transaction(session, fates, files_only=True).run(signals)
    except OSError as error:
        raise storage_failed_by(error) from error


def settle(repo: Repository, writes: Mapping[str, bytes], removals: Iterable[str]) -> None:
    """Make these files (paths below the top) the answer to a conflict: on disk and in the index; the others go."""
    session = Session(repo)
    try:
        with repository_lock(repo.common_dir, LOCK_SECONDS), Interruptions() as signals:
            recovery.recover_locked(session)
            fates = [Fate(path, _standing(session, path)) for path in dict.fromkeys(removals) if path not in writes]
            for path, data in writes.items():
                found = _standing(session, path)
                permissions = found.permissions if found.disk is not None else None
                fates.append(Fate(path, found, None, Content(REGULAR_MODE, None, data), data, permissions))
            lock = take_index_lock(session.index, INDEX_SECONDS)
            transaction = _transaction(session, fates)
            try:
                transaction.run(signals)
            finally:
                if transaction.settled:
                    with suppress(OSError):
                        remove_if_there(lock)
    except OSError as error:
        raise storage_failed_by(error) from error


def _standing(session: Session, path: str) -> Standing:
    """How a file stands on disk, which is all that counts here."""
    data, permissions = read_regular(session.top, path) or (None, 0o644)
    return Standing(path, disk=data, permissions=permissions)


def _transaction(session: Session, fates: list[Fate], *, files_only: bool = False) -> Transaction:
    base = guard.read_base(session, commit=False)
    hooks = Hooks(session, session.index, enabled=False)
    return Transaction(session, base, fates, hooks, None, uuid.uuid4().hex[:12], files_only=files_only)
