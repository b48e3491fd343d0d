"""Counts the cards of a large board in two halves, each in a process of its own: a tally is a sum over cards.

The past is read by a third, and what it gives is at hand in both when they begin; no event is made of it in the one for
the cards of the other. Whatever is not so plain is counted by one process, from all of the past.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kanban.beside import Beside, collector_resting, may_fork
from kanban.commands.base.ledger import configs_of, present_at
from kanban.metrics.base.ledger import blobs_wanted, ledger_told, story_of
from kanban.metrics.base.limits import limit_history
from kanban.metrics.base.track import track_of
from kanban.metrics.suspicion import suspicions_by
from kanban.metrics.tally import Tally, joined, tally_of
from kanban.model.cards.board import Board
from kanban.repository.git.plain_files import is_plainly_whole
from kanban.repository.kept.known_tally import packed, taken_apart
from kanban.repository.read import log
from kanban.repository.read.versions import Silent, read_versions

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.metrics.base.ledger import Present
    from kanban.metrics.suspicion import Suspicion
    from kanban.repository.kept.cache import KnownPast

HALVES = 2


class Half:
    """The tally of one half of the cards; of how many events it is, and whether later ones can be added to it.

    `silent` are the versions that were found to have nothing to say of a block.
    """

    def __init__(self, tally: Tally, events: int, lasting: bool, silent: Iterable[str]) -> None:
        self.tally, self.events, self.lasting, self.silent = tally, events, lasting, silent


class Counting:
    """What is at hand for both halves."""

    def __init__(self, session: Session, past: KnownPast, present: Present) -> None:
        self.session, self.past, self.present = session, past, present
        self.silent = Silent(session.repository) if session.settings.cached else None

    def half(self, number: int) -> Half:
        """Count a half of the cards."""
        with collector_resting():
            return self._counted(number)

    def _counted(self, number: int) -> Half:
        session, config = self.session, self.session.config
        past = self.past.share(number, HALVES)
        if past is None:
            raise ValueError
        history = past.history(config.zone, known=self.past.commits)
        story = story_of(history, track_of(config), session.today, present=self.present)
        needed, glanced = blobs_wanted(story)
        versions = read_versions(session.repository, config, needed, glanced, silent=self.silent)
        ledger = ledger_told(story, Board(config, ()), versions=versions)
        events, lasting = len(history.told), ledger.history is history and not ledger.ahead
        tally = tally_of(ledger)
        tally.__dict__["suspicions"] = ()  # commits touch cards of both halves
        del past, history, story, needed, glanced, versions, ledger  # let go while it is counted
        return Half(tally.settled(), events, lasting, self.silent.new if self.silent is not None else ())

    def packed(self) -> bytes:
        """The other half, as it is told to the one who began it."""
        half = self.half(1)
        about = json.dumps([half.events, half.lasting, list(half.silent)]).encode()
        return len(about).to_bytes(8, "big") + about + packed(half.tally)

    def taken_apart(self, data: bytes) -> Half | None:
        """What was packed."""
        begin = 8 + int.from_bytes(data[:8], "big")
        events, lasting, silent = json.loads(data[8:begin])
        tally = taken_apart(data[begin:], self.session.config, self.session.today)
        return None if tally is None else Half(tally, events, lasting, silent)


def counted_in_halves(session: Session) -> tuple[Tally, bool] | None:
    """The tally of all cards, and whether later events can be added to it; None where one process is to count all."""
    if (
        not may_fork()
        or session.known
        or "board" in session.__dict__
        or not is_plainly_whole(session.repository.common_dir)
    ):
        return None
    session.begin_history()
    present = present_at(session, session.repository.head())  # looked at while the past is read
    past = session.past_in_columns()
    if past is None:
        return None
    counting = Counting(session, past, present)
    begun = Beside(counting.packed)
    limits = limit_history(session.config, configs_of(session, past.bare.settings))
    mine = counting.half(0)
    other = counting.taken_apart(begun.answer()) or counting.half(1)
    if counting.silent is not None:
        counting.silent.new = [*mine.silent, *other.silent]
        counting.silent.keep(counting.silent.known)
    found = joined((mine.tally, other.tally), _suspicions(session, past), limits)
    lasting = mine.lasting and other.lasting and mine.events + other.events >= log.WORTH_KEEPING
    return found, lasting


def _suspicions(session: Session, past: KnownPast) -> tuple[Suspicion, ...]:
    """What is suspicious among all commits: of the cards that an unusual one touches, the events of all."""
    unusual = past.of(())
    if unusual is None:
        raise ValueError
    history = unusual.history(session.config.zone, known=past.commits)
    return suspicions_by(history, track_of(session.config), session.today)
