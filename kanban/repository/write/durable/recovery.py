"""What an interrupted write left behind, finished or undone by the next command."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kanban.errors import KanbanError, RepositoryBusy
from kanban.i18n import _
from kanban.repository.disk import FOLDER
from kanban.repository.disk.exchange import locks_of_exchange, place_of_exchange
from kanban.repository.disk.lock import is_ours, repository_lock, retry, take_index_lock
from kanban.repository.disk.storage import remove_if_there
from kanban.repository.git.processes import is_git_at_work
from kanban.repository.git.repository import Repository
from kanban.repository.write.durable import journal as journals
from kanban.repository.write.durable import rollback
from kanban.repository.write.durable.journal import Journal
from kanban.repository.write.durable.journal_reading import foreign, load
from kanban.repository.write.paths import following, private_index
from kanban.repository.write.paths.path_state import read_standings
from kanban.repository.write.write_session import Session
from kanban.values import dataclass

_LOCK_SECONDS = 5.0
_REF_LOCK_SECONDS = 1.0
_CLAIM_SECONDS = 10.0
SURELY_DEAD = 600.0
"""Where nobody can tell which programs run: after so many seconds, a lock is of a program that was stopped."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """`finished`: the interrupted write was completed; else it was undone. `notes` say what could not be put back."""

    finished: bool
    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(self.paths)
        done = (
            _("an interrupted write was finished: {paths}")
            if self.finished
            else _("an interrupted write was undone: {paths}")
        )
        return ". ".join([done.format(paths=names), *self.notes])


def is_pending(repo: Repository) -> bool:
    """Whether an interrupted write (or one that is under way just now) waits to be finished or undone. Only looks."""
    return any(True for _path in _leftovers(repo.common_dir))


def recover(repo: Repository, *, seconds: float = 30.0) -> Recovery | None:
    """Finish or undo what an interrupted write left behind; None when there is nothing.

    Waits for a write that is under way; `RepositoryBusy` after `seconds`.
    """
    if not is_pending(repo):
        return None
    with repository_lock(repo.common_dir, seconds):
        return recover_locked(Session(repo))


def believed(repo: Repository) -> Journal | None:
    """The journal that stands there, None when there is none. Raises `ForeignJournal`. Only looks."""
    journal = load(repo.common_dir)
    return None if journal is None else _as_found(Session(repo), journal)


def recover_locked(session: Session) -> Recovery | None:
    """The same for one who holds the repository lock, and therefore knows that no other write is under way."""
    common = session.repo.common_dir
    journal = load(common)
    result = None
    if journal is not None:
        journal = _as_found(session, journal)
        home = _home(session, journal)
        forward = _is_committed(session, journal)
        if home is not None:
            notes = _finish(home, journal) if forward else _undo(home, journal)
            paths = {step.path for step in journal.steps} | {odd.path for odd in journal.odd}
            result = Recovery(forward, tuple(sorted(paths)), tuple(notes))
        _remove_ref_locks(common, journal)
        journals.remove(session.disk, common)
        shutil.rmtree(journal.workshop, ignore_errors=True)
    _remove_exchange_locks(session.repo)
    for leftover in list(_leftovers(common)):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            remove_if_there(leftover)
    return result


def _remove_ref_locks(common: Path, journal: Journal) -> None:
    """Remove locks of the branch that our own git held when it was killed together with us.

    Such a lock holds the new commit's id, or nothing yet and was made right after the journal said ready. A git that
    is at work now lets go of it within moments, which we wait for.
    """
    if not journal.ready or journal.new is None:
        return
    ready_at = journals.place_of(common).stat().st_mtime
    for lock in journals.ref_locks(common, journal):
        if not goes_away(lock) and _is_claimed(lock, journal.new, ready_at):
            remove_if_there(lock)


def _remove_exchange_locks(repo: Repository) -> None:
    """Remove locks of remote branches that our own git held when it was killed together with us while fetching."""
    common = repo.common_dir
    for lock in locks_of_exchange(common, upkeep=True):
        if not goes_away(lock) and not is_held(repo, lock):
            remove_if_there(lock)
    remove_if_there(place_of_exchange(common))


def is_held(repo: Repository, lock: Path) -> bool:
    """Whether a git that may hold the lock runs in this repository."""
    at_work = is_git_at_work([repo.common_dir, *([repo.toplevel] if repo.toplevel else [])])
    if at_work is not None:
        return at_work
    with suppress(OSError):
        return time.time() - lock.stat().st_mtime < SURELY_DEAD
    return False


def goes_away(lock: Path) -> bool:
    """Whether a lock is let go of within moments, as by a git that is at work."""
    try:
        retry(lambda: not lock.exists(), _REF_LOCK_SECONDS, lambda: RepositoryBusy(""))
    except RepositoryBusy:
        return False
    return True


def _is_claimed(lock: Path, new: str, ready_at: float) -> bool:
    try:
        content, since = lock.read_text(errors="replace").strip(), lock.stat().st_mtime - ready_at
    except FileNotFoundError:
        return False
    return content == new or (not content and 0 <= since <= _CLAIM_SECONDS)


def _leftovers(common: Path) -> Iterator[Path]:
    """Everything of ours that stands in the git folder of any working tree only while a write is under way."""
    yield from (common / FOLDER).glob("journal.*")
    yield from (common / FOLDER).glob("exchange")
    for git_dir in (common, *(common / "worktrees").glob("*")):
        if not (git_dir / FOLDER).is_symlink():
            yield from (git_dir / FOLDER).glob("write-*")
        yield from git_dir.glob("index.lock.*.draft")
        if is_ours(git_dir / "index.lock"):
            yield git_dir / "index.lock"


def _as_found(session: Session, journal: Journal) -> Journal:
    """The journal with its folders as they are now; raises `ForeignJournal` when it speaks of another repository."""
    common, own = session.repo.common_dir, session.repo.git_dir
    git_dir = Path(journal.git_dir)
    of_a_linked_tree = git_dir.parent.name == "worktrees"
    moved = not git_dir.is_dir() and own == common and not of_a_linked_tree
    if moved or git_dir == own:
        journal = replace(journal, top=str(session.top), git_dir=str(own))
    elif of_a_linked_tree and not git_dir.is_dir():
        return journal
    elif git_dir not in (common, *(common / "worktrees").glob("*")):
        raise foreign(journals.place_of(common))
    if any(place.is_symlink() for place in (journal.workshop.parent, journal.workshop)):
        raise foreign(journals.place_of(common))
    if journal.old and session.git("cat-file", "-e", journal.old + "^{commit}", codes=None).code:
        raise foreign(journals.place_of(common))
    return journal


def _home(session: Session, journal: Journal) -> Session | None:
    """The working tree that the interrupted write was made in, another linked one perhaps; None when it is gone."""
    if session.repo.git_dir == Path(journal.git_dir):
        return session
    if not (Path(journal.top).is_dir() and Path(journal.git_dir).is_dir()):
        return None
    try:
        found = Repository.find(Path(journal.top))
    except KanbanError:
        return None
    if found.git_dir != Path(journal.git_dir) or found.toplevel != Path(journal.top):
        raise foreign(journals.place_of(session.repo.common_dir))
    return Session(found)


def _is_committed(session: Session, journal: Journal) -> bool:
    """Whether the write had passed its point of no return."""
    if not journal.ready:
        return False
    if journal.files_only:
        return True
    if journal.staging:
        return not journal.next_index.exists()
    done = session.git("rev-parse", "--quiet", "--verify", journal.branch + "^{commit}", codes=(0, 1, 128))
    if done.code or journal.new is None:
        return False
    return done.text == journal.new or session.repo.is_ancestor(journal.new, done.text)


def _finish(home: Session, journal: Journal) -> list[str]:
    """The commit is there: let the user's index follow, unless it has already, and what comes after the index."""
    if journal.next_index.exists():
        _finish_index(home, journal)
    following.follow(home, journal.odd)
    return []


def _finish_index(home: Session, journal: Journal) -> None:
    lock = home.index.with_name(home.index.name + ".lock")
    if is_ours(lock):
        journal.next_index.replace(home.index)
        return
    lock = take_index_lock(home.index, _LOCK_SECONDS)
    try:
        again = journal.workshop / "again"
        remove_if_there(again)
        private_index.next_index(home, again, journal.placings)
        again.replace(home.index)
        remove_if_there(journal.next_index)
    finally:
        remove_if_there(lock)


def _undo(home: Session, journal: Journal) -> list[str]:
    """There is no commit: put the files back, but leave alone what the user has meanwhile made part of HEAD."""
    head = home.git("rev-parse", "--quiet", "--verify", "HEAD^{commit}", codes=(0, 1, 128))
    commit = head.text if head.code == 0 else None
    adopted: frozenset[str] = frozenset()
    if commit != journal.old:
        standings = read_standings(home, commit, [step.path for step in journal.steps])
        adopted = frozenset(
            path for path, found in standings.items() if found.clean or (found.head is None and found.disk is None)
        )
    return rollback.recover(home, journal, adopted)
