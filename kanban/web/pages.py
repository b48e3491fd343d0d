"""The site's own pages, made when they are asked for, from the board as it stands; the board's page with its hands."""

from __future__ import annotations

import mimetypes
import secrets
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib import resources

from markupsafe import Markup

from kanban.commands.publish.render import at_first, gather, worked_out
from kanban.folder.reading import read_file
from kanban.folder.watching import Stamp
from kanban.hands.desk import Desk
from kanban.hands.watching import Watch
from kanban.model.cards.boardfile import LARGEST
from kanban.render import site
from kanban.render.environment import static_file, write_page
from kanban.render.pages.usual import usual_days
from kanban.render.pages.wall import wall_frame, wall_shown
from kanban.render.site_input import INTERNAL, Material
from kanban.render.views.page import SECURITY, Page
from kanban.web.guard import POLICY
from kanban.web.showing import Faces, Known, Showing, Upper, known_by
from kanban.web.texts import texts

BOARD = "index.html"
STATIC = ("hand.css", "hand.js", "hand-held.js", "hand-pane.js", "hand-more.js", "live.js")
"""What the served pages have beside the site's own files."""
KEPT = 12
"""States of the board that are remembered, for pages that show one of them and ask what they lack."""
_OF_A_CARD = "card.css"
"""The rules of a card's page, which its pane has too."""
PUBLISHED = frozenset({*site.STATIC, _OF_A_CARD})
"""What is the same whatever the board says: a page that begins is not kept waiting for how it looks."""
_TOGETHER = "+"
"""Between the names of files that are asked for in one go: each question costs a page that begins some milliseconds."""
_HANDS = tuple(name for name in STATIC if name.startswith("hand") and name.endswith(".js"))
_IN_PAGE = Markup(POLICY.partition("; frame-ancestors")[0])  # noqa: S704 - a text of ours
_AS_PUBLISHED = f'content="{SECURITY}"'.encode()
_AS_SERVED = f'content="{_IN_PAGE}"'.encode()


class Pages:
    """The board as it is shown now, and address → bytes. What was made is kept until the board changes."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self.desk = desk
        self.watch = watch
        self._lock = threading.RLock()
        self._seen: Stamp | None = None
        self._material: Material | None = None
        self._made: dict[str, bytes] = {}
        self._usual: tuple[date, Mapping[str, int]] | None = None
        """How long cards usually stay: once a day, since each answer would ask the whole history."""
        self._faces = Faces()
        self._showing: Showing | None = None
        self._begun = b""
        self._known: dict[str, Known] = {}
        self._run = secrets.token_hex(3)
        self._count = 0

    def read(self, address: str) -> tuple[bytes, str] | None:
        """The bytes and their type; None where there is no such page. Raises KanbanError."""
        if (found := as_it_stands(address)) is not None:
            return found
        kind = _kind(address)
        with self._lock, self.desk.one_at_a_time:
            material = self._now()
            if address not in self._made:
                if (kept := self._kept(material, address)) is not None:
                    return kept, kind
                if address == BOARD:
                    self._made[address] = self.showing().begun(self._upper())
                elif (file := site.file_at(material, address)) is not None:
                    self._made[address] = _followed(address, file.write())
                else:
                    return None
            return self._made[address], kind

    def _kept(self, material: Material, address: str) -> bytes | None:
        """A file kept for a card, as it lies on the disk; links are not followed."""
        known = any(address == one.path for files in material.board.attachments.values() for one in files)
        return read_file(self.desk.session().root, address, LARGEST).data if known else None

    def begun(self) -> bytes:
        """How the board's page begins, at once: its frame, which says that cards are being read. Raises KanbanError.

        b"" where all of it is at hand. While somebody is at the board, the frame may be that of a moment ago.
        """
        with ExitStack() as held:
            for lock in (self._lock, self.desk.one_at_a_time):
                if not lock.acquire(blocking=not self._begun):
                    return self._begun
                held.callback(lock.release)
            session = self.desk.session()
            if self._material is not None and self.watch.look() == self._seen:
                return b"" if BOARD in self._made else self._begun
            self._begun = _beginning(at_first(session, INTERNAL))
            return self._begun

    def going_on(self, begun: bytes) -> bytes:
        """The rest of the page that begins so. Raises KanbanError."""
        with self._lock, self.desk.one_at_a_time:
            found = self.read(BOARD)
            whole = found[0] if found is not None else b""
            if _up_to_the_board(whole) != _up_to_the_board(begun):
                whole = self.showing().begun(self._upper(), known=False)
            return whole.removeprefix(_up_to_the_board(whole))

    def _upper(self) -> Upper:
        desk, said = self.desk, texts()
        count = desk.unshared() if desk.upstream and not desk.only_shows else 0
        share = f"{said['share']} · {said['unshared'].format(count=count)}" if count else said["share"]
        return Upper(
            templates=tuple(one.label for one in desk.templates()),
            read_only=desk.only_shows,
            share=share if desk.upstream and not desk.only_shows else "",
        )

    def showing(self) -> Showing:
        """The board as it is shown now. Raises KanbanError."""
        with self._lock, self.desk.one_at_a_time:
            material = self._now()
            version = f"{self._run}-{self._count}"
            if self._showing is None or self._showing.version != version:
                if self._usual is None or self._usual[0] != material.as_of:
                    self._usual = material.as_of, usual_days(material)
                    self._worked_out.save()
                page, view = wall_shown(material, usual=self._usual[1], faces=self._faces.of)
                self._showing = Showing(version, material, view, _with_hands(page), self._faces.written)
            return self._showing

    def since(self, version: str) -> tuple[Showing, Known]:
        """The board as it is shown now, and what a page knows that shows `version`: nothing where that is forgotten.

        All that is known of a state is worked out when a page first asks for it, and remembered from then on.
        """
        with self._lock, self.desk.one_at_a_time:
            showing = self.showing()
            if showing.version not in self._known:
                earlier = next(reversed(self._known.values()), Known())
                self._known[showing.version] = showing.known.sharing(earlier)
                while len(self._known) > KEPT:
                    del self._known[next(iter(self._known))]
            return showing, known_by(version, self._known)

    def _now(self) -> Material:
        """What pages are made from; begins anew when the board is not what it was. Puts its language in force."""
        session = self.desk.session()
        seen = self.watch.look()
        if self._material is None or seen != self._seen:
            self._worked_out = worked_out(session)
            material = gather(session, INTERNAL, known=self._worked_out)
            self._material = replace(material, open_clocks=partial(self.desk.clocks, session), hands_files_out=True)
            self._begun = _beginning(material)
            self._made, self._seen, self._count = {}, seen, self._count + 1
        return self._material


def as_it_stands(address: str) -> tuple[bytes, str] | None:
    """The bytes and the type of files of the package that are asked for in one go; None where others are asked for."""
    names = address.split(_TOGETHER)
    if all(name in PUBLISHED or name in STATIC for name in names) and len(set(names)) == len(names):
        return b"\n".join(map(_file, names)), _kind(address)
    return None


def _kind(address: str) -> str:
    return mimetypes.guess_type(address)[0] or "application/octet-stream"


@cache
def _file(address: str) -> bytes:
    if address in PUBLISHED:
        return static_file(address)
    return resources.files("kanban.web").joinpath("static", address).read_bytes()


def _beginning(material: Material) -> bytes:
    page = _with_hands(wall_frame(material))
    for address in (*page.sheets, *page.scripts):
        as_it_stands(address)  # what is asked for next is at hand
    return write_page("beginning.html.jinja", page=page).partition(b"</main>")[0]


def _up_to_the_board(page: bytes) -> bytes:
    before, mark, _after = page.partition(b'<main id="main">\n')
    return before + mark


def _followed(address: str, data: bytes) -> bytes:
    """A page that loads again when the board changed."""
    if not address.endswith(".html"):
        return data
    root = "../" * address.count("/")
    script = f'<script src="{root}live.js" defer></script></head>'.encode()
    return data.replace(_AS_PUBLISHED, _AS_SERVED, 1).replace(b"</head>", script, 1)


def _with_hands(page: Page) -> Page:
    scripts = _TOGETHER.join((*page.scripts, *_HANDS))
    sheets = _TOGETHER.join((*page.sheets, _OF_A_CARD, "hand.css"))
    return replace(page, security=_IN_PAGE, scripts=(scripts,), sheets=(sheets,))
