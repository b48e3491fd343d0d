"""Puts the steps of one contested card into the order in which they are told."""

from collections.abc import Iterable

from kanban.model.history.entries import Entry
from kanban.model.history.states import NOTHING, Link

_MANY = 1 << 24
"""Twice as many commits as any line has."""


def told_line(links: list[Link], final: Link | None) -> tuple[list[Entry], int, bool]:
    """The entries of a card from its links, which are in topological order; the card is `final` in the newest commit.

    Taken literally if that makes sense, else with the merges' decisions. Also says below which time nothing can follow,
    and whether it was taken literally.
    """
    told, times = _literal(links)
    final = final or NOTHING
    column: str | None = None
    for step in told:
        if step.moves:
            if step.from_column != column:
                break
            column = step.to_column
    else:
        if column == final.column:
            return told, times.get(final, final.at), True
    return _decided(links, final), final.at, False


def _literal(links: list[Link]) -> tuple[list[Entry], dict[Link, int]]:
    """What every commit changed, in order of time: a merge counts where it differs from all its parents.

    Also the time of every link. A step that is not told (both sides made that move) still holds back what follows it.
    """
    times: dict[Link, int] = {}
    steps = []
    for link in links:
        before = max((times.get(other, other.at) for other in (*link.previous, *link.aside)), default=link.at)
        if link.step is None or link.back:
            times[link] = before
        else:
            times[link] = at = max(before, link.step.authored)
            steps.append(link.step._replace(at=at))
    return _once(sorted(steps)), times


def _decided(links: list[Link], final: Link) -> list[Entry]:
    """Steps on kept sides in order of time, overruled moves before the move that prevailed.

    A move that both sides made is told once, by whoever made it first; but the one that brought the card where it
    stands is always told, unless the card was there.
    """
    kept = final.closure()
    moves = sorted((link for link in links if link.moves and link in kept), key=_step_of)
    told = {link: link.step for link in links if link.step is not None}
    makers = {link: [link] for link in moves}
    for link in links:
        if link.moves and link not in kept:
            twin, rival = _counterparts(link, moves)
            if twin is not None:
                makers[twin].append(link)
            elif rival is not None and rival < told[link]:
                told[link] = told[link]._replace(at=rival.at, rank=_just_before(rival, told[link]))
    for same in makers.values():
        for late in sorted(same, key=_step_of)[1:]:
            if late is not moves[-1]:
                del told[late]
    return _once(sorted(told.values()))


def _just_before(rival: Entry, step: Entry) -> float:
    """A rank below that of the move that prevailed, above all else below it; overruled steps keep their own order."""
    return rival.rank - 0.5 + step.rank / _MANY


def _step_of(link: Link) -> Entry:
    assert link.step is not None  # noqa: S101 - asked of moves only
    return link.step


def _counterparts(link: Link, moves: list[Link]) -> tuple[Link | None, Entry | None]:
    """To a move that a merge did not keep: the kept move that is the same, and the first kept one unknown to it."""
    upon = link.closure()
    rivals = [rival for rival in moves if rival not in upon]
    twin = None
    for own in sorted(_step_of(own) for own in upon if own.moves and own not in moves):
        twin = rivals.pop(0) if rivals and _same(own, _step_of(rivals[0])) else None
    first = rivals[:1] or moves[-1:]
    return twin, _step_of(first[0]) if first else None


def _same(step: Entry, other: Entry) -> bool:
    return (step.from_column, step.to_column) == (other.from_column, other.to_column)


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
