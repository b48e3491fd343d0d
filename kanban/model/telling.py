"""Puts the steps of one card into the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from kanban.model.lines import Line, Lines
from kanban.model.links import Link, Settled

Key = tuple[int, float, str, str]
"""The place of a step among all events: time, rank of its commit in the graph, commit id, card."""

Told = tuple[Key, Settled]


class Telling:
    """Orders steps; `ranks` of commits grow along every line of the graph."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.ranks = _ranks(lines)

    def plain(self, line: Line, card: str) -> Iterator[Told]:
        """A line that speaks for itself: every step as it stands."""
        commits, place, ranks = self.lines.commits, self.lines.place, self.ranks
        for number, old_path, old_blob, path, blob, _changes in line.steps:
            before = place(old_path) if old_path else None
            after = place(path) if path else None
            commit = commits[number]
            key = (commit.authored, ranks[number], commit.id, card)
            if before is None or after is None:
                kind = "created" if before is None else "removed"
                columns = before[0] if before else None, after[0] if after else None
                yield key, Settled(number, kind, *columns, path or old_path, blob, False)
            elif before[0] == after[0]:
                yield key, Settled(number, "edited", before[0], after[0], path, blob, False)
            else:
                yield key, Settled(number, "moved", before[0], after[0], path, blob, old_blob != blob)

    def contested(self, links: list[Link], final: Link | None, card: str) -> list[Told]:
        """A contested line. Taken literally if that makes sense, else with the merges' decisions."""
        told = self._literal(links, card)
        column: str | None = None
        for _key, step in told:
            if step.kind == "edited":
                continue
            if step.from_column != column:
                return self._decided(links, final, card)
            column = step.to_column
        return told if column == (final.column if final else None) else self._decided(links, final, card)

    def _literal(self, links: list[Link], card: str) -> list[Told]:
        """What every commit changed, in order of time: a merge counts where it differs from all its parents."""
        times: dict[Link, int] = {}
        timed = []
        for link in links:
            before = max((times.get(other, other.at) for other in (*link.previous, *link.aside)), default=link.at)
            if link.step is None or link.step.back:
                times[link] = before
                continue
            times[link] = max(before, self.lines.commits[link.node].authored)
            timed.append((self._key(times[link], link, card), link.step))
        return _once(sorted(timed, key=lambda one: one[0]))

    def _decided(self, links: list[Link], final: Link | None, card: str) -> list[Told]:
        """Steps on kept sides in order of time, overruled moves before the move that prevailed."""
        kept = final.closure() if final else set()
        keys = {link: self._key(link.at, link, card) for link in links if link.step is not None}
        moves = sorted((keys[link], link) for link in keys if link in kept and link.moves)
        keys |= {link: _before_rival(key, link, moves) for link, key in keys.items() if link.moves and link not in kept}
        timed = [(key, cast(Settled, link.step)) for link, key in keys.items()]
        return _once(sorted(timed, key=lambda one: one[0]))

    def _key(self, at: int, link: Link, card: str) -> Key:
        return at, self.ranks[link.node], self.lines.commits[link.node].id, card


def _before_rival(own: Key, link: Link, moves: list[tuple[Key, Link]]) -> Key:
    """The place of a move that a merge did not keep: its own, but before the first kept move unknown to it."""
    upon = link.closure()
    rivals = [key for key, rival in moves if rival not in upon] or [key for key, _rival in moves[-1:]]
    if not rivals or own < rivals[0]:
        return own
    at, rank, _commit, card = rivals[0]
    return at, rank - 0.5, own[2], card


def _once(timed: Iterable[Told]) -> list[Told]:
    """The steps without arrivals in a column where the card is already: both sides of a merge made that move."""
    told: list[Told] = []
    column: str | None = None
    for key, step in timed:
        if step.kind != "edited":
            if step.to_column == column:
                continue
            column = step.to_column
        told.append((key, step))
    return told


def _ranks(lines: Lines) -> list[int]:
    """For each commit the length of the longest way back to a first commit."""
    ranks: list[int] = []
    index = lines.index
    for commit in lines.commits:
        rank = 0
        for parent in commit.parents:
            number = index.get(parent)
            if number is not None and ranks[number] >= rank:
                rank = ranks[number] + 1
        ranks.append(rank)
    return ranks
