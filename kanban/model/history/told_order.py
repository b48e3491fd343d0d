"""Puts the steps of one contested card into the order in which they are told."""

from collections.abc import Iterable, Mapping

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
    twins, rivals = _counterparts(
        [link for link in links if link.moves and link not in kept], moves, _overruling(links)
    )
    for link, twin in twins.items():
        makers[twin].append(link)
    for link, rival in rivals.items():
        if _step_of(rival) < told[link]:
            told[link] = told[link]._replace(at=_step_of(rival).at, rank=_just_before(_step_of(rival), told[link]))
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


def _overruling(links: list[Link]) -> dict[Link, set[Link]]:
    """A link of a side that merges did not keep → those merges."""
    found: dict[Link, set[Link]] = {}
    for merge in links:
        for side in merge.aside:
            for link in side.closure() - merge.closure():
                found.setdefault(link, set()).add(merge)
    return found


def _counterparts(
    overruled: list[Link], moves: list[Link], merges: Mapping[Link, set[Link]]
) -> tuple[dict[Link, Link], dict[Link, Link]]:
    """To each move that a merge did not keep: the kept move that is the same, or the first kept one unknown to it.

    What came after that merge is no answer to the move. A side that made the kept moves too, and went on from there,
    was overruled by the last of them: both are told before that one, and its own one is not the same.
    """
    twins: dict[Link, Link] = {}
    rivals: dict[Link, Link] = {}
    known = {one: one.ancestry() for one in moves} if merges else {}
    for link in overruled:
        upon = link.closure()
        unknown = [one for one in moves if one not in upon]
        unknown = [one for one in unknown if known[one].isdisjoint(merges.get(link, ()))] or unknown
        twin = met = own = None
        for one in sorted((one for one in upon if one.moves and one not in moves), key=_step_of):
            twin = unknown.pop(0) if unknown and _same(_step_of(one), _step_of(unknown[0])) else None
            met, own = (twin, one) if twin is not None else (met, own)
        if twin is not None:
            twins[link] = twin
        elif unknown:
            rivals[link] = unknown[0]
        elif met is None or own is None:
            rivals[link] = moves[-1] if moves else link
        else:
            rivals[link] = met
            if _step_of(link).from_column == _step_of(met).to_column:
                twins.pop(own, None)
                rivals[own] = met
    return twins, rivals


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
