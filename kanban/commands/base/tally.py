"""The tally of a session's board: kept with what is new folded in, else counted from the ledger and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanban.errors import NotARepository
from kanban.metrics.base.ledger import blobs_wanted, ledger_told, story_of
from kanban.metrics.base.track import track_of
from kanban.metrics.suspicion import suspicions
from kanban.metrics.tally import ROWS, tally_of
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.board import Board
from kanban.repository.git.plain_files import is_plainly_whole
from kanban.repository.kept.known_tally import KnownTally
from kanban.repository.read import log
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.metrics.base.ledger import Ledger, Present
    from kanban.metrics.suspicion import Suspicion
    from kanban.metrics.tally import Tally
    from kanban.model.history.events import Event, History

FEW = 30
"""Cards whose change is quickly folded in again; after more, what came out is kept anew."""

MANY = 300
"""Cards above which counting all is as quick."""


def tally_at(session: Session) -> Tally:
    """The tally of the session's board at its head, as of the session's day; all cards, in calendar days.

    Raises ShallowHistory in a shallow clone.
    """
    known = known_tally(session)
    kept = known.load() if known is not None else None
    if known is not None and kept is not None:
        head = session.repository.head()
        folded = kept if kept.head == head else _folded(session, kept, known)
        if folded is not None:
            folded.lasting = True
            return folded
    found, lasting = _counted(session)
    found.lasting = lasting
    if known is not None and lasting:
        known.keep(found)
    return found


def _counted(session: Session) -> tuple[Tally, bool]:
    """The tally of all cards, and whether later events can be added to it: nothing recorded lies after its day."""
    from kanban.commands.base.halves import counted_in_halves
    from kanban.commands.base.ledger import ledger_of

    halves = counted_in_halves(session)
    if halves is not None:
        return halves
    ledger, history = ledger_of(session), session.history()
    lasting = len(history.told) >= log.WORTH_KEEPING and ledger.history is history and not ledger.ahead
    found = tally_of(ledger)
    del ledger  # what it was counted from is let go while it is counted
    return found.settled(), lasting


def known_tally(session: Session) -> KnownTally | None:
    """Where the tally is kept; None where nothing is, or git has only part of the past or of the contents."""
    if not session.settings.cached or session.board_folder is not None or session.known:
        return None
    try:
        place = session.place
    except NotARepository:
        return None
    if place.shallow or not is_plainly_whole(place.common_dir):
        return None
    former = [name for pair in sorted(session.renames.items()) for name in pair]
    settings = session.settings_file.data or b""
    return KnownTally(place.common_dir, session.config, session.today, place.prefix, settings, *former)


class Change(NamedTuple):
    """What some commits did to the cards that they touch: their tally before and after, and the suspicious commits."""

    cards: frozenset[str]
    before: Tally
    after: Tally
    odd: tuple[Suspicion, ...]


def change_since(session: Session, head: str) -> Change | None:
    """What the commits since a head did; None where all must be counted."""
    grown = log.read_grown(
        session.repository,
        head,
        prefix=session.prefix,
        layout=layout_of(session.config),
        zone=session.config.zone,
        renames=session.renames,
        first_parent=session.config.history.first_parent,
    )
    new = None if grown is None else _only_added(grown)
    day = session.today
    if grown is None or new is None or len(grown.cards) > MANY or any(event.at.date() > day for event in new):
        return None
    before, after = _small(session, grown.before), _small(session, grown.after)
    if before is None or after is None:
        return None
    odd = suspicions(new, track_of(session.config), grown.after.imports)
    return Change(grown.cards, tally_of(before), tally_of(after), odd)


def _folded(session: Session, kept: Tally, known: KnownTally) -> Tally | None:
    """The kept tally with the commits since its head; None where all must be counted."""
    change = change_since(session, str(kept.head))
    if change is None:
        return None
    was = change.before
    if any(getattr(kept, name).get(card) != getattr(was, name).get(card) for name in ROWS for card in change.cards):
        return None
    folded = kept.folded(was, change.after, change.odd)
    if len(change.cards) > FEW:
        known.keep(folded)
    return folded


def _only_added(grown: log.Grown) -> list[Event] | None:
    """The events that are new; None where one that counted before does not any more, or as another."""
    new: list[Event] = []
    for card in grown.cards:
        old, now = grown.before.of(card), grown.after.of(card)
        if [event._replace(order=0) for event in old] != [event._replace(order=0) for event in now[: len(old)]]:
            return None
        new += now[len(old) :]
    return new


def _small(session: Session, history: History) -> Ledger | None:
    """The ledger of the cards of a history that some commits touched; None where one stands in two places."""
    config, repository = session.config, session.repository
    present = _present(session, history)
    if present is None:
        return None
    story = story_of(history, track_of(config), session.today, present=present)
    needed, glanced = blobs_wanted(story)
    versions = read_versions(repository, config, needed, glanced)
    return ledger_told(story, Board(config, ()), versions=versions)


def _present(session: Session, history: History) -> Present | None:
    """Where each card's file is in the history's head, among the places where it ever was."""
    found: dict[str, tuple[str, str]] = {}
    paths = sorted({event.path for event in history.told})
    layout = layout_of(session.config)
    for entry in session.repository.ls_tree(str(history.head), session.prefix, paths) if paths else ():
        place = layout.place(entry.path) if entry.mode.startswith("100") else None
        if place is not None:
            if place[1] in found:
                return None
            found[place[1]] = (entry.path, entry.blob)
    return found
