"""The ledger that a verb's numbers are read from: history, past versions of cards, and the limits once in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kanban.commands.base.session import Session
from kanban.errors import NotARepository
from kanban.i18n import _
from kanban.metrics.base.clocks import clocks
from kanban.metrics.base.ledger import blobs_wanted, ledger_told, story_of
from kanban.metrics.base.limits import limit_history
from kanban.metrics.base.track import track_of
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.board import Board
from kanban.model.history.versions import cards_by_blob
from kanban.repository.git.failures import contents_missing
from kanban.repository.read.configs import past_configs
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from kanban.metrics.base.clocks import Clocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanban.metrics.base.ledger import Ledger, Present
    from kanban.model.cards.card import Card


def ledger_of(session: Session, *, as_of: date | None = None, known: bool = False) -> Ledger:
    """The ledger at the end of `as_of` (default: the session's day).

    Cards are those git knows, each in its last version on or before the day: what is not committed is in no number.
    With `known`, only what had reached this repository by then. Raises ShallowHistory in a shallow clone. A partial
    clone serves where it has every card's version of the day; what only past versions say is left out.
    """
    day = as_of or session.today
    history = session.history()
    repository, config, cached = session.repository, session.config, session.settings.cached
    present = _present(session, history.head)
    story = story_of(history, track_of(config), day, known=known, present=present)
    needed, glanced = blobs_wanted(story)
    absent = _absent(session, day, needed, glanced)
    needed = {blob: on for blob, on in needed.items() if blob not in absent}
    glanced = {blob: on for blob, on in glanced.items() if blob not in absent}
    read = _read_before(session, day, needed)
    versions = read_versions(repository, config, needed, glanced, session.documents, cached=cached, read=read)
    configs = past_configs(repository, session.prefix, config.zone, cached=cached)
    limits = limit_history(config, configs)
    return ledger_told(story, Board(config, ()), versions=versions, limits=limits)


def _absent(session: Session, day: date, needed: Mapping[str, date], glanced: Mapping[str, date]) -> frozenset[str]:
    """The versions that a partial clone lacks, and says so; KanbanError when one of them is a card's as of the day."""
    absent = session.repository.lacking({*needed, *glanced})
    if any(needed.get(blob) == day for blob in absent):
        raise contents_missing()
    if absent:
        said = _("note: this is a partial clone, so pushed dates, past blocks, limits and owners are left out")
        click.echo(f"{said}\n  → {contents_missing().cure}", err=True)
    return absent


def _read_before(session: Session, day: date, needed: Mapping[str, date]) -> dict[str, Card]:
    """The needed versions that the board in the folder has read already, near the same day, by blob id."""
    board = session.__dict__.get("board")
    if board is None or day != session.today or board.config != session.config:
        return {}
    length = len(next(iter(needed), ""))
    return {blob: card for blob, card in cards_by_blob(board.cards, length).items() if needed.get(blob) == day}


def _present(session: Session, head: str | None) -> Present:
    """Where each card's file is in the history's head; a card that stands in two places is left out."""
    layout = layout_of(session.config)
    found: dict[str, tuple[str, str]] = {}
    twice: set[str] = set()
    for entry in session.repository.ls_tree(head, session.prefix) if head else ():
        place = layout.place(entry.path) if entry.mode.startswith("100") else None
        if place is not None:
            twice |= {place[1]} & found.keys()
            found[place[1]] = (entry.path, entry.blob)
    return {card: file for card, file in found.items() if card not in twice}


def clocks_of(session: Session) -> dict[str, Clocks]:
    """Card id → its clocks as of the session's day; {} outside a repository or in a shallow clone."""
    try:
        history = session.history(needed=False)
    except NotARepository:
        click.echo(_("note: not in a git repository, so ages are unknown"), err=True)
        return {}
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages are left out"), err=True)
        return {}
    return clocks(session.board, history, session.today)
