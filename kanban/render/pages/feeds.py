"""The files for other programs: calendars, feed, data, and what robots may read."""

from collections.abc import Iterator
from functools import partial

from kanban.render.addresses import owner_calendar
from kanban.render.feeds.calendars import Calendars
from kanban.render.feeds.changes import changes
from kanban.render.feeds.data import board_data
from kanban.render.feeds.search import search_index
from kanban.render.plan import PlannedFile
from kanban.render.site_input import PUBLIC, Material


def feed_files(material: Material) -> Iterator[PlannedFile]:
    """`calendar.ics`, `calendars/….ics`, `feed.xml`, `board.json`, `search-index.js`, `robots.txt`."""
    calendars = Calendars(material)
    yield PlannedFile("calendar.ics", calendars.calendar, calendars.key())
    for owner in owners(material):
        yield PlannedFile(owner_calendar(owner), partial(calendars.calendar, owner), calendars.key(owner))
    yield PlannedFile("feed.xml", partial(changes, material))
    yield PlannedFile("board.json", partial(board_data, material))
    yield PlannedFile("search-index.js", partial(search_index, material))
    yield PlannedFile("robots.txt", partial(_robots, material))


def owners(material: Material) -> list[str]:
    """Everybody who has an open card, in order of names."""
    return sorted({card.owner for card in material.board.open_cards if card.owner}, key=str.casefold)


def _robots(material: Material) -> bytes:
    return b"User-agent: *\nAllow: /\n" if material.audience == PUBLIC else b"User-agent: *\nDisallow: /\n"
