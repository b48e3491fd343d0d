"""A write's steps on disk taken back: exactly, while it is still running; with respect for later work, afterwards."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from kanban.i18n import _
from kanban.repository.disk import FOLDER
from kanban.repository.disk.storage import read_regular, remove_if_there
from kanban.repository.write.durable.journal import Journal, Step
from kanban.repository.write.paths.worktree import link_or_copy
from kanban.repository.write.write_session import Session


def put_back(session: Session, journal: Journal, taken: Collection[str]) -> list[str]:
    """Undo the steps that were taken, to the byte.

    What a hook has meanwhile made of a file is kept aside; the sentences returned say where.
    """
    said = []
    for name in ("index", "next-index"):
        remove_if_there(journal.workshop / name)
    for step in reversed(journal.steps):
        if step.path not in taken:
            continue
        now = _now(session, journal, step.path)
        blob = None if now is None else session.blob_id(now)
        if now is not None and blob not in (step.before, step.after):
            aside = _kept_aside(session, f"{blob}-{os.path.basename(step.path)}", now)
            said.append(_("what a hook made of {path} is kept: {file}").format(path=step.path, file=aside))
        if step.before is None:
            _remove(session, journal, step)
        elif blob != step.before and not _move_back(session, journal, step, exactly=True):
            _restore(session, journal, step)
    _remove_traces(journal)
    return said


def _kept_aside(session: Session, name: str, data: bytes) -> Path:
    folder = session.repo.common_dir / FOLDER / "aside"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def recover(session: Session, journal: Journal, adopted: Collection[str]) -> list[str]:
    """Undo the steps of a write that was killed, leaving alone what somebody has worked on since.

    Paths in `adopted` are left as they are. A file that holds something else than the write left there stays, or goes
    back with its new content to where the card came from: there is one copy of a card, and nobody's bytes are lost.
    """
    said = []
    for step in reversed(journal.steps):
        if step.path in adopted:
            continue
        now = _now(session, journal, step.path)
        blob = None if now is None else session.blob_id(now)
        if blob == step.before:
            continue
        if step.before is None and (blob == step.after or _is_back(journal, step, now)):
            _remove(session, journal, step)
        elif blob == step.after:
            if not _move_back(session, journal, step, exactly=False):
                _restore(session, journal, step)
        else:
            said.append(_("{path} was changed since and stays as it is").format(path=step.path))
    _remove_traces(journal)
    return said


def _now(session: Session, journal: Journal, path: str) -> bytes | None:
    found = read_regular(Path(journal.top), path)
    return found[0] if found else None


def _remove(session: Session, journal: Journal, step: Step) -> None:
    file = Path(journal.top) / step.path
    remove_if_there(file)
    if file.parent.is_dir():
        session.disk.sync_folder(file.parent)


def _restore(session: Session, journal: Journal, step: Step) -> None:
    """Give the old file its name again, which takes no space on a full disk; else write its content from the blob."""
    file = Path(journal.top) / step.path
    original = journal.original(step.path)
    with suppress(OSError):
        if session.blob_id(original.read_bytes()) == step.before:
            os.replace(original, file)
            session.disk.sync_folder(file.parent)
            return
    data = session.repo.git.read("cat-file", "blob", str(step.before)).out
    file.parent.mkdir(parents=True, exist_ok=True)
    session.disk.replace(file, data, journal.temporary(step.path), step.permissions)


def _move_back(session: Session, journal: Journal, step: Step, *, exactly: bool) -> bool:
    """Let a moved file itself go back; with `exactly` only if it holds the old bytes."""
    partner = next((other for other in journal.steps if other.moved_from == step.path), None)
    top = Path(journal.top)
    if partner is None or step.after is not None or os.path.lexists(top / step.path):
        return False
    now = _now(session, journal, partner.path)
    if now is None:
        return False
    blob = session.blob_id(now)
    if blob != step.before and (exactly or blob == partner.after):
        return False
    link_or_copy(session, top / partner.path, top / step.path)
    session.disk.sync_folder((top / step.path).parent)
    return True


def _is_back(journal: Journal, step: Step, now: bytes | None) -> bool:
    """Whether a moved file, with whatever it holds now, has already gone back to its old path."""
    if step.moved_from is None:
        return False
    found = read_regular(Path(journal.top), step.moved_from)
    return found is not None and found[0] == now


def _remove_traces(journal: Journal) -> None:
    """Half-written files and folders made for the write; a folder somebody uses stays."""
    for step in journal.steps:
        remove_if_there(journal.temporary(step.path))
    for folder in reversed(journal.folders):
        try:
            os.rmdir(Path(journal.top) / folder)
        except OSError:
            continue
