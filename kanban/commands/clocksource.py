"""The three clocks of every card, when the history can be read; nothing, said once, when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.session import Session
from kanban.errors import NotARepository
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.metrics.clocks import Clocks


def clocks_of(session: Session) -> dict[str, Clocks]:
    """Card id → its clocks as of the session's day; {} outside a repository or in a shallow clone."""
    from kanban.metrics.clocks import clocks

    try:
        history = session.history(needed=False)
    except NotARepository:
        click.echo(_("note: not in a git repository, so ages are unknown"), err=True)
        return {}
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages are left out"), err=True)
        return {}
    return clocks(session.board, history, session.today)
