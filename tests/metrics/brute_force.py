"""The numbers a second time, the slow way: replay the board day by day and look. Written from the definitions alone.

Nothing here is shared with the product but the list of moves: `(time, card, column)`, column None for a deletion.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

OPEN = ["p", "q", "r", "o", "n"]
EXIT = {"w": "won", "l": "lost", "k": "parked"}
Move = tuple[datetime, str, str | None]


@dataclass
class Film:
    """Moves in order of time; those of one card in the order in which they were made."""

    moves: list[Move]
    as_of: date

    def of(self, card: str) -> list[tuple[datetime, str | None]]:
        """The card's moves up to the as-of day, those that change nothing left out."""
        found: list[tuple[datetime, str | None]] = []
        for at, name, column in self.moves:
            if name == card and at.date() <= self.as_of and (column != found[-1][1] if found else column):
                found.append((at, column))
        return found

    def cards(self) -> list[str]:
        return sorted({card for at, card, _column in self.moves if self.of(card)})

    def column_on(self, card: str, day: date) -> str | None:
        """Where the card stands at the end of a day."""
        column = None
        for at, where in self.of(card):
            if at.date() <= day:
                column = where
        return column

    def days(self) -> list[date]:
        first = min(at.date() for at, _card, _column in self.moves)
        return [first + timedelta(days=at) for at in range((self.as_of - first).days + 1)]

    def wip(self, day: date) -> int:
        return sum(self.column_on(card, day) in OPEN for card in self.cards())

    def outcome(self, card: str) -> tuple[str, date | None]:
        """How it stands, and since when if it ended."""
        moves = self.of(card)
        at, column = moves[-1]
        if column in EXIT:
            return EXIT[column], at.date()
        if column is None:
            before_at, before = moves[-2]
            return (EXIT[before], before_at.date()) if before in EXIT else ("deleted", at.date())
        return "open", None

    def start(self, card: str) -> date:
        """The day it was first open or won; of a card that never was, its first day."""
        moves = self.of(card)
        return next(
            (at for at, column in moves if column in OPEN or EXIT.get(column or "") == "won"), moves[0][0]
        ).date()

    def cycle_times(self) -> list[int]:
        """Inclusive days of the won cards."""
        days = []
        for card in self.cards():
            outcome, end = self.outcome(card)
            if outcome == "won" and end:
                days.append((end - self.start(card)).days + 1)
        return sorted(days)

    def time_in(self, card: str) -> dict[str, int]:
        """Column → ended days, by walking from midnight to midnight."""
        spent: dict[str, int] = {}
        moves = self.of(card)
        for (at, column), (after, _next) in pairwise(moves):
            if column is not None:
                spent[column] = spent.get(column, 0) + (after.date() - at.date()).days
        return spent

    def conversion(self, column: str) -> tuple[int, int, int, int]:
        """Entered, advanced, exited, open."""
        counts = [0, 0, 0, 0]
        for card in self.cards():
            visited = [where for _at, where in self.of(card)]
            if column not in visited:
                continue
            counts[0] += 1
            after = visited[visited.index(column) + 1 :]
            if any(where == "w" or where in OPEN[OPEN.index(column) + 1 :] for where in after):
                counts[1] += 1
            elif self.outcome(card)[0] != "open":
                counts[2] += 1
            else:
                counts[3] += 1
        return counts[0], counts[1], counts[2], counts[3]

    def wins_in_week(self, monday: date) -> int:
        wins = 0
        for card in self.cards():
            outcome, end = self.outcome(card)
            wins += outcome == "won" and end is not None and monday <= end <= monday + timedelta(days=6)
        return wins

    def mondays(self) -> list[date]:
        """Weeks that are over, from the one of the first event."""
        first = self.days()[0] if self.days() else self.as_of
        monday = first - timedelta(days=first.weekday())
        found = []
        while monday + timedelta(days=6) <= self.as_of:
            found.append(monday)
            monday += timedelta(days=7)
        return found


def percentile(values: Iterable[int], percent: int) -> int | None:
    """The smallest value such that at least `percent` % of the values are no larger."""
    ordered = sorted(values)
    for value in ordered:
        if 100 * sum(other <= value for other in ordered) >= percent * len(ordered):
            return value
    return None


def incidence(cards: list[tuple[int, str]], horizon: int) -> float:
    """Share of hits by the horizon, by redistributing every open card's weight over those watched longer (to the right).

    An open card seen until day t hands its weight in equal parts to all that were still undecided after t.
    """
    weights = dict.fromkeys(range(len(cards)), 1.0)
    order = {"hit": 0, "other": 0, "open": 1}
    ranked = sorted(range(len(cards)), key=lambda at: (cards[at][0], order[cards[at][1]]))
    share = 0.0
    for place, at in enumerate(ranked):
        days, end = cards[at]
        if days > horizon:
            break
        if end == "open":
            later = ranked[place + 1 :]
            for other in later:
                weights[other] += weights[at] / len(later)
        elif end == "hit":
            share += weights[at]
    return share / len(cards) if cards else math.nan
