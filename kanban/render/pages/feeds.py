"""The files for other programs: calendars, feed, data, and what robots may read."""

import json
from collections.abc import Iterator
from functools import partial

from kanban.i18n import _, current_language
from kanban.model.text.plain import in_order
from kanban.paper.plain import printable
from kanban.render.addresses import owner_calendar
from kanban.render.feeds.calendars import Calendars
from kanban.render.feeds.changes import changes
from kanban.render.feeds.data import board_data
from kanban.render.feeds.search import search_index
from kanban.render.plan import PlannedFile
from kanban.render.site_input import PUBLIC, Material
from kanban.render.views.page import board_title

_SHORT = 12
"""Letters of a name that stand below an icon."""


def feed_files(material: Material) -> Iterator[PlannedFile]:
    """Calendars, `feed.xml`, `board.json`, `search-index.js`, `manifest.webmanifest`, `robots.txt`."""
    calendars = Calendars(material)
    yield PlannedFile("calendar.ics", calendars.calendar, calendars.key())
    for owner in owners(material):
        yield PlannedFile(owner_calendar(owner), partial(calendars.calendar, owner), calendars.key(owner))
    yield PlannedFile("feed.xml", partial(changes, material))
    yield PlannedFile("board.json", partial(board_data, material))
    yield PlannedFile("search-index.js", partial(search_index, material))
    yield PlannedFile("manifest.webmanifest", partial(_manifest, material))
    yield PlannedFile("robots.txt", partial(_robots, material))


def owners(material: Material) -> list[str]:
    """Everybody who has an open card, in order of names."""
    return in_order(card.owner for card in material.board.open_cards if card.owner)


def _manifest(material: Material) -> bytes:
    """What a phone puts on its home screen: the board's name, and the page it begins with."""
    name = printable(board_title(material))
    document = {
        "name": name,
        "short_name": name if len(name) <= _SHORT else _("Board"),
        "lang": current_language(),
        "start_url": "index.html" if material.is_public else "monday.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#f7f7f5",
        "theme_color": "#f7f7f5",
        "icons": [{"src": "favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _robots(material: Material) -> bytes:
    return b"User-agent: *\nAllow: /\n" if material.audience == PUBLIC else b"User-agent: *\nDisallow: /\n"
