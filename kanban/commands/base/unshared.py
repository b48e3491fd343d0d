"""What was done here and the others cannot see yet, said beside a board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.errors import NotARepository
from kanban.i18n import _, ngettext
from kanban.repository.read.pushed_commits import unshared

if TYPE_CHECKING:
    from kanban.commands.base.session import Session


def say_unshared(session: Session) -> None:
    """Say on standard error how many gestures wait for `kanban sync`, if any do."""
    try:
        count = unshared(session.repository)
    except NotARepository:
        return
    if count:
        text = ngettext("{count} gesture not shared yet", "{count} gestures not shared yet", count)
        click.echo(_("note:") + " " + text.format(count=count) + "  → kanban sync", err=True)
