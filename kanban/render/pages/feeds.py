"""The files for other programs: calendars, feed, data, and what robots may read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kanban.render.addresses import owner_calendar
from kanban.render.feeds.calendars import calendar
from kanban.render.feeds.changes import changes
from kanban.render.feeds.data import board_data
from kanban.render.material import PUBLIC, Material
from kanban.render.plan import PlannedFile, digest


def feed_files(material: Material) -> Iterator[PlannedFile]:
    """`calendar.ics`, `calendars/….ics`, `feed.xml`, `board.json`, `robots.txt`."""
    yield PlannedFile("calendar.ics", partial(calendar, material), _calendar_key(material, None))
    for owner in owners(material):
        key = _calendar_key(material, owner)
        yield PlannedFile(owner_calendar(owner), partial(calendar, material, owner=owner), key)
    yield PlannedFile("feed.xml", partial(changes, material))
    yield PlannedFile("board.json", partial(board_data, material))
    yield PlannedFile("robots.txt", partial(_robots, material))


def _calendar_key(material: Material, owner: str | None) -> str:
    """All that an entry says, of the cards that have one."""
    cards = [
        (card.id, card.values, card.label)
        for card in material.board.open_cards
        if (owner is None or card.owner == owner) and (card.next_action_date or card.close_date)
    ]
    revision, config = material.revision, material.board.config
    first = material.history.events[0].commit if material.history is not None and material.history.events else ""
    return digest(cards, owner, revision.committed_at, material.as_of, first, config)


def owners(material: Material) -> list[str]:
    """Everybody who has an open card, in order of names."""
    return sorted({card.owner for card in material.board.open_cards if card.owner}, key=str.casefold)


def _robots(material: Material) -> bytes:
    return b"User-agent: *\nAllow: /\n" if material.audience == PUBLIC else b"User-agent: *\nDisallow: /\n"
