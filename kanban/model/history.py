"""From commits to events: one ordered history of a board, each thing that happened told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import cast

from kanban.model.commits import Commit
from kanban.model.events import Event, History, Kind
from kanban.model.layout import Layout
from kanban.model.lines import Line, Lines
from kanban.model.settling import Ask, Link, Settled, Settling

_EARLIEST = int(datetime(1, 1, 3, tzinfo=UTC).timestamp())
_LATEST = int(datetime(9999, 12, 29, tzinfo=UTC).timestamp())

_Key = tuple[int, float, str, str]
_Timed = tuple[_Key, int, Settled]
"""The place in the global order, the time that counts, and the step."""


def build_history(
    commits: Iterable[Commit],
    layout: Layout,
    timezone: tzinfo,
    present: Mapping[str, str],
    ask: Ask,
    formerly: Mapping[str, str] | None = None,
    *,
    shallow: bool = False,
) -> History:
    """The history told by commits given from the oldest to the newest, parents before children, the head last.

    `present` says in which column each card stands in the head's tree; `ask` is called at most once, when merges must
    be looked into; `formerly` maps former card ids to present ones. Times are shown in `timezone`.
    """
    lines = Lines(layout, formerly or {}, present)
    for commit in commits:
        lines.add(commit)
    head = lines.commits[-1].id if lines.commits else None
    return History(tuple(_events(lines, timezone, ask)), head, shallow)


def _events(lines: Lines, timezone: tzinfo, ask: Ask) -> Iterable[Event]:
    contested = lines.contested()
    depths = _depths(lines)
    timed: list[tuple[_Key, int, str, Settled]] = []
    for card, line in lines.by_card.items():
        if card not in contested:
            timed += [(key, at, card, step) for key, at, step in _plain(lines, line, card, depths)]
    if contested:
        settling = Settling(lines, contested, ask)
        final = settling.final()
        for card in contested:
            chosen = _settled(lines, settling.links[card], final.get(card), card, depths)
            timed += [(key, at, card, step) for key, at, step in chosen]
    timed.sort(key=lambda one: one[0])
    return _told(lines, timezone, timed)


def _depths(lines: Lines) -> list[int]:
    """For each commit the length of the longest way back to a first commit: a rank that grows along every line."""
    depths: list[int] = []
    index = lines.index
    for commit in lines.commits:
        depth = 0
        for parent in commit.parents:
            number = index.get(parent)
            if number is not None and depths[number] >= depth:
                depth = depths[number] + 1
        depths.append(depth)
    return depths


def _plain(lines: Lines, line: Line, card: str, depths: list[int]) -> Iterable[_Timed]:
    """A line that speaks for itself: every step as it stands."""
    commits, place = lines.commits, lines.place
    for number, old_path, old_blob, path, blob, _changes in line.steps:
        before = place(old_path) if old_path else None
        after = place(path) if path else None
        commit = commits[number]
        key = (commit.authored, depths[number], commit.id, card)
        if before is None or after is None:
            kind = "created" if before is None else "removed"
            columns = before[0] if before else None, after[0] if after else None
            yield key, commit.authored, Settled(number, kind, *columns, path or old_path, blob, False)
        elif before[0] == after[0]:
            yield key, commit.authored, Settled(number, "edited", before[0], after[0], path, blob, False)
        else:
            yield key, commit.authored, Settled(number, "moved", before[0], after[0], path, blob, old_blob != blob)


def _settled(lines: Lines, links: list[Link], final: Link | None, card: str, depths: list[int]) -> list[_Timed]:
    """A contested line: kept steps by time, overruled moves before the move that prevailed, no arrival told twice."""
    kept = final.closure() if final else set()
    ordered = sorted(
        ((_key(lines, link, card, depths), link) for link in links if link in kept), key=lambda one: one[0]
    )
    timed = [(key, link) for key, link in ordered]
    for link in links:
        if link not in kept:
            timed.append((_overruled_key(lines, link, ordered, card, depths), link))
    timed.sort(key=lambda one: one[0])
    told: list[_Timed] = []
    column: str | None = None
    for key, link in timed:
        step = cast(Settled, link.step)
        if step.kind != "edited":
            if step.to_column == column:
                continue
            if step.kind == "created" and column is not None:
                step = step._replace(kind="moved", from_column=column)
            column = step.to_column
        told.append((key, key[0], step))
    return told


def _key(lines: Lines, link: Link, card: str, depths: list[int]) -> _Key:
    return link.at, depths[link.node], lines.commits[link.node].id, card


def _overruled_key(lines: Lines, link: Link, ordered: list[tuple[_Key, Link]], card: str, depths: list[int]) -> _Key:
    """The place of a step that a merge did not keep: its own time, but before the first rival move that was kept."""
    own = _key(lines, link, card, depths)
    if cast(Settled, link.step).kind == "edited":
        return own
    before = link.closure()
    for key, rival in ordered:
        if rival not in before and cast(Settled, rival.step).kind != "edited":
            return own if own < key else (key[0], key[1] - 0.5, own[2], card)
    return own


def _told(lines: Lines, timezone: tzinfo, timed: list[tuple[_Key, int, str, Settled]]) -> Iterable[Event]:
    commits = lines.commits
    for order, (_place, at, card, step) in enumerate(timed):
        commit = commits[step.commit]
        yield Event(
            card,
            cast(Kind, step.kind),
            step.from_column,
            step.to_column,
            moment(at, timezone),
            moment(commit.committed, timezone),
            commit.author,
            commit.id,
            step.path,
            step.blob,
            step.edited,
            None if at == commit.authored else moment(commit.authored, timezone),
            order,
        )


def moment(seconds: int, timezone: tzinfo) -> datetime:
    """Seconds since 1970 in a timezone; what no calendar holds becomes the nearest day that one does."""
    return datetime.fromtimestamp(min(max(seconds, _EARLIEST), _LATEST), timezone)
