"""A commit that exists already becomes the branch's: index and files follow it, as one transaction under the journal.

It is the same transaction as a gesture's, with the commit made beforehand: files first, then the branch by one
compare-and-swap, then the index. Whatever stops it in between, the next command finishes it or takes it back.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kanban.errors import EditConflict, RepositoryBusy
from kanban.i18n import _
from kanban.repository.disk.interruption import Interruptions
from kanban.repository.disk.lock import take_index_lock
from kanban.repository.disk.storage import read_regular, remove_if_there, storage_failed_by
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.run import Hooks
from kanban.repository.write import guard, recovery
from kanban.repository.write.outcome import Content, Fate
from kanban.repository.write.path_state import Entry, Standing, read_standings
from kanban.repository.write.transaction import BranchMoved, Transaction
from kanban.repository.write.write_session import Session

INDEX_SECONDS = 5.0
_EXECUTABLE = "100755"
_FILES = ("100644", _EXECUTABLE)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a path is in the commit we stand at, and in the one to stand at; None for not there."""

    path: str
    old: Entry | None
    new: Entry | None

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file on both sides; links and submodules follow by git's own hand."""
        return all(entry is None or entry.mode in _FILES for entry in (self.old, self.new))


def check_adoptable(repo: Repository, ours: str, new: str) -> None:
    """Raise `EditConflict` when taking `new` over would meet the user's uncommitted edits. Changes nothing."""
    session = Session(repo)
    _decided(session, ours, list(_differences(session, ours, new)), None)


def adopt(repo: Repository, branch: str, ours: str, new: str, note: str) -> None:
    """Move the branch (full name) from `ours` to `new`, and index and files with it; uncommitted work stays.

    The caller holds the repository lock. `note` goes into the reflog. Raises `RepositoryBusy` when somebody moved the
    branch meanwhile, `EditConflict` when uncommitted edits stand in the way; then nothing is moved.
    """
    if ours == new:
        return
    session = Session(repo)
    guard.check_state(session, commit=True)
    try:
        with Interruptions() as signals:
            recovery.recover_locked(session)
            _adopt(session, branch, ours, new, note, signals)
    except OSError as error:
        raise storage_failed_by(error) from error


def _adopt(session: Session, branch: str, ours: str, new: str, note: str, signals: Interruptions) -> None:
    lock = take_index_lock(session.index, INDEX_SECONDS)
    transaction = None
    try:
        base = guard.read_base(session, commit=True)
        if (base.branch, base.commit) != (branch, ours):
            raise _moved(branch)
        name = uuid.uuid4().hex[:12]
        differences = list(_differences(session, ours, new))
        checkout = session.repo.git_dir / "kanban" / f"write-{name}" / "new"
        checkout.mkdir(parents=True)
        _check_out(session, new, [one.path for one in differences if one.new is not None], checkout)
        fates = _decided(session, ours, differences, checkout)
        hooks = Hooks(session, session.index, enabled=False)
        transaction = Transaction(session, base, fates, hooks, note, name, made=new)
        transaction.run(signals)
        with signals.shielded():
            _follow(session, [one for one in differences if not one.is_file], checkout)
            _remove_empty_folders(session.top, [one.path for one in differences if one.new is None])
    except BranchMoved:
        raise _moved(branch) from None
    finally:
        if transaction is None or transaction.settled:
            with suppress(OSError):
                remove_if_there(lock)


def _moved(branch: str) -> RepositoryBusy:
    name = branch.removeprefix("refs/heads/")
    return RepositoryBusy(_("the branch {branch} moved meanwhile").format(branch=name), cure="kanban sync")


def _differences(session: Session, ours: str, new: str) -> Iterator[_Difference]:
    done = session.repo.git.read("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", ours, new)
    fields = os.fsdecode(done.out).rstrip("\0").split("\0") if done.out else []
    for about, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, mode, old_blob, blob, _letter = about.lstrip(":").split(" ")
        old = None if old_mode == "000000" else Entry(old_mode, old_blob)
        yield _Difference(path, old, None if mode == "000000" else Entry(mode, blob))


def _check_out(session: Session, commit: str, paths: list[str], folder: Path) -> None:
    """The commit's files as git would write them here (line ends, filters), written aside."""
    index = folder.with_name("checkout-index")
    session.git("read-tree", commit, index=index)
    names = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    session.git("checkout-index", "-q", "-z", "--stdin", f"--prefix={folder}/", index=index, stdin=names)


def _decided(session: Session, ours: str, differences: list[_Difference], checkout: Path | None) -> list[Fate]:
    """What becomes of each plain file. Raises `EditConflict` for one that holds edits nobody has committed."""
    files = [one for one in differences if one.is_file]
    standings = read_standings(session, ours, [one.path for one in files])
    for one in files:
        if not _may_follow(session, standings[one.path], one):
            raise EditConflict(
                _("your uncommitted edits of {path} would be lost").format(path=one.path),
                cure=_("commit them first (or `git stash`), then `kanban sync` again"),
                where=one.path,
            )
    if checkout is None:
        return []
    fates = []
    for one in files:
        content = None if one.new is None else Content(one.new.mode, one.new.blob)
        found = None if one.new is None else read_regular(checkout, one.path)
        before = standings[one.path]
        permissions = _permissions(before, one.new)
        fates.append(Fate(one.path, before, content, content, found[0] if found else None, permissions))
    others = [one for one in differences if not one.is_file]
    for one in others:
        content = None if one.new is None else Content(one.new.mode, one.new.blob)
        fates.append(Fate(one.path, Standing(one.path, one.old, one.old), content, content))
    return fates


def _may_follow(session: Session, found: Standing, wanted: _Difference) -> bool:
    """Whether nothing of the user's would be lost: the path is as committed, or already as it shall be."""
    if found.hidden or found.unmerged:
        return False
    if found.index not in (found.head, wanted.new):
        return False
    if found.disk is None:
        return True
    return found.fresh or (wanted.new is not None and session.blob_id(found.disk) == wanted.new.blob)


def _permissions(before: Standing, new: Entry | None) -> int | None:
    """The file's own, with the executable bit that the commit asks for; None for a new plain file."""
    if new is None:
        return None
    runs = new.mode == _EXECUTABLE
    if before.disk is None:
        return 0o755 if runs else None
    return before.permissions | 0o111 if runs else before.permissions & ~0o111


def _follow(session: Session, others: list[_Difference], checkout: Path) -> None:
    """Links follow the commit too; a submodule's folder is left to git, as `git merge` leaves it."""
    for one in others:
        place = session.top / one.path
        with suppress(OSError):
            if one.old is not None and one.old.mode == "120000" and place.is_symlink():
                place.unlink()
            if one.new is not None and one.new.mode == "120000" and not os.path.lexists(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                source = session.git("cat-file", "blob", one.new.blob).out
                os.symlink(os.fsdecode(source), place)


def _remove_empty_folders(top: Path, gone: list[str]) -> None:
    """Folders that held nothing but what is gone go too, as with git."""
    for path in gone:
        folder = (top / path).parent
        with suppress(OSError):
            while folder != top:
                folder.rmdir()
                folder = folder.parent
