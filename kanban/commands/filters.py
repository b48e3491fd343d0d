"""Filters by name: a name that nobody bears here is said, so that an empty answer is not taken for good news."""

from __future__ import annotations

import click

from kanban.i18n import _
from kanban.model.board import Board, plain


def say_unknown_owner(board: Board, owner: str | None) -> None:
    """Note on standard error that neither `board.yml` nor a card knows the owner that was asked for, if so."""
    names = {one.name for one in board.config.owners} | {card.owner for card in board.cards if card.owner}
    if owner and plain(owner) not in map(plain, names):
        _say(_("nobody is called “{name}” here").format(name=owner), names)


def say_unknown_class(board: Board, service: str | None) -> None:
    """The same for a class of service."""
    keys = {one.key for one in board.config.classes}
    if service and service not in keys:
        _say(_("there is no class “{name}”").format(name=service), keys)


def _say(message: str, names: set[str]) -> None:
    cure = "  → " + _("there are {values}").format(values=", ".join(sorted(names))) if names else ""
    click.echo(click.style(_("note:"), fg="yellow") + f" {message}{cure}", err=True)
