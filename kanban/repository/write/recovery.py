"""What an interrupted write left behind, finished or undone by the next command."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kanban.errors import KanbanError, RepositoryBusy
from kanban.i18n import _
from kanban.repository.disk.exchange import place_of_exchange
from kanban.repository.disk.lock import FOLDER, is_ours, repository_lock, retry, take_index_lock
from kanban.repository.disk.storage import remove_if_there
from kanban.repository.git.repository import Repository
from kanban.repository.write import journal as journals
from kanban.repository.write import private_index, rollback
from kanban.repository.write.journal import Journal
from kanban.repository.write.path_state import read_standings
from kanban.repository.write.write_session import Session

_LOCK_SECONDS = 5.0
_REF_LOCK_SECONDS = 1.0
_CLAIM_SECONDS = 10.0


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


def recover_locked(session: Session) -> Recovery | None:
    """The same for one who holds the repository lock, and therefore knows that no other write is under way."""
    common = session.repo.common_dir
    journal = journals.load(common)
    result = None
    if journal is not None:
        journal = _as_found(session, journal)
        home = _home(session, journal)
        forward = _is_committed(session, journal)
        notes = _finish(home, journal) if forward else _undo(home, journal)
        result = Recovery(forward, tuple(sorted({step.path for step in journal.steps})), tuple(notes))
        _remove_ref_locks(home, journal)
        journals.remove(session.disk, common)
        shutil.rmtree(journal.workshop, ignore_errors=True)
    _remove_exchange_locks(common)
    for leftover in list(_leftovers(common)):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            remove_if_there(leftover)
    return result


def _remove_ref_locks(home: Session, journal: Journal) -> None:
    """Remove locks of the branch that our own git held when it was killed together with us.

    Such a lock holds the new commit's id, or nothing yet and was made right after the journal said ready. A git that
    is at work now lets go of it within moments, which we wait for.
    """
    if not journal.ready or journal.new is None:
        return
    ready_at = journals.place_of(home.repo.common_dir).stat().st_mtime
    for lock in (home.repo.common_dir / f"{journal.branch}.lock", Path(journal.git_dir) / "HEAD.lock"):
        if not _goes_away(lock) and _is_claimed(lock, journal.new, ready_at):
            remove_if_there(lock)


def _remove_exchange_locks(common: Path) -> None:
    """Remove locks of remote branches that our own git held when it was killed together with us while fetching."""
    marker = place_of_exchange(common)
    try:
        since = marker.stat().st_mtime
    except FileNotFoundError:
        return
    locks = [*(common / "refs" / "remotes").rglob("*.lock"), *common.glob("*.lock")]
    for lock in locks:
        with suppress(FileNotFoundError):
            if lock.name != "index.lock" and lock.stat().st_mtime >= since and not _goes_away(lock):
                remove_if_there(lock)
    remove_if_there(marker)


def _goes_away(lock: Path) -> bool:
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
        yield from (git_dir / FOLDER).glob("write-*")
        yield from git_dir.glob("index.lock.*.draft")
        if is_ours(git_dir / "index.lock"):
            yield git_dir / "index.lock"


def _as_found(session: Session, journal: Journal) -> Journal:
    """The journal with its folders as they are now, if somebody has moved the whole repository since."""
    git_dir = session.repo.git_dir
    if Path(journal.git_dir).is_dir() or git_dir != session.repo.common_dir:
        return journal
    return replace(journal, top=str(session.top), git_dir=str(git_dir))


def _home(session: Session, journal: Journal) -> Session:
    """The working tree that the interrupted write was made in (it may be another linked one)."""
    if session.repo.git_dir == Path(journal.git_dir):
        return session
    try:
        return Session(Repository.find(Path(journal.top)))
    except KanbanError:
        return session


def _is_committed(session: Session, journal: Journal) -> bool:
    """Whether the write had passed its point of no return."""
    if not journal.ready:
        return False
    if journal.staging:
        return not journal.next_index.exists()
    done = session.git("rev-parse", "--quiet", "--verify", journal.branch + "^{commit}", codes=(0, 1, 128))
    if done.code or journal.new is None:
        return False
    return done.text == journal.new or session.repo.is_ancestor(journal.new, done.text)


def _finish(home: Session, journal: Journal) -> list[str]:
    """The commit is there: let the user's index follow, unless it has already."""
    if not journal.next_index.exists():
        return []
    lock = home.index.with_name(home.index.name + ".lock")
    if is_ours(lock):
        journal.next_index.replace(home.index)
        return []
    lock = take_index_lock(home.index, _LOCK_SECONDS)
    try:
        again = journal.workshop / "again"
        remove_if_there(again)
        private_index.next_index(home, again, journal.placings)
        again.replace(home.index)
    finally:
        remove_if_there(lock)
    return []


def _undo(home: Session, journal: Journal) -> list[str]:
    """There is no commit: put the files back, but leave alone what the user has meanwhile made part of HEAD."""
    if not Path(journal.top).is_dir():
        return []
    head = home.git("rev-parse", "--quiet", "--verify", "HEAD^{commit}", codes=(0, 1, 128))
    commit = head.text if head.code == 0 else None
    adopted: frozenset[str] = frozenset()
    if commit != journal.old:
        standings = read_standings(home, commit, [step.path for step in journal.steps])
        adopted = frozenset(
            path for path, found in standings.items() if found.clean or (found.head is None and found.disk is None)
        )
    return rollback.recover(home, journal, adopted)
