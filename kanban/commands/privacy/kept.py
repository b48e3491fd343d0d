"""What git still holds of a person, told honestly, and what lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.again.rows import NAME
from kanban.errors import PartlyDone
from kanban.i18n import _, ngettext
from kanban.paper.plain import safe
from kanban.repository.disk import FOLDER

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.repository.erasing.holdings import Holdings

KEPT = (f"{NAME}*", "*.cache")
"""Files below the git folder in which kanban keeps what it has read, now and in earlier versions."""

_MOST = 10


def tell_kept(kept: Holdings) -> None:
    """Commits, messages, authors, names, branches, and what nothing leads to; then what no clone can see."""
    if kept.nothing:
        click.echo(_("git holds nothing of this person here"))
        return
    commits = ngettext("{count} commit", "{count} commits", kept.commits).format(count=kept.commits)
    click.echo(
        _("git still holds it: {commits}, {first} to {last}; {versions} versions and messages").format(
            commits=commits, first=kept.first or "–", last=kept.last or "–", versions=kept.versions
        )
    )
    lists = (
        (_("named in files called: {names}"), sorted(kept.file_names)),
        (_("branches and tags that have it now: {names}"), kept.refs),
        (_("branches and tags called so: {names}"), kept.ref_names),
    )
    for text, names in lists:
        if names:
            shown = ", ".join(names[:_MOST]) + (", …" if len(names) > _MOST else "")
            click.echo("  " + safe(text.format(names=shown)))
    counts = (
        (_("commit messages: {count}"), kept.messages),
        (_("commits of this author: {count}"), kept.authors),
        (_("objects that no branch leads to (stashed, amended, deleted): {count}"), kept.unreached),
    )
    for text, count in counts:
        if count:
            click.echo("  " + text.format(count=count))
    click.echo(
        _("Nobody can see from here what else has it: other clones and forks, pull requests and their comments,")
    )
    click.echo(_("mails and logs of the forge, backups, sites published earlier."))


def caches_removed(session: Session) -> None:
    """What kanban has read is kept below the git folder, to be quick; it may have the person: it is read again."""
    for pattern in KEPT:
        for file in (session.repository.common_dir / FOLDER).glob(pattern):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                text = _("it is done, but {file} may still hold the person and could not be removed: {reason}")
                told = text.format(file=file, reason=error.strerror or error)
                raise PartlyDone(told, cure=_("remove that file by hand: kanban makes it anew")) from error
