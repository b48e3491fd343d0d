"""Which branch is meant and where it is shared: as git knows it, as somebody said, or the only way there is."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kanban.errors import Ambiguous, KanbanError, NotFound, RepositoryState
from kanban.i18n import _
from kanban.repository.git.repository import Repository

WAY_BACK = "kanban resolve --finish"
"""What to type where no branch is checked out."""
_ADDRESS = re.compile(r"[/:\\]|^\.")
_HELPER = re.compile(r"^\w+::")
_HEADS = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Upstream:
    """A remote's name, and the branch there in full (`refs/heads/main`)."""

    remote: str
    branch: str

    @property
    def label(self) -> str:
        """What to call it: `origin/main`."""
        return f"{self.remote}/{self.branch.removeprefix(_HEADS)}"

    @property
    def tracked(self) -> str:
        """Where this clone keeps what stood there last, and in its log what stood there before."""
        return f"refs/remotes/{self.label}"


def upstream_of(repo: Repository, branch: str = "") -> Upstream:
    """Where a branch (default: the one checked out) is shared: as git knows it, else under the same name in the only
    remote or `origin`.

    Raises `RepositoryState` when no branch is checked out or nothing is shared, `Ambiguous` when several could be.
    """
    branch = branch or repo.branch() or ""
    if not branch:
        raise RepositoryState(_("no branch is checked out (detached HEAD)"), cure=WAY_BACK)
    remote, merge = (repo.config(f"branch.{branch}.{key}") or "" for key in ("remote", "merge"))
    if remote and merge and remote != ".":
        return Upstream(remote, merge)
    remotes = remotes_of(repo)
    shared = "origin" if "origin" in remotes else remotes[0] if len(remotes) == 1 else ""
    if shared:
        return Upstream(shared, _HEADS + branch)
    text = _("the branch {branch} is not shared with anybody").format(branch=branch)
    if remotes:
        raise Ambiguous(text, remotes, cure="kanban sync --remote " + "|".join(remotes))
    raise RepositoryState(text, cure=_("kanban sync --remote ADDRESS"))


def remotes_of(repo: Repository) -> list[str]:
    """The names under which git knows other repositories."""
    return repo.git.read("remote").text.split()


def named_upstream(repo: Repository, where: str, branch: str) -> tuple[Upstream, str]:
    """The place that somebody names for a branch: a remote's name or an address; and the address when it is new here.

    Raises `NotFound` for what is neither, `KanbanError` for an address that starts a program.
    """
    remotes, address = remotes_of(repo), _whole(where)
    known = {url: name for name in remotes if (url := repo.config(f"remote.{name}.url"))}
    if where in remotes or address in known:
        return Upstream(where if where in remotes else known[address], _HEADS + branch), ""
    if where.startswith("-") or not _ADDRESS.search(where):
        said = _("name one of these: {names}; or give an address").format(names=", ".join(remotes))
        raise NotFound(_("there is no remote “{name}”").format(name=where), cure=said if remotes else _an_address())
    if _HELPER.match(where):
        raise KanbanError(_("{address} would start a program").format(address=where), cure=_an_address())
    taken = set(known.values())
    names = ("origin", "shared", *(f"shared-{number}" for number in range(2, len(taken) + 2)))
    return Upstream(next(name for name in names if name not in taken), _HEADS + branch), address


def remember(repo: Repository, upstream: Upstream, branch: str, address: str) -> None:
    """Have git know where a branch is shared, and a new remote by its address: from now on it goes there."""
    settings = {
        f"remote.{upstream.remote}.fetch": f"+refs/heads/*:refs/remotes/{upstream.remote}/*" if address else "",
        f"remote.{upstream.remote}.url": address,
        f"branch.{branch}.remote": upstream.remote,
        f"branch.{branch}.merge": upstream.branch,
    }
    for key, value in settings.items():
        if value:
            repo.git.run("config", "--local", "--replace-all", key, value)


def branch_left(repo: Repository) -> str:
    """The branch to go back to when none is checked out: the one left last, else `main`, `master`, what the others call
    theirs, or the newest; `main` where there is none."""
    left = repo.git.read("rev-parse", "--symbolic-full-name", "@{-1}", codes=(0, 128))
    if left.code == 0 and left.text.startswith(_HEADS):
        return left.text.removeprefix(_HEADS)
    listed = repo.git.read("for-each-ref", "--sort=-committerdate", "--format=%(refname:lstrip=2)", _HEADS).text
    named = listed.split("\n") if listed else []
    theirs = repo.git.read("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD", codes=(0, 1, 128))
    default = theirs.text.removeprefix("origin/") if theirs.code == 0 else ""
    return next((name for name in ("main", "master", default, *named) if name in named), default or "main")


def _an_address() -> str:
    return _("give the address of a repository, as in https://… or git@…:…")


def _whole(address: str) -> str:
    """An address as it is understood everywhere: a folder on this machine by its whole path."""
    is_folder = not _HELPER.match(address) and "://" not in address and Path(address).expanduser().is_dir()
    return os.path.abspath(Path(address).expanduser()) if is_folder else address
