"""The steps of one write between its decision and its point of no return, with the journal that can undo them."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kanban.errors import HookFailed, KanbanError, RepositoryBusy
from kanban.i18n import _
from kanban.patterns import pattern
from kanban.repository.disk.failpoint import failpoint
from kanban.repository.disk.interruption import Interruptions
from kanban.repository.disk.lock import retry
from kanban.repository.disk.storage import storage_failed_by
from kanban.repository.git.done import Done
from kanban.repository.git.failures import failure
from kanban.repository.write.durable import journal as journals
from kanban.repository.write.durable import rollback
from kanban.repository.write.durable.journal import Journal, Odd
from kanban.repository.write.durable.recovery import goes_away
from kanban.repository.write.guard import Base
from kanban.repository.write.paths import following, private_index, worktree
from kanban.repository.write.paths.contents import placings_of
from kanban.repository.write.paths.outcome import Fate
from kanban.repository.write.paths.private_index import Placing
from kanban.repository.write.user_hooks import Hooks
from kanban.repository.write.write_session import Session

REF_SECONDS = 5.0
SIGNING_SECONDS = 120.0
_REF_IS_LOCKED = pattern(r"Unable to create '.*\.lock'|File exists")


class BranchMoved(Exception):
    """Somebody committed to the branch since the write began: plan again."""


class Transaction:
    """One attempt. `hook_paths` are paths that the user's pre-commit hook added to the commit. `made` is the commit
    when there is one already: no hook runs, and `message` is what the reflog says. `files_only` leaves branch and index
    alone. `odd` follow after the rest.

    `settled`: nothing is half done, git's index lock may go. `undone`: files were put back. `unfinished`: it is done,
    but the disk refused what comes after the point of no return; the next command does that.
    """

    def __init__(
        self,
        session: Session,
        base: Base,
        fates: list[Fate],
        hooks: Hooks,
        message: str | None,
        name: str,
        *,
        made: str | None = None,
        files_only: bool = False,
        odd: tuple[Odd, ...] = (),
    ) -> None:
        self.session = session
        self.base = base
        self.fates = fates
        self.hooks = hooks
        self.message = message
        self.authored = ""
        self.made = made
        self.hook_paths: tuple[str, ...] = ()
        self.settled = True
        self.undone = False
        self.unfinished = False
        self._taken: set[str] = set()
        self.journal = Journal(
            name,
            str(session.top),
            str(session.repo.git_dir),
            base.branch,
            base.commit,
            worktree.steps_of(session, fates),
            worktree.missing_folders(session.top, fates),
            staging=message is None,
            files_only=files_only,
            odd=odd,
        )

    def run(self, signals: Interruptions) -> str | None:
        """Do it all; the new commit's id, None when only staged or when nothing changes. On failure: as before."""
        try:
            self.journal.workshop.mkdir(parents=True, exist_ok=True)
            worktree.keep_contents(self.session, self.fates, self.journal.workshop)
            self._save()
            failpoint("after-journal")
            new = self._prepare()
            with signals.shielded():
                self._commit(new)
                signals.past_return()
        except BaseException as error:
            with signals.shielded():
                said = self._undo()
            if isinstance(error, _Nothing):
                return None
            if isinstance(error, OSError):
                raise _with_notes(storage_failed_by(error), said) from error
            if isinstance(error, KanbanError):
                _with_notes(error, said)
            raise
        if self.unfinished:
            self.settled = False
            return new
        with suppress(OSError):
            self._clean_up()
        return new

    def said_of_rest(self) -> str:
        """What to tell the user of an `unfinished` write; else ""."""
        if not self.unfinished:
            return ""
        return _("it is done, but the disk refused the end of it: the next kanban command finishes that")

    # -- up to the point of no return --------------------------------------------------------------------------

    def _prepare(self) -> str | None:
        """Files, blobs, hooks, tree, commit object and the user's next index."""
        contents = {item.path: item.disk for item in self.fates}
        worktree.apply(self.session, self.journal, contents, self._taken)
        failpoint("after-worktree")
        if self.journal.files_only:
            self.journal = self.journal.is_ready(None, ())
            self._save()
            return None
        committed, staged = placings_of(self.session, self.fates, self.journal.workshop)
        new = self.made
        if new is None and self.message is not None:
            new, staged = self._commit_object(self.message, committed, staged)
        private_index.next_index(self.session, self.journal.next_index, staged)
        failpoint("after-next-index")
        self.journal = self.journal.is_ready(new, tuple(staged))
        self._save()
        return new

    def _commit_object(
        self, message: str, committed: list[Placing], staged: list[Placing]
    ) -> tuple[str, list[Placing]]:
        """Let the hooks see the index of the commit, then make tree and commit; what the user's index shall hold."""
        index = self.journal.workshop / "index"
        private_index.build(self.session, index, self.base.commit, committed)
        failpoint("after-private-index")
        untouched = index.read_bytes()
        self.hooks.index, self.hooks.told = index, message
        if self.hooks.run("pre-commit") and index.read_bytes() != untouched:
            staged = self._after_hook(index, committed, staged)
        failpoint("after-pre-commit")
        tree = private_index.write_tree(self.session, index)
        failpoint("after-tree")
        if tree == self.base.tree:
            raise _Nothing
        message = self.hooks.message(message)
        new = self._commit_tree(tree, message)
        failpoint("after-commit-object")
        return new, staged

    def _after_hook(self, index: Path, committed: list[Placing], staged: list[Placing]) -> list[Placing]:
        """What a hook staged is part of the commit, as with `git commit`: the user's index follows."""
        found = {item.path: item.entry for item in private_index.staged_against(self.session, index, self.base.commit)}
        before = {item.path: item.before.head for item in self.fates}
        ours = {item.path: item.entry for item in committed}
        result = []
        for item in staged:
            now = found.get(item.path, before[item.path])
            result.append(Placing(item.path, now) if item.entry == ours[item.path] else item)
        self.hook_paths = tuple(sorted(path for path in found if path not in ours))
        return result + [Placing(path, found[path]) for path in self.hook_paths]

    def _commit_tree(self, tree: str, message: str) -> str:
        parent = ["-p", self.base.commit] if self.base.commit else []
        if not self.session.is_set("commit.gpgsign"):
            return self.session.git(
                "commit-tree", tree, *parent, "-F", "-", stdin=message.encode(), authored=self.authored
            ).text
        command = ("commit-tree", tree, *parent, "-S", "-F", "-")
        try:
            done = self.session.git(
                *command, stdin=message.encode(), codes=None, seconds=SIGNING_SECONDS, authored=self.authored
            )
        except TimeoutError:
            raise _not_signed(_("no answer within {seconds} s").format(seconds=SIGNING_SECONDS)) from None
        if done.code:
            raise _not_signed(done.err)
        return done.text

    # -- the point of no return --------------------------------------------------------------------------------

    def _commit(self, new: str | None) -> None:
        if self.journal.files_only:
            return
        failpoint("before-ref")
        if new is not None:
            self._move_branch(new)
        try:
            failpoint("after-ref")
            os.replace(self.journal.next_index, self.session.index)
        except OSError:
            if new is None or self._branch_moved_back(new):
                raise
            self.unfinished = True
            return
        try:
            failpoint("after-index")
            self.session.disk.sync_folder(self.session.index.parent)
            following.follow(self.session, self.journal.odd)
        except (OSError, KanbanError):
            self.unfinished = bool(self.journal.odd)
        # A lock that the disk would not let git remove: whoever recovers the write removes it.
        self.unfinished |= not all(map(goes_away, journals.ref_locks(self.session.repo.common_dir, self.journal)))

    def _branch_moved_back(self, new: str) -> bool:
        """Whether the branch stands again where it was: a disk that refuses everything refuses this too."""
        back = (self.base.branch, self.base.commit) if self.base.commit else ("-d", self.base.branch)
        self.session.git("update-ref", *back, new, codes=None)
        return self._branch() != new

    def _move_branch(self, new: str) -> None:
        """Move the branch from the commit we began with to ours, or raise: `BranchMoved` when it is elsewhere."""
        subject = (self.message or "").split("\n", 1)[0]
        kind = "" if self.made else "commit: " if self.base.commit else "commit (initial): "
        said: list[Done] = []
        moved: list[bool] = []

        def attempt() -> bool:
            old = self.base.commit or self.session.zeros
            done = self.session.git("update-ref", "-m", kind + subject, self.base.branch, new, old, codes=None)
            said[:] = [done]
            moved[:] = [done.code == 0 or self._branch() == new]
            return moved[0] or not _REF_IS_LOCKED.search(done.err)

        retry(attempt, REF_SECONDS, _ref_is_busy)
        if moved[0]:
            return
        now = self._branch()
        if now != self.base.commit:
            raise BranchMoved
        if "aborted by hook" in said[0].err:
            raise HookFailed(_("the hook reference-transaction of this repository said no"), said[0].err)
        raise failure(said[0], ("update-ref",))

    def _branch(self) -> str | None:
        done = self.session.git("rev-parse", "--quiet", "--verify", self.base.branch, codes=None)
        return done.text if done.code == 0 else None

    # -- ways out ----------------------------------------------------------------------------------------------

    def _save(self) -> None:
        journals.save(self.session.disk, self.session.repo.common_dir, self.journal)

    def _undo(self) -> list[str]:
        """Put everything back; what there is to say about it. If it fails, the journal stays for the next command."""
        self.settled, self.undone = False, True
        try:
            if self.journal.new is None or self._branch() != self.journal.new:
                said = rollback.put_back(self.session, self.journal, self._taken)
                self.settled = True
                with suppress(OSError):
                    self._clean_up()
                return said
        except (OSError, KanbanError):
            pass
        return [_("not everything could be put back now: the next kanban command will do it")]

    def _clean_up(self) -> None:
        journals.remove(self.session.disk, self.session.repo.common_dir)
        failpoint("after-journal-removed")
        shutil.rmtree(self.journal.workshop, ignore_errors=True)


class _Nothing(Exception):
    """The commit would change nothing."""


def _with_notes(error: KanbanError, said: list[str]) -> KanbanError:
    error.cure = ". ".join([error.cure, *said] if error.cure else said)
    return error


def _ref_is_busy() -> RepositoryBusy:
    return RepositoryBusy(
        _("another git command keeps this branch locked: nothing was changed"),
        cure=_("wait until it has ended, then try again; `kanban doctor --repair` removes a lock that was left behind"),
    )


def _not_signed(reason: str) -> HookFailed:
    return HookFailed(
        _("this repository signs its commits, and signing did not work: nothing was changed"),
        reason,
        cure=_("see `git config --get-regexp 'gpg|sign'`; `git commit --allow-empty` shows whether git can sign"),
    )
