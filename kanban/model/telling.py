"""Puts the steps of one contested card into the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable

from kanban.model.entries import Entry
from kanban.model.links import NOTHING, Link


def told_line(links: list[Link], final: Link | None) -> tuple[list[Entry], int, bool]:
    """The entries of a card from its links, which are in topological order; the card is `final` in the newest commit.

    Taken literally if that makes sense, else with the merges' decisions. Also says below which time nothing can follow,
    and whether it was taken literally.
    """
    told = _literal(links)
    column: str | None = None
    for step in told:
        if step.moves:
            if step.from_column != column:
                break
            column = step.to_column
    else:
        if column == (final.column if final else None):
            return told, told[-1].at if told else NOTHING.at, True
    return _decided(links, final), final.at if final else NOTHING.at, False


def _literal(links: list[Link]) -> list[Entry]:
    """What every commit changed, in order of time: a merge counts where it differs from all its parents."""
    times: dict[Link, int] = {}
    steps = []
    for link in links:
        before = max((times.get(other, other.at) for other in (*link.previous, *link.aside)), default=link.at)
        if link.step is None or link.back:
            times[link] = before
        else:
            times[link] = at = max(before, link.step.authored)
            steps.append(link.step._replace(at=at))
    return _once(sorted(steps))


def _decided(links: list[Link], final: Link | None) -> list[Entry]:
    """Steps on kept sides in order of time, overruled moves before the move that prevailed."""
    kept = final.closure() if final else set()
    moves = sorted(
        ((link.step, link) for link in links if link.step is not None and link.moves and link in kept),
        key=lambda one: one[0],
    )
    steps = []
    for link in links:
        if link.step is not None:
            overruled = link.moves and link not in kept
            steps.append(_before_rival(link, link.step, moves) if overruled else link.step)
    return _once(sorted(steps))


def _before_rival(link: Link, step: Entry, moves: list[tuple[Entry, Link]]) -> Entry:
    """A step that a merge did not keep, at its own place but before the first kept move unknown to it."""
    upon = link.closure()
    rivals = [rival for rival, its_link in moves if its_link not in upon] or [rival for rival, _link in moves[-1:]]
    if not rivals or step < rivals[0]:
        return step
    return step._replace(at=rivals[0].at, rank=rivals[0].rank - 0.5)


def _once(steps: Iterable[Entry]) -> list[Entry]:
    """The steps without arrivals in a column where the card is already: both sides of a merge made that move."""
    told: list[Entry] = []
    column: str | None = None
    for step in steps:
        if step.moves:
            if step.to_column == column:
                continue
            column = step.to_column
        told.append(step)
    return told
