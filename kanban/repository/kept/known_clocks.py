"""Keeps in the index when each card started, came into its column and was last acted on.

A row holds for one board under one `board.yml` and set of former names, at the head of the last run: days on which
something happened, so that they hold on every later day. At another head a card's days are those of before where its
past is: it ends with the same commit and has as many events. A shallow or partial clone keeps nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.repository.kept.index import Index

MOST = 20
"""Boards and configurations whose days are kept: the last."""
VERSION = 2
"""Grows with every change of the row's form or of what the days mean."""

MOST_TOLD = 200
"""Pasts of single cards that are kept as they were told: the last."""

_KIND, _TOLD = "clocks", "told"


class Days(NamedTuple):
    """The days from which a card's clocks run: its start (None: no age), its entry into its column, its last action."""

    started: date | None
    since: date
    acted: date


class PastEnd(NamedTuple):
    """How a card's past ends: its last commit, and how many events it has; no commit for a card without a past."""

    commit: str
    events: int


class KnownClocks:
    """What is known of the cards of one board at `head`. `told` are the words on which the days depend besides."""

    def __init__(self, common_dir: Path, head: str, *told: str | bytes) -> None:
        self.head = head
        self._index = Index(common_dir)
        self._key = digest_of(__version__, str(VERSION), *told)
        self._cards: dict[str, tuple[list[int | None] | None, list[str | int]]] = {}
        self._before = self._cards
        self._last: dict[str, int] = {}
        self._load()

    def _load(self) -> None:
        body = self._index.get(_KIND, self._key)
        if body is not None:
            document = json.loads(body)
            self._before = document["cards"]
            if document["head"] == self.head:
                self._cards, self._last = document["cards"], document["last"]

    def __contains__(self, card: str) -> bool:
        return card in self._cards

    def __getitem__(self, card: str) -> Days | None:
        """The card's days; None where the past does not know it."""
        found = self._cards[card][0]
        if found is None:
            return None
        started, since, acted = found
        return Days(date.fromordinal(started) if started else None, _day(since), _day(acted))

    def still(self, card: str, end: PastEnd) -> bool:
        """Whether the days known from another head are the card's, whose past ends so; from here on they are known."""
        before = self._before.get(card)
        if before is None or before[1] != list(end):
            return False
        self._cards[card] = before
        return True

    def told(self, what: Sequence[str], make: Callable[[], Any]) -> Any:
        """What is told of the past up to the head, as JSON has it: made where it was not told before."""
        key = digest_of(self._key, self.head, *what)
        body = self._index.get(_TOLD, key)
        if body is None:
            body = json.dumps(make()).encode()
            self._index.keep(_TOLD, {key: body}, MOST_TOLD)
        return json.loads(body)

    def last(self, what: str) -> date | None:
        """The last day on which something of a kind happened; None where that was not worked out yet."""
        found = self._last.get(what)
        return None if found is None else date.fromordinal(found)

    def learn(self, cards: Mapping[str, tuple[Days | None, PastEnd]], **last: date) -> None:
        """Keep the days of these cards, and of the last thing of a kind."""
        for card, (days, end) in cards.items():
            self._cards[card] = (days and [_number(day) for day in days], list(end))
        self._last |= {what: day.toordinal() for what, day in last.items()}
        body = json.dumps({"head": self.head, "cards": self._cards, "last": self._last}).encode()
        self._index.keep(_KIND, {self._key: body}, MOST)


def _day(number: int | None) -> date:
    return date.fromordinal(number or 1)


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
