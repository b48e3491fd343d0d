"""From commits to events: one ordered history of a board, each thing that happened told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import cast

from kanban.model.commits import Commit
from kanban.model.events import Event, History, Kind
from kanban.model.layout import Layout
from kanban.model.lines import Lines
from kanban.model.settling import Ask, Settling
from kanban.model.telling import Telling, Told

_EARLIEST = int(datetime(1, 1, 3, tzinfo=UTC).timestamp())
_LATEST = int(datetime(9999, 12, 29, tzinfo=UTC).timestamp())


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
    return History(tuple(_events(lines, _told(lines, ask), timezone)), head, shallow)


def _told(lines: Lines, ask: Ask) -> list[Told]:
    """All steps of all cards in their order."""
    telling = Telling(lines)
    contested = lines.contested()
    told: list[Told] = []
    for card, line in lines.by_card.items():
        if card not in contested:
            told += telling.plain(line, card)
    if contested:
        settling = Settling(lines, contested, ask)
        final = settling.final()
        for card, links in settling.links.items():
            told += telling.contested(links.made, final.get(card), card)
    told.sort(key=lambda one: one[0])
    return told


def _events(lines: Lines, told: Iterable[Told], timezone: tzinfo) -> Iterator[Event]:
    commits = lines.commits
    for order, ((at, _rank, _id, card), step) in enumerate(told):
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
