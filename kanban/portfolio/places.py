"""Where each board of a portfolio is read: in its folder, or in a copy of a revision or of another repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.portfolio.boards import Member

SECONDS = 600
"""After which a board that has not answered, or a copy that has not come, is given up."""


def folder_of(place: Path, member: Member, aside: Path) -> Path:
    """The board's folder; a copy is made below `aside`. Raises KanbanError where there is none.

    A copy shares the objects of a repository on this machine, so that it costs the files of one commit.
    """
    if not member.repository and not member.revision:
        return place / member.path
    if member.repository:
        near = place / member.repository
        source, inside = (str(near) if near.exists() else member.repository), os.path.normpath(member.path)
        if os.path.isabs(inside) or inside.split(os.sep, 1)[0] == os.pardir:
            message = _("{path} lies outside {repository}").format(path=member.path, repository=member.repository)
            raise KanbanError(message, cure=_("name the board's folder in it"))
    else:
        folder = str(place / member.path)
        source = _git("-C", folder, "rev-parse", "--show-toplevel")
        inside = _git("-C", folder, "rev-parse", "--show-prefix")
    shared = ["--shared"] if Path(source).exists() else []
    _git("clone", "--quiet", "--no-checkout", *shared, "--", source, str(aside))
    wanted = member.revision or "HEAD"
    at = source if shared else str(aside)
    names = (wanted, f"origin/{wanted}")
    commit = next(filter(None, (_commit(at, name) for name in names)), "")
    if not commit:
        message = _("{repository} has no revision {revision}").format(repository=source, revision=wanted)
        raise KanbanError(message, cure=_("name a branch, tag or commit of it"))
    # A link in somebody's repository would lead out of the copy, to boards that are none of theirs.
    _git("-C", str(aside), "-c", "core.symlinks=false", "checkout", "--quiet", "--detach", commit, "--")
    return aside / inside


def _commit(repository: str, revision: str) -> str:
    try:
        return _git("-C", repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except KanbanError:
        return ""


def _git(*words: str) -> str:
    done = run(["git", *words], os.environ | {"GIT_TERMINAL_PROMPT": "0"})
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise KanbanError(said[-1] if said else _("no answer"))
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def run(command: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """A program run to its end, with nothing to read. Raises KanbanError when it takes too long."""
    try:
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise KanbanError(_("no answer within {seconds} s").format(seconds=SECONDS)) from error
