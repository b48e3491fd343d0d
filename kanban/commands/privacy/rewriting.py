"""Writing the history anew without a person: made, looked at again, and what to type next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from kanban.commands.privacy.kept import KEPT, tell_kept
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.paper.plain import safe
from kanban.repository.disk import FOLDER
from kanban.repository.erasing.history_without import history_without
from kanban.repository.erasing.holdings import holdings

if TYPE_CHECKING:
    from pathlib import Path

    from kanban.commands.base.session import Session
    from kanban.privacy.person import Person


def rewrite(session: Session, person: Person, folder: Path) -> None:
    """Make the new history at `folder`, look for the person there, and say what it breaks."""
    mark, in_names = _("(erased)"), _("erased")
    made = history_without(
        session.repository, folder, lambda text: person.erased(text, mark), lambda name: person.erased(name, in_names)
    )
    left = holdings(made, person.stands_in)
    if not left.nothing:
        tell_kept(left)
        message = _("the new history still names this person")
        cure = _(
            "rename the branches and tags called so, remove documents that only their own program reads, and try again"
        )
        raise KanbanError(message, cure=cure)
    click.echo(_("a history without this person is in {folder}").format(folder=safe(str(folder))))
    click.echo(_("What it breaks: every commit from the first changed one on has another id. Links to commits, open"))
    click.echo(
        _("pull requests, signatures, every clone and fork of the old one. Who pushes an old one brings it back.")
    )
    click.echo(_("To put it in place, while nobody else pushes:"))
    for typed in _to_type(session, shlex.quote(str(folder.resolve()))):
        click.echo(f"  {typed}")
    click.echo(_("The lines after the push are for every clone; a new clone is as good. Then ask the forge to collect"))
    click.echo(_("what nothing leads to any more, and to drop its caches."))


def _to_type(session: Session, made: str) -> list[str]:
    url = session.repository.config("remote.origin.url")
    everything = "'+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*'"
    push = [f"git -C {made} push --force {shlex.quote(url)} {everything}"] if url else []
    fetched = ["git fetch --quiet --prune --force origin"] if url else []
    return [
        *push,
        f"git fetch --quiet --force --update-head-ok {made} {everything} && git reset --quiet --hard",
        *fetched,
        "git stash clear; git update-ref -d ORIG_HEAD; rm -f .git/FETCH_HEAD .git/COMMIT_EDITMSG",
        f'(cd "$(git rev-parse --git-common-dir)"/{FOLDER} && rm -f {" ".join(KEPT)})',
        "git reflog expire --expire=now --all && git gc --quiet --prune=now",
    ]
