"""A commit that exists already becomes the branch's: index and files follow it, as one transaction under the journal.

It is the same transaction as a gesture's, with the commit made beforehand: files first, then the branch by one
compare-and-swap, then the index. Whatever stops it in between, the next command finishes it or takes it back. What is
no plain file on both sides (see `kanban.repository.write.paths.following`) follows last.
"""

from __future__ import annotations

import os
import shlex
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kanban.errors import EditConflict, KanbanError, RepositoryBusy
from kanban.i18n import _
from kanban.repository.disk import FOLDER
from kanban.repository.disk.interruption import Interruptions
from kanban.repository.disk.lock import take_index_lock
from kanban.repository.disk.storage import read_regular, remove_if_there, storage_failed_by
from kanban.repository.git.repository import Repository
from kanban.repository.merge.crossing import FILES, differences
from kanban.repository.write import guard
from kanban.repository.write.durable import recovery
from kanban.repository.write.durable.journal import Odd
from kanban.repository.write.paths import following, private_index
from kanban.repository.write.paths.following import RUNS, SUBMODULE
from kanban.repository.write.paths.outcome import Content, Fate, cure_of_hidden
from kanban.repository.write.paths.path_state import Entry, Standing, read_standings
from kanban.repository.write.transaction import BranchMoved, Transaction
from kanban.repository.write.user_hooks import Hooks
from kanban.repository.write.write_session import Session

INDEX_SECONDS = 5.0
_CONVERSIONS = ("text", "crlf", "eol", "filter", "ident", "working-tree-encoding")


@dataclass(frozen=True, slots=True)
class _Change:
    """What the way from one commit to another does: plain files, and odd paths. `before` is how the files stand,
    `skipped` are new or changed files that a sparse checkout keeps off the disk."""

    files: tuple[Odd, ...]
    odd: tuple[Odd, ...]
    before: dict[str, Standing]
    skipped: frozenset[str]


def check_adoptable(repo: Repository, ours: str, new: str) -> None:
    """Raise `EditConflict` when taking `new` over would meet the user's uncommitted work. Changes nothing."""
    session = Session(repo)
    with _workshop(session) as place:
        _change(session, ours, new, place)


def adopt(repo: Repository, branch: str, ours: str, new: str, note: str) -> str:
    """Move the branch (full name) from `ours` to `new`, and index and files with it; uncommitted work stays.

    Where no branch is checked out, `HEAD` stands for the branch, and moves alone. The caller holds the repository lock.
    `note` goes into the reflog. Raises `RepositoryBusy` when somebody moved the branch meanwhile, `EditConflict` when
    uncommitted work stands in the way; then nothing is moved. Returns what there is to say when the disk refused the
    end of it, which the next command then does; else "".
    """
    if ours == new:
        return ""
    session = Session(repo)
    guard.check_state(session, commit=True)
    try:
        with Interruptions() as signals:
            recovery.recover_locked(session)
            return _adopt(session, branch, ours, new, note, signals)
    except OSError as error:
        raise storage_failed_by(error) from error


def _adopt(session: Session, branch: str, ours: str, new: str, note: str, signals: Interruptions) -> str:
    lock = take_index_lock(session.index, INDEX_SECONDS)
    transaction = None
    try:
        base = guard.read_base(session, commit=branch != "HEAD")
        base = replace(base, branch=base.branch or "HEAD")
        if (base.branch, base.commit) != (branch, ours):
            raise _moved(branch)
        with _workshop(session) as place:
            change = _change(session, ours, new, place)
            fates = list(_fates(session, change, new, place))
            name = uuid.uuid4().hex[:12]
            hooks = Hooks(session, session.index, enabled=False)
            transaction = Transaction(session, base, fates, hooks, note, name, made=new, odd=change.odd)
            transaction.run(signals)
        following.remove_empty_folders(session.top, [one.path for one in change.files if one.new is None])
        return transaction.said_of_rest()
    except BranchMoved:
        raise _moved(branch) from None
    finally:
        if transaction is None or transaction.settled:
            with suppress(OSError):
                remove_if_there(lock)


def _moved(branch: str) -> RepositoryBusy:
    name = branch.removeprefix("refs/heads/")
    return RepositoryBusy(_("the branch {branch} moved meanwhile").format(branch=name), cure="kanban sync")


@contextmanager
def _workshop(session: Session) -> Iterator[Path]:
    """A folder for files written aside; one that a kill leaves is cleared away like a write's own."""
    place = session.repo.git_dir / FOLDER / f"write-{uuid.uuid4().hex[:12]}"
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _change(session: Session, ours: str, new: str, place: Path) -> _Change:
    """What is to be done; raises `EditConflict` for a path where somebody's uncommitted work would be lost."""
    paths = list(differences(session.repo, ours, new))
    swapped = _swapped(paths)
    odd = tuple(one for one in paths if not _is_plain(one) or one.path in swapped)
    files = tuple(one for one in paths if one not in odd)
    before = read_standings(session, ours, [one.path for one in files])
    skipped = _skipped(session, paths, place)
    skipped |= {path for path, found in before.items() if found.hidden and found.disk is None}
    staged = _staged(session)
    for one in odd:
        _check_odd(session, one, staged.get(one.path), paths, skipped)
    for one in files:
        _check_file(session, before[one.path], one, skipped)
    return _Change(files, tuple(one for one in odd if one.path not in skipped), before, skipped)


def _is_plain(one: Odd) -> bool:
    """Whether it is a plain file on both sides, and more than its executable bit changes."""
    is_file = all(entry is None or entry.mode in FILES for entry in (one.old, one.new))
    return is_file and (one.old is None or one.new is None or one.old.blob != one.new.blob)


def _swapped(paths: list[Odd]) -> set[str]:
    """Files that come where a folder was, and folders' files that come where a file was."""
    gone = {one.path for one in paths if one.new is None}
    come = {one.path for one in paths if one.old is None}
    found = set()
    for path in (*gone, *come):
        above = ["/".join(path.split("/")[:count]) for count in range(1, path.count("/") + 1)]
        others = (come if path in gone else gone).intersection(above)
        if others:
            found |= {path, *others}
    return found


def _skipped(session: Session, paths: list[Odd], place: Path) -> frozenset[str]:
    """Those of the new files that a sparse checkout keeps off the disk: git itself is asked, with an empty folder."""
    if not session.is_set("core.sparsecheckout"):
        return frozenset()
    index, folder = place / "sparse-index", place / "sparse"
    folder.mkdir()
    private_index.build(session, index, None, [private_index.Placing(one.path, one.new) for one in paths if one.new])
    tree = private_index.write_tree(session, index)
    remove_if_there(index)
    session.git(f"--work-tree={folder}", "read-tree", "-m", "-u", tree, index=index)
    listed = os.fsdecode(session.git("ls-files", "-z", "-t", "--full-name", index=index).out)
    return frozenset(line[2:] for line in listed.split("\0") if line.startswith("S "))


def _staged(session: Session) -> dict[str, Entry]:
    listed = os.fsdecode(session.git("ls-files", "-z", "--stage", "--full-name").out)
    found = {}
    for line in filter(None, listed.split("\0")):
        about, _tab, path = line.partition("\t")
        mode, blob, _stage = about.split(" ")
        found[path] = Entry(mode, blob)
    return found


def _check_file(session: Session, found: Standing, wanted: Odd, skipped: frozenset[str]) -> None:
    """Whether nothing of the user's would be lost: the path is as committed, or already as it shall be."""
    if found.hidden and found.disk is not None:
        raise EditConflict(
            _("git was told not to look at {path}, and the shared board changes it").format(path=wanted.path),
            cure=cure_of_hidden(found),
            where=wanted.path,
        )
    if found.unmerged or found.index not in (found.head, wanted.new):
        raise _in_the_way(wanted.path)
    if found.disk is None or found.fresh:
        return
    if wanted.new is None or session.blob_id(found.disk) != wanted.new.blob:
        raise _in_the_way(wanted.path) if found.tracked else _untracked(wanted.path)


def _check_odd(session: Session, one: Odd, staged: Entry | None, paths: list[Odd], skipped: frozenset[str]) -> None:
    if staged not in (one.old, one.new):
        raise _in_the_way(one.path)
    place = session.top / one.path
    if SUBMODULE in (entry.mode for entry in (one.old, one.new) if entry is not None) or one.path in skipped:
        return
    if one.old is not None:
        if os.path.lexists(place) and not following.holds(session, one.path, one.old):
            raise _in_the_way(one.path)
        return
    if place.is_dir() and not place.is_symlink():
        leaving = {session.top / other.path for other in paths if other.new is None}
        staying = next((file for file in place.rglob("*") if not file.is_dir() and file not in leaving), None)
        if staying is not None:
            raise _untracked(staying.relative_to(session.top).as_posix())
    elif os.path.lexists(place):
        raise _untracked(one.path)


class UnsavedEdits(EditConflict):
    """Somebody's uncommitted edits of a file stand in the way."""


def _in_the_way(path: str) -> EditConflict:
    return UnsavedEdits(
        _("your uncommitted edits of {path} would be lost").format(path=path),
        cure=shlex.join(["git", "commit", "-m", _("{path}: edited by hand").format(path=path), "--", path]),
        where=path,
    )


def _untracked(path: str) -> EditConflict:
    return EditConflict(
        _("the shared board brings a file {path}, and another one that git does not know stands there").format(
            path=path
        ),
        cure=_("give yours another name, then `kanban sync` again"),
        where=path,
    )


def _fates(session: Session, change: _Change, new: str, place: Path) -> Iterator[Fate]:
    """What becomes of each path; the odd ones only change in the index here."""
    wanted = {one.path: one.new.blob for one in change.files if one.new is not None and one.path not in change.skipped}
    ruled = any(one.path.endswith(".gitattributes") for one in (*change.files, *change.odd))
    converted = ruled or _is_converted(session, wanted)
    written = _checked_out(session, new, wanted, place / "new") if converted else _stored(session, wanted)
    for one in change.files:
        content = None if one.new is None else Content(one.new.mode, one.new.blob)
        before = change.before[one.path]
        if one.path in change.skipped:
            yield Fate(one.path, before, content, content, before.disk, before.permissions, skipped=True)
            continue
        found = None if one.new is None else written.get(one.path)
        if one.new is not None and found is None:
            raise KanbanError(_("git could not write {path} of the shared board").format(path=one.path))
        yield Fate(one.path, before, content, content, found, _permissions(before, one.new))
    for one in change.odd:
        content = None if one.new is None else Content(one.new.mode, one.new.blob)
        yield Fate(one.path, Standing(one.path, one.old, one.old), content, content)


def _is_converted(session: Session, paths: Iterable[str]) -> bool:
    """Whether git may write any of these files otherwise than it stores them: line ends, filters, another encoding."""
    if session.settings.get("core.autocrlf", "false") != "false":
        return True
    asked = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    told = session.git("check-attr", "-z", "--stdin", *_CONVERSIONS, stdin=asked).out.split(b"\0")
    return any(value != b"unspecified" for value in told[2::3])


def _stored(session: Session, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """Path → its blob, as it is."""
    contents = session.repo.read_blobs(list(wanted.values()))
    return {path: data for path, blob in wanted.items() if (data := contents.get(blob)) is not None}


def _checked_out(session: Session, commit: str, wanted: Iterable[str], folder: Path) -> dict[str, bytes]:
    """The commit's files as git would write them here (line ends, filters): written aside, and read."""
    paths = list(wanted)
    _check_out(session, commit, paths, folder)
    read = ((path, read_regular(folder, path)) for path in paths)
    return {path: found[0] for path, found in read if found is not None}


def _check_out(session: Session, commit: str, paths: list[str], folder: Path) -> None:
    if not paths:
        return
    index = folder.with_name("checkout-index")
    session.git("read-tree", commit, index=index)
    names = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    session.git("checkout-index", "-q", "-z", "--stdin", f"--prefix={folder}/", index=index, stdin=names)


def _permissions(before: Standing, new: Entry | None) -> int | None:
    """The file's own, with the executable bit that the commit asks for; None for a new plain file."""
    if new is None:
        return None
    runs = new.mode == RUNS
    if before.disk is None:
        return 0o755 if runs else None
    return before.permissions | 0o111 if runs else before.permissions & ~0o111
