"""The ledger that a verb's numbers are read from: history, past versions of cards, and the limits once in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kanban.commands.session import Session

if TYPE_CHECKING:
    from kanban.metrics.ledger import Ledger, Present


def ledger_of(session: Session, *, as_of: date | None = None, known: bool = False) -> Ledger:
    """The ledger at the end of `as_of` (default: the session's day).

    Cards are those git knows, each in its last version on or before the day: what is not committed is in no number.
    With `known`, only what had reached this repository by then. Raises ShallowHistory in a shallow clone.
    """
    from kanban.metrics.ledger import blobs_wanted, open_ledger
    from kanban.metrics.limits import limit_history
    from kanban.metrics.track import track_of
    from kanban.model.board import Board
    from kanban.repository.configs import past_configs
    from kanban.repository.versions import read_versions

    day = as_of or session.today
    history = session.history()
    present = _present(session, history.head)
    needed, glanced = blobs_wanted(history, day, track_of(session.config), known=known, present=present)
    repository, config, cached = session.repository, session.config, session.settings.cached
    versions = read_versions(repository, config, needed, glanced, session.documents, cached=cached)
    configs = past_configs(repository, session.prefix, config.zone, cached=cached)
    limits = limit_history(config, configs)
    board = Board(config, ())
    return open_ledger(board, history, day, versions=versions, limits=limits, known=known, present=present)


def _present(session: Session, head: str | None) -> Present:
    """Where each card's file is in the history's head; a card that stands in two places is left out."""
    from kanban.model.assembly import layout_of

    layout = layout_of(session.config)
    found: dict[str, tuple[str, str]] = {}
    twice: set[str] = set()
    for entry in session.repository.ls_tree(head, session.prefix) if head else ():
        place = layout.place(entry.path) if entry.mode.startswith("100") else None
        if place is not None:
            twice |= {place[1]} & found.keys()
            found[place[1]] = (entry.path, entry.blob)
    return {card: file for card, file in found.items() if card not in twice}
