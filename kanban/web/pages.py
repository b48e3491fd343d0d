"""The site's own pages, made when they are asked for, from the board as it stands; the board's page with its hands."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING

from kanban.commands.publish.render import gather, worked_out
from kanban.folder.watching import Stamp
from kanban.hands.desk import Desk
from kanban.hands.watching import Watch
from kanban.render.pages.usual import usual_days
from kanban.render.pages.wall import wall_page
from kanban.render.site import plan
from kanban.render.site_input import INTERNAL, Material
from kanban.render.views.page import SECURITY, Page
from kanban.web.guard import POLICY

if TYPE_CHECKING:
    from kanban.render.plan import PlannedFile

BOARD = "index.html"
STATIC = ("hand.css", "hand.js", "hand-held.js", "hand-pane.js", "hand-more.js", "live.js")
"""What the served pages have beside the site's own files."""
_HANDS = tuple(name for name in STATIC if name.startswith("hand") and name.endswith(".js"))
_IN_PAGE = POLICY.partition("; frame-ancestors")[0]
_AS_PUBLISHED = f'content="{SECURITY}"'.replace("'", "&#39;").encode()
_AS_SERVED = f'content="{_IN_PAGE}"'.replace("'", "&#39;").encode()


class Pages:
    """Address → bytes. What was made is kept until the board changes."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self.desk = desk
        self.watch = watch
        self._lock = threading.Lock()
        self._seen: Stamp | None = None
        self._material: Material | None = None
        self._planned: dict[str, PlannedFile] = {}
        self._made: dict[str, bytes] = {}
        self._usual: tuple[date, Mapping[str, int]] | None = None
        """How long cards usually stay: once a day, since each answer would ask the whole history."""

    def read(self, address: str) -> tuple[bytes, str] | None:
        """The bytes and their type; None where there is no such page. Raises KanbanError."""
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        if address in STATIC:
            return resources.files("kanban.web").joinpath("static", address).read_bytes(), kind
        with self._lock, self.desk.one_at_a_time:
            self._refresh()
            if address not in self._made:
                if address == BOARD:
                    self._made[address] = self._board()
                elif address in self._planned:
                    self._made[address] = self._page(address)
                else:
                    return None
            return self._made[address], kind

    def _refresh(self) -> None:
        """Begin anew when the board is not what it was; puts its language in force either way."""
        session = self.desk.session()
        seen = self.watch.look()
        if seen == self._seen:
            return
        earlier = worked_out(session)
        material = gather(session, INTERNAL, known=earlier)
        self._material = replace(material, open_clocks=partial(self.desk.clocks, session))
        self._planned = {file.address: file for file in plan(self._material)}
        self._made = {}
        self._seen = seen

    def _board(self) -> bytes:
        material = self._material
        assert material is not None  # noqa: S101 - `_refresh` made it
        if self._usual is None or self._usual[0] != material.as_of:
            self._usual = material.as_of, usual_days(material)
        return wall_page(material, usual=self._usual[1], dressed=_with_hands)

    def _page(self, address: str) -> bytes:
        data = self._planned[address].write()
        if not address.endswith(".html"):
            return data
        root = "../" * address.count("/")
        script = f'<script src="{root}live.js" defer></script></head>'.encode()
        return data.replace(_AS_PUBLISHED, _AS_SERVED, 1).replace(b"</head>", script, 1)


def _with_hands(page: Page) -> Page:
    return replace(page, security=_IN_PAGE, scripts=(*page.scripts, *_HANDS), sheets=(*page.sheets, "hand.css"))
