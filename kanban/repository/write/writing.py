"""One write: exactly the named paths become one commit (or are staged), or everything is as it was.

The order makes every moment safe. Under the repository lock the caller plans, seeing what earlier writers did. Under
git's index lock the paths are looked at and their fate decided. Then, with a journal that can undo it all: files on
disk, blobs, hooks, tree, commit object, the user's next index. The point of no return is one compare-and-swap of the
branch; after it only renames are left, which the journal lets anybody finish.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypedDict, Unpack

from kanban.errors import KanbanError, RepositoryBusy
from kanban.i18n import _
from kanban.repository.disk.failpoint import failpoint
from kanban.repository.disk.interruption import Interruptions
from kanban.repository.disk.lock import repository_lock, take_index_lock
from kanban.repository.disk.storage import remove_if_there, storage_failed_by
from kanban.repository.git.repository import Repository
from kanban.repository.write import guard
from kanban.repository.write.durable import recovery
from kanban.repository.write.guard import Base
from kanban.repository.write.paths import outcome as fates
from kanban.repository.write.paths import private_index
from kanban.repository.write.paths.outcome import Fate
from kanban.repository.write.paths.path_state import read_standings
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.transaction import BranchMoved, Transaction
from kanban.repository.write.user_hooks import Hooks
from kanban.repository.write.write_session import Session

LOCK_SECONDS = 30.0
INDEX_SECONDS = 5.0
_ATTEMPTS = 5


@contextmanager
def writing(
    repo: Repository,
    *,
    commit: bool = True,
    dry_run: bool = False,
    include_edits: bool = False,
    run_hooks: bool = True,
    seconds: float = LOCK_SECONDS,
) -> Iterator[Moment]:
    """The locked moment in which one commit is made (see `Moment`), or with `commit=False` staged only.

    Uncommitted edits of a named card go along uncommitted (`Published.carried`) unless `include_edits`. A dry run
    checks all the same, takes no lock and changes nothing. `run_hooks=False` skips the user's commit hooks, all four.
    `seconds` is how long to wait for other kanban commands. Raises `RepositoryState`, `RepositoryBusy`, `HookFailed`,
    `EditConflict`, `NotFound`, `StorageFailed`, or what is raised inside; then nothing has happened.
    """
    session = Session(repo.tried_out() if dry_run else repo)
    guard.check_state(session, commit=commit)
    moment = Moment(session, commit, dry_run, include_edits)
    if dry_run:
        yield moment
        return
    try:
        with repository_lock(repo.common_dir, seconds), Interruptions() as moment.signals:
            failpoint("after-lock")
            recovered = recovery.recover_locked(session)
            moment.hooks = hooks = Hooks(session, session.index, enabled=run_hooks and commit)
            yield moment
    except OSError as error:
        raise storage_failed_by(error) from error
    if moment.published.commit is not None:
        hooks.after()
    moment.published = replace(moment.published, recovered=str(recovered or ""), hook_output="\n".join(hooks.output))


def publish(repo: Repository, plan: Callable[[], Publication], **how: Unpack[How]) -> Published:
    """Publish what `plan` gives, in one `writing`: for changes that need no other word with the moment."""
    with writing(repo, **how) as moment:
        for _attempt in moment.attempts():
            moment.publish(plan())
    return moment.published


class How(TypedDict, total=False):
    """The options of `writing`."""

    commit: bool
    dry_run: bool
    include_edits: bool
    run_hooks: bool
    seconds: float


class Moment:
    """The locked moment of one write.

        with writing(repository) as moment:
            for _attempt in moment.attempts():
                moment.publish(what_is_to_be_done())
        tell(moment.published)

    What the loop reads of HEAD and of the board is what the write will be made on: the loop runs again if somebody
    committed with plain git in between. Exactly the named paths are published; other staged, unstaged and untracked
    work stays as it is. `published` says what became of it: nothing, until something was published.
    """

    hooks: Hooks
    signals: Interruptions

    def __init__(self, session: Session, commit: bool, dry_run: bool, include_edits: bool) -> None:
        self.session = session
        self.commit = commit
        self.dry_run = dry_run
        self.include_edits = include_edits
        self.published = Published(None, (), dry_run=dry_run)
        self._base: Base
        self._moved = False

    def attempts(self) -> Iterator[None]:
        """Once, and again as long as somebody moved the branch between our look at it and our write."""
        for _attempt in range(_ATTEMPTS):
            self._base = guard.read_base(self.session, commit=self.commit)
            self._moved = False
            yield
            if not self._moved:
                return
            self.hooks.output.clear()
        raise RepositoryBusy(
            _("others keep committing to this branch: nothing was changed"), cure=_("run the command again in a moment")
        )

    def publish(self, publication: Publication) -> None:
        """Make the commit, or rehearse it; nothing is published when the branch has moved (see `attempts`)."""
        if self.dry_run:
            self.published = self._published(self._decide(publication), None)
            return
        try:
            self.published = self._write(publication)
        except BranchMoved:
            self._moved = True

    def _write(self, publication: Publication) -> Published:
        """Write under git's index lock, unless the user changed branch or committed in between."""
        session = self.session
        lock = take_index_lock(session.index, INDEX_SECONDS)
        transaction = None
        try:
            failpoint("after-index-lock")
            guard.check_state(session, commit=self.commit)
            if guard.read_base(session, commit=self.commit) != self._base:
                raise BranchMoved
            decided = self._decide(publication)
            message = publication.message if self.commit else None
            transaction = Transaction(session, self._base, decided, self.hooks, message, uuid.uuid4().hex[:12])
            transaction.authored = publication.authored
            new = transaction.run(self.signals)
        finally:
            if transaction is None or transaction.settled:
                with suppress(OSError):
                    remove_if_there(lock)
                    failpoint("after-unlock")
            if transaction is not None and transaction.undone:
                self._refresh(transaction)
        done = self._published(decided, new, hook_paths=transaction.hook_paths)
        return replace(done, rest=transaction.said_of_rest())

    def _refresh(self, transaction: Transaction) -> None:
        """After an undone write, let the user's index know the files again, so that none seems changed."""
        with suppress(OSError, KanbanError):
            paths = [step.path for step in transaction.journal.steps if step.before is not None]
            private_index.refresh(self.session, self.session.index, paths)

    def _decide(self, publication: Publication) -> list[Fate]:
        base = self._base
        paths = fates.paths_of(publication.changes)
        if not paths:
            raise KanbanError(_("there is nothing to write"))
        standings = read_standings(self.session, base.commit, paths)
        decided = fates.decide(publication.changes, standings, self._read_blob, include_edits=self.include_edits)
        if self.commit and base.commit is not None:
            moved = {change.source for change in publication.changes if not change.is_creation}
            unknown = sorted(path for path in moved if standings[path].head is None)
            guard.check_moved_by_hand(self.session, base.commit, unknown)
        guard.check_submodules(self.session, [item.path for item in decided if item.disk is not None])
        guard.check_ignored(self.session, [item.path for item in decided if item.disk is not None and _is_new(item)])
        return decided

    def _read_blob(self, blob: str) -> bytes:
        return self.session.repo.git.read("cat-file", "blob", blob).out

    def _published(self, decided: list[Fate], new: str | None, hook_paths: tuple[str, ...] = ()) -> Published:
        paths = {item.path for item in decided} | set(hook_paths)
        carried = tuple(sorted(item.path for item in decided if item.carried))
        return Published(new, tuple(sorted(paths)), not self.commit, self.dry_run, carried, hook_paths)


def _is_new(item: Fate) -> bool:
    return not item.before.tracked
