"""The files of the working tree, changed step by step and, if need be, put back as they were."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.repository.disk.failpoint import failpoint
from kanban.repository.disk.storage import Disk, read_regular, remove_if_there
from kanban.repository.write.durable.journal import Journal, Step
from kanban.repository.write.paths.outcome import Fate
from kanban.repository.write.write_session import Session

MANY = 200
"""Above this many files it is quicker to wait for the medium once than file by file."""
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


def steps_of(session: Session, fates: list[Fate]) -> tuple[Step, ...]:
    """The changes on disk: new and replaced files first, then removals. Files that stay as they are make no step."""
    steps = []
    for fate in fates:
        before = None if fate.before.disk is None else session.blob_id(fate.before.disk)
        after = None if fate.disk is None else session.blob_id(fate.disk)
        if before != after:
            steps.append(Step(fate.path, before, after, fate.before.permissions, fate.permissions, fate.moved_from))
    return tuple(sorted(steps, key=lambda step: step.after is None))


def keep_contents(session: Session, fates: list[Fate], folder: Path) -> None:
    """Store as blobs the contents that the steps would lose, unless git has them already."""
    known = {entry.blob for fate in fates for entry in (fate.before.head, fate.before.index) if entry is not None}
    drafts: list[str] = []
    for fate in fates:
        data = fate.before.disk
        if data is not None and data != fate.disk and session.blob_id(data) not in known:
            draft = folder / f"kept-{len(drafts)}"
            session.disk.write_new(draft, data)
            drafts.append(str(draft))
    if drafts:
        names = "".join(f"{draft}\n" for draft in drafts).encode()
        session.git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=names)


def missing_folders(top: Path, fates: list[Fate]) -> tuple[str, ...]:
    """The folders that have to be made, outer ones first."""
    missing: list[str] = []
    for fate in fates:
        parts = fate.path.split("/")[:-1] if fate.disk is not None else []
        for count in range(1, len(parts) + 1):
            folder = "/".join(parts[:count])
            if folder not in missing and not os.path.lexists(top / folder):
                missing.append(folder)
    return tuple(missing)


def apply(session: Session, journal: Journal, contents: Mapping[str, bytes | None], taken: set[str]) -> None:
    """Carry out the journal's steps, noting in `taken` the paths whose turn has come.

    Raises `EditConflict` when a file is no longer what it was. Very many files reach the medium together, at the end.
    """
    disk = Disk(False) if len(journal.steps) > MANY else session.disk
    for folder in journal.folders:
        os.mkdir(session.top / folder)
    kept = {step.path: step.before for step in journal.steps if step.after is None}
    moved = {step.moved_from for step in journal.steps if step.moved_from and kept.get(step.moved_from) == step.after}
    for step in journal.steps:
        failpoint("before-each-file" if step.after is not None else "before-removal")
        if _now(session, session.top, step.path) != step.before:
            raise EditConflict(
                _("{path} was changed by somebody else while this command was at work").format(path=step.path),
                cure=_("look at it and run the command again"),
            )
        taken.add(step.path)
        if step.before is not None and step.path not in moved:
            _keep_name(session, journal, step)
        _take(session, disk, journal, step, None if step.moved_from in moved else contents.get(step.path))
    if disk is not session.disk:
        session.disk.sync_all()
        return
    parents = {(session.top / path).parent for path in (*journal.folders, *taken)}
    for parent in parents:
        session.disk.sync_folder(parent)


def _now(session: Session, top: Path, path: str) -> str | None:
    found = read_regular(top, path)
    return session.blob_id(found[0]) if found else None


def _keep_name(session: Session, journal: Journal, step: Step) -> None:
    """A second name for a file that the write lets go. One that moves as it is keeps its only name: losing a second one
    after the index has learned the file's times would make it look changed."""
    with suppress(OSError):
        os.link(session.top / step.path, journal.original(step.path))


def _take(session: Session, disk: Disk, journal: Journal, step: Step, data: bytes | None) -> None:
    """One step; `data` None for a file that moves as it is: programs that have it open notice nothing."""
    file = session.top / step.path
    if step.after is None:
        os.unlink(file)
    elif data is None and step.moved_from is not None:
        link_or_copy(session, session.top / step.moved_from, file)
    elif step.before is None:
        draft = journal.temporary(step.path)
        disk.write_new(draft, data or b"")
        try:
            if step.new_permissions is not None:
                os.chmod(draft, step.new_permissions)
            link_or_copy(session, draft, file)
        finally:
            remove_if_there(draft)
    else:
        mode = step.permissions if step.new_permissions is None else step.new_permissions
        disk.replace(file, data or b"", journal.temporary(step.path), mode)


def link_or_copy(session: Session, old: Path, new: Path) -> None:
    """Give a file a second name, never over an existing one; copied where the file system knows no hard links."""
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        session.disk.write_new(new, old.read_bytes())
