"""What stopped commands leave in a clone: a write to be finished, a foreign journal, locks, half-written files.

Looking changes nothing. Repairing finishes or takes back the write, removes locks when no git is at work here, and puts
aside (`.git/kanban/aside/`) what it does not understand: nothing is thrown away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kanban.i18n import _
from kanban.repository.disk import FOLDER
from kanban.repository.disk.exchange import locks_of_exchange
from kanban.repository.disk.lock import is_ours, repository_lock
from kanban.repository.git.repository import Repository
from kanban.repository.read.by_hand import ByHand
from kanban.repository.write.durable import recovery
from kanban.repository.write.durable.journal import place_of
from kanban.repository.write.durable.journal_reading import ForeignJournal
from kanban.repository.write.write_session import Session

LOCK_SECONDS = 30.0
_DRAFT = re.compile(r"\..+\.kanban-([0-9a-f]{12}|script|export)")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """`pending`: a write waits to be finished or taken back. `foreign`: there is a journal that is not believed.
    `locks` are git's own, `drafts` half-written files."""

    pending: bool = False
    foreign: bool = False
    locks: tuple[Path, ...] = ()
    drafts: tuple[Path, ...] = ()


def look(repo: Repository) -> Leftovers:
    """What there is. A lock or a draft may belong to a command that is at work just now."""
    foreign = False
    try:
        recovery.believed(repo)
    except ForeignJournal:
        foreign = True
    locks, drafts = tuple(_locks(repo)), tuple(_drafts(repo))
    return Leftovers(not foreign and recovery.is_pending(repo), foreign, locks, drafts)


def repair(repo: Repository) -> list[str]:
    """Put it right; a sentence for each thing done or left. Waits for a write that is under way."""
    said = []
    with repository_lock(repo.common_dir, LOCK_SECONDS):
        session = Session(repo)
        try:
            found = recovery.recover_locked(session)
        except ForeignJournal:
            aside = _put_aside(repo, place_of(repo.common_dir))
            said.append(_("a journal that is not this repository's was put aside: {path}").format(path=aside))
            found = recovery.recover_locked(session)
        said += [str(found)] if found is not None else []
        for draft in _drafts(repo):
            aside = _put_aside(repo, draft)
            said.append(_("a half-written file was put aside: {path}").format(path=aside))
        for lock in _locks(repo):
            if recovery.goes_away(lock):
                continue
            if recovery.is_held(repo, lock):
                said.append(_("a git command is at work here, so its lock stays: {path}").format(path=lock))
                continue
            with suppress(FileNotFoundError):
                lock.unlink()
                said.append(_("a lock that a stopped command left was removed: {path}").format(path=lock))
    return said


def put_back(repo: Repository, found: Iterable[ByHand]) -> list[str]:
    """Let files that were moved or taken away by hand stand where git has them; a sentence for each.

    No byte of a moved file is changed. One whose old place is taken by now is left.
    """
    said = []
    with repository_lock(repo.common_dir, LOCK_SECONDS):
        session = Session(repo)
        for one in found:
            place = session.top / one.before
            if not one.before or one.before == one.now or os.path.lexists(place):
                continue
            if one.now:
                place.parent.mkdir(parents=True, exist_ok=True)
                os.rename(session.top / one.now, place)
            else:
                session.git("checkout-index", "--quiet", "-z", "--stdin", stdin=os.fsencode(one.before) + b"\0")
            said.append(_("put back where it was: {path}").format(path=one.before))
    return said


def _git_dirs(common: Path) -> list[Path]:
    return [common, *(common / "worktrees").glob("*")]


def _locks(repo: Repository) -> Iterator[Path]:
    """git's own locks; those made while we talked to a remote are part of what is pending."""
    common = repo.common_dir
    names = [*(common / "refs").rglob("*.lock"), *(common / "objects").glob("*.lock")]
    for git_dir in _git_dirs(common):
        names += [lock for lock in git_dir.glob("*.lock") if not (lock.name == "index.lock" and is_ours(lock))]
    known = locks_of_exchange(common)
    yield from (lock for lock in sorted(set(names)) if lock not in known)


def _drafts(repo: Repository) -> Iterator[Path]:
    """Files that were to take another's place, in the working tree and among the hooks."""
    if repo.toplevel is not None:
        listed = repo.git.read("ls-files", "-z", "--others", codes=(0, 128))
        for name in filter(None, os.fsdecode(listed.out).split("\0")):
            yield from _draft(repo.git.folder / name)
    for file in (repo.common_dir / "hooks").glob(".*"):
        yield from _draft(file)


def _draft(file: Path) -> Iterator[Path]:
    if _DRAFT.fullmatch(file.name) and file.is_file() and not file.is_symlink():
        yield file


def _put_aside(repo: Repository, file: Path) -> Path:
    folder = repo.common_dir / FOLDER / "aside"
    folder.mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(folder / f"{number}-{file.name.lstrip('.')}"):
        number += 1
    place = folder / f"{number}-{file.name.lstrip('.')}"
    os.replace(file, place)
    return place
