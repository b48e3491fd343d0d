"""The shared repository: where a branch is pushed to, what stands there, and pushing without force."""

from __future__ import annotations

from dataclasses import dataclass

from kanban.errors import HookFailed, KanbanError, RepositoryState
from kanban.i18n import _
from kanban.repository.git.done import Done
from kanban.repository.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Upstream:
    """A remote's name, and the branch there in full (`refs/heads/main`)."""

    remote: str
    branch: str

    @property
    def label(self) -> str:
        """What to call it: `origin/main`."""
        return f"{self.remote}/{self.branch.removeprefix('refs/heads/')}"


def upstream_of(repo: Repository) -> Upstream:
    """Where the branch checked out is shared: as git knows it, else under the same name in the only remote.

    Raises `RepositoryState` when no branch is checked out or nothing is shared.
    """
    branch = repo.branch()
    if branch is None:
        raise RepositoryState(_("no branch is checked out (detached HEAD)"), cure=_("git switch BRANCH"))
    remote, merge = repo.config(f"branch.{branch}.remote"), repo.config(f"branch.{branch}.merge")
    if remote and merge and remote != ".":
        return Upstream(remote, merge)
    remotes = repo.git.read("remote").text.split()
    if len(remotes) != 1:
        raise RepositoryState(
            _("the branch {branch} is not shared with anybody").format(branch=branch),
            cure=f"git push --set-upstream origin {branch}" if remotes else _("git remote add origin ADDRESS"),
        )
    return Upstream(remotes[0], f"refs/heads/{branch}")


def fetch(repo: Repository, upstream: Upstream) -> str | None:
    """The commit that stands there now, fetched; None when the branch is not there yet. Raises `KanbanError`."""
    done = repo.git.run("fetch", "--quiet", "--no-write-fetch-head", upstream.remote, codes=None)
    if done.code:
        raise KanbanError(
            _("{remote} cannot be reached: {reason}").format(remote=upstream.remote, reason=_reason(done)),
            cure=_("check the network and your access, then run the command again; nothing was changed"),
        )
    asked = repo.git.run("ls-remote", upstream.remote, upstream.branch, codes=None)
    commit = asked.text.split("\t")[0] if asked.code == 0 else ""
    if not commit:
        return None
    if repo.git.read("cat-file", "-e", commit, codes=(0, 1, 128)).code:
        repo.git.run("fetch", "--quiet", "--no-write-fetch-head", upstream.remote, upstream.branch)
    return commit


class LostRace(Exception):
    """Somebody else pushed in between."""


def push(repo: Repository, upstream: Upstream, commit: str) -> None:
    """Offer a commit to the shared branch, never forced. The user's own `pre-push` hook runs.

    Raises `LostRace`, or `HookFailed` with what was answered when the push was refused.
    """
    done = repo.git.run("push", "--porcelain", upstream.remote, f"{commit}:{upstream.branch}", codes=None)
    if done.code == 0:
        return
    said = f"{done.text}\n{done.err}"
    lost = ("[rejected]", "(fetch first)", "(non-fast-forward)", "cannot lock ref", "failed to update ref")
    if any(sign in said for sign in lost):
        raise LostRace
    answer = "\n".join(line.removeprefix("remote: ") for line in done.err.splitlines() if line.strip())
    raise HookFailed(
        _("{remote} refused the push; nothing was changed").format(remote=upstream.label),
        answer or done.text,
        cure=_("put right what is said above, then `kanban sync` again"),
    )


def _reason(done: Done) -> str:
    lines = [line.removeprefix("fatal: ") for line in done.err.splitlines() if line.strip()]
    return lines[0] if lines else _("no reason given (exit code {code})").format(code=done.code)
