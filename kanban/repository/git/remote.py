"""The shared repository: where a branch is pushed to, what stands there, and pushing without force.

Here the network takes the time, and GitPython is the repository: its configuration, its remotes, its reading of how far
a transfer is. `Remote.fetch` and `Remote.push` themselves are not used: the one needs the user's `FETCH_HEAD` written,
the other understands no answer to the push of a commit by its id (docs/decisions/0011-what-the-libraries-do.md).
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, cast

import git
from git.cmd import handle_process_output
from git.exc import GitCommandError

from kanban.errors import HookFailed, NotLetIn, RepositoryBusy, Unreachable
from kanban.i18n import _
from kanban.repository.disk.exchange import exchange
from kanban.repository.disk.storage import storage_failed
from kanban.repository.git import processes
from kanban.repository.git.access import GIT_SAYS, after_a_refusal, lets_nobody_in, reason_of, way_in
from kanban.repository.git.branches import Upstream
from kanban.repository.git.failures import DISK_REFUSED, LOCK_IN_THE_WAY, lock_in_the_way
from kanban.repository.git.repository import Repository
from kanban.repository.variables import REPOSITORY_VARIABLES

Transfer = Callable[[bool, int], None]
"""Told how far a transfer is: whether it is one to the others, and how many per cent are done."""

_COUNTED = ("Enumerating objects:", "Unpacking objects:", "Delta compression using", "Total ")
_PORCELAIN = ("To ", "!\t", "=\t", "*\t", "+\t", " \t", "-\t", "Done")
"""How git's own lines begin among what a hook prints."""
_GITS = (
    *("error: failed to push some refs", "hint: ", "error: update_ref failed", "Another git process seems to be"),
    *("an editor opened by 'git commit'.", "are terminated then try again.", "may have crashed in this repository"),
    "remove the file manually to continue",
    *GIT_SAYS,
)
"""How git's own lines begin among the errors: it tells people to do by hand what we do ourselves."""
_AS_PROCESS: dict[str, Any] = {"as_process": True, "universal_newlines": True}
_ENVIRONMENT_LOCK = threading.Lock()


def fetch(repo: Repository, upstream: Upstream, told: Transfer | None = None) -> str | None:
    """The commit that stands there now, fetched; None when the branch is not there yet. Raises `KanbanError`."""
    with exchange(repo.common_dir), _opened(repo) as opened:
        # Of two settings of this one git takes the first, so that it is said here.
        words = (*(("--upload-pack=git-upload-pack",) if repo.transport else ()), "--", upstream.remote)
        _fetch(opened, told, *words)
        asked = _Talk(None, sending=False)
        if (
            not asked.hold(
                opened.git.ls_remote(*words, upstream.branch, allow_unsafe_options=bool(repo.transport), **_AS_PROCESS)
            )
            or not asked.out
        ):
            return None
        commit = asked.out[0].split("\t")[0]
        if repo.git.read("cat-file", "-e", commit, codes=(0, 1, 128)).code:
            _fetch(opened, told, *words, upstream.branch)
    return commit


def _fetch(opened: git.Repo, told: Transfer | None, *words: str) -> None:
    talk, remote = _Talk(told, sending=False), words[words.index("--") + 1]
    if not talk.hold(opened.git.fetch(*words, progress=True, no_write_fetch_head=True, **_AS_PROCESS)):
        talk.raise_if_disk_or_lock_refused()
        raise _no_way_in(remote, "\n".join(talk.err))


def fetch_the_rest(repo: Repository) -> bool:
    """Fetch what a shallow or a partial clone lacks of the past; whether there was something."""
    remote = repo.config(f"branch.{repo.branch()}.remote") or "origin"
    partial = repo.config(f"remote.{remote}.promisor") == "true"
    words = (*(("--unshallow",) if repo.is_shallow() else ()), *(("--refetch", "--no-filter") if partial else ()))
    if words:
        with exchange(repo.common_dir), _opened(repo) as opened:
            _fetch(opened, None, *words, "--", remote)
    return bool(words)


def check_reachable(repo: Repository, address: str) -> None:
    """Raise `Unreachable` when nothing answers there, or it does not let us in."""
    with _opened(repo) as opened:
        words = (*(("--upload-pack=git-upload-pack",) if repo.transport else ()), "--", address)
        asked = _Talk(None, sending=False)
        if not asked.hold(opened.git.ls_remote(*words, allow_unsafe_options=bool(repo.transport), **_AS_PROCESS)):
            raise _no_way_in(address, "\n".join(asked.err))


def _no_way_in(remote: str, said: str) -> Unreachable:
    if lets_nobody_in(said):
        text = _("{remote} does not let you in: {reason}")
        return NotLetIn(text.format(remote=remote, reason=reason_of(said)), cure=way_in(said))
    text = _("{remote} cannot be reached: {reason}")
    return Unreachable(text.format(remote=remote, reason=reason_of(said)), cure=way_in(said))


class LostRace(Exception):
    """Somebody else pushed in between; `locked` when all that is known is that the branch there is locked."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.locked = locked

    def given_up(self, upstream: Upstream) -> RepositoryBusy:
        """The error to raise when trying again did not help."""
        if self.locked:
            return RepositoryBusy(
                _("{upstream} is locked over there: nothing was changed").format(upstream=upstream.label),
                cure=_("try again in a moment; if it stays so, ask whoever keeps the server to remove the lock"),
            )
        return RepositoryBusy(
            _("others keep pushing to {upstream}: nothing was changed").format(upstream=upstream.label),
            cure=_("run the command again in a moment"),
        )


def push(repo: Repository, upstream: Upstream, commit: str, told: Transfer | None = None) -> tuple[str, ...]:
    """Offer a commit to the shared branch, never forced; what the hooks said, here (`pre-push`) and over there.

    Raises `LostRace`, or `HookFailed` with what was answered when the push was refused.
    """
    with exchange(repo.common_dir), _opened(repo) as opened:
        talk = _Talk(told, sending=True)
        what = ("--", upstream.remote, f"{commit}:{upstream.branch}")
        if talk.hold(opened.git.push(*what, porcelain=True, progress=True, **_AS_PROCESS)):
            return talk.of_the_hooks()
    said = "\n".join((*talk.out, *talk.err))
    lost = ("[rejected]", "(fetch first)", "(non-fast-forward)", "cannot lock ref", "failed to update ref")
    if any(sign in said for sign in lost):
        raise LostRace(locked=LOCK_IN_THE_WAY.search(said) is not None)
    if "[remote rejected]" not in said and lets_nobody_in(said):
        raise _no_way_in(upstream.remote, "\n".join(talk.err))
    raise HookFailed(
        _("{remote} refused the push; nothing was changed").format(remote=upstream.label),
        "\n".join(talk.of_the_hooks()),
        cure=after_a_refusal(said, upstream.label),
    )


class _Talk(git.RemoteProgress):
    """What a git that speaks with another repository says: lines of output, lines of errors, and how far it is."""

    def __init__(self, told: Transfer | None, *, sending: bool) -> None:
        super().__init__()
        self.out: list[str] = []
        self.err: list[str] = []
        self._told, self._sending = told, sending
        self._counted = False

    def of_the_hooks(self) -> tuple[str, ...]:
        """What hooks said, without git's own lines."""
        here = (line for line in self.out if line and not line.startswith(_PORCELAIN))
        return (*here, *(line.removeprefix("remote: ").rstrip() for line in self.err if not line.startswith(_GITS)))

    def hold(self, called: object) -> bool:
        """Listen to a git just started until it ends; whether it ended well.

        When we are interrupted, it ends with the hooks that it started.
        """
        process = cast("git.Git.AutoInterrupt", called)
        running = cast("subprocess.Popen[bytes]", process.proc)
        for stream in (running.stdout, running.stderr):
            cast("TextIOWrapper", stream).reconfigure(errors="replace")  # whatever a server's hook prints
        try:
            handle_process_output(process, self._answered, self._heard, decode_streams=False)
            process.wait()
        except GitCommandError:
            return False
        except BaseException:
            processes.end(running, with_children=True)
            raise
        return True

    def update(
        self, op_code: int, cur_count: str | float, max_count: str | float | None = None, message: str = ""
    ) -> None:
        """Called by GitPython for a line that says how far it is."""
        self._counted = True
        if self._told and max_count and op_code & (self.WRITING | self.RECEIVING):
            self._told(self._sending, int(100 * float(cur_count) / float(max_count)))

    def raise_if_disk_or_lock_refused(self) -> None:
        """Raise what it says of our own disk, or of a lock in our own git folder: the network is not to blame."""
        own = "\n".join(line for line in self.err if not line.startswith("remote: "))
        if found := LOCK_IN_THE_WAY.search(own):
            raise lock_in_the_way(found["path"])
        if found := DISK_REFUSED.search(own):
            raise storage_failed(found[0])

    def _answered(self, line: str) -> None:
        self.out.append(line.rstrip("\n"))

    def _heard(self, line: str) -> None:
        self._counted = False
        self.new_message_handler()(line)
        line = line.rstrip()
        if line and not self._counted and not line.removeprefix("remote: ").startswith(_COUNTED):
            self.err.append(line)


@contextmanager
def _opened(repo: Repository) -> Iterator[git.Repo]:
    """GitPython's object for a repository that was found already.

    GitPython hands its own process's environment on and can add to it, not take away: for this while the variables of
    whoever started us, which may speak about another repository, are hidden.
    """
    with _ENVIRONMENT_LOCK:
        hidden = {name: os.environ.pop(name) for name in REPOSITORY_VARIABLES if name in os.environ}
        try:
            with git.Repo(repo.toplevel or repo.git_dir) as opened:
                opened.git.update_environment(**repo.place.environment, **repo.transport)
                yield opened
        finally:
            os.environ.update(hidden)
