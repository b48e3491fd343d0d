"""What every page carries: its place in the site, its day and commit, its audience, its security policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from kanban.i18n import _, current_language
from kanban.i18n.formats import format_date
from kanban.model.cards.card import Card
from kanban.render.addresses import root_of
from kanban.render.forge import commit_address
from kanban.render.site_input import PUBLIC, Material

if TYPE_CHECKING:
    from kanban.model.history.events import Event

SECURITY = Markup(
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""The first element of every page: nothing from any other host, nothing inline, no frames, no forms sent. `404.html`
alone has its style in it, named by its digest."""


PAST_DAYS = "days/index.html"
"""The list of past days, where there are any: the same link on every page, so that pages change only when they must."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation."""

    kind: str
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed announced in a page's head."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of one page. `root` leads back to the site's top."""

    address: str
    title: str
    kind: str
    language: str
    root: str
    board_title: str
    navigation: tuple[NavigationItem, ...]
    as_of: str
    commit: str
    commit_label: str
    commit_href: str
    changes: str
    audience: str
    robots: str
    colophon: str
    feeds: tuple[Feed, ...]
    sheets: tuple[str, ...] = ("site.css",)
    scripts: tuple[str, ...] = ()
    security: Markup = SECURITY
    past: str = ""
    copies: bool = False
    """It shows commands, which a button beside each copies."""


_FOLLOWED = ("board", "monday", "changes", "meetings")
"""Pages that name the feed of what changed to readers of feeds."""

_SHEETS = {
    "board": ("wall.css",),
    "monday": ("site.css", "monday.css"),
    "screen": ("wall.css", "numbers.css", "reading.css"),
    "people": ("wall.css", "reading.css"),
    "past": ("wall.css",),
    "numbers": ("site.css", "numbers.css"),
    "months": ("site.css", "months.css"),
    "changes": ("site.css", "monday.css"),
}
"""Which sheets the pages of a kind have, where it is not the one of all: what pages have in common stands first."""

_SCRIPTS = {"board": ("wall.js",), "numbers": ("charts.js",)}
"""What pages of a kind have beside the script of all: filters and lanes, charts that answer."""


def frame(
    material: Material,
    address: str,
    title: str,
    kind: str,
    *,
    sheets: tuple[str, ...] = (),
    scripts: tuple[str, ...] = (),
) -> Page:
    """The frame for the page at `address`; `kind` becomes the body's class and marks its entry in the navigation."""
    name = board_title(material)
    public = material.audience == PUBLIC
    commit = material.revision.short
    commits = commit_address(material)
    return Page(
        address=address,
        title=name if title == name else f"{title} · {name}",
        kind=kind,
        language=current_language(),
        root=root_of(address),
        board_title=name,
        navigation=_navigation(kind, public),
        as_of=_("as of {day}").format(day=format_date(material.as_of, "full")),
        commit=commit,
        commit_label=_("commit"),
        changes=_("+ uncommitted changes") if material.revision.changed_since else "",
        commit_href=f"{commits}{material.revision.commit}" if commits and commit else "",
        audience=_("public") if public else _("internal"),
        robots="" if public else "noindex, nofollow",
        colophon=_colophon(material),
        feeds=(Feed("application/atom+xml", _("What changed"), "feed.xml"),) if kind in _FOLLOWED else (),
        sheets=(*_SHEETS.get(kind, ("site.css",)), *sheets),
        scripts=("page.js", *_SCRIPTS.get(kind, ()), *scripts),
        copies=kind == "meetings",
        past=PAST_DAYS if material.days else "",
    )


def card_frame(material: Material, address: str, card: Card, events: Sequence[Event]) -> Page:
    """The frame of a card's page; the day of a closed card is that of the last thing that happened to it."""
    is_open = material.board.is_open(card)
    page = replace(frame(material, address, card.label, "card"), copies=is_open)
    return settled(page, material, events[-1:] if material.has_past else (), on_the_day=is_open)


def settled(page: Page, material: Material, last: Sequence[Event], *, on_the_day: bool = False) -> Page:
    """The frame of a page about some cards only, which changes when they do: its commit is that of the last thing that
    happened to them (`last`, empty when unknown), and its day too, unless the page shows them `on_the_day`."""
    page = replace(page, commit="", commit_href="", changes="", commit_label=_("last changed in"))
    if not last:
        return page
    if not on_the_day:
        page = replace(page, as_of=_("as of {day}").format(day=format_date(last[0].at.date(), "full")))
    if material.is_public:
        return page
    base = commit_address(material)
    return replace(page, commit=last[0].commit[:9], commit_href=f"{base}{last[0].commit}" if base else "")


def board_title(material: Material) -> str:
    """The board's name, or a plain word for it."""
    return material.board.config.title or _("Board")


def _navigation(kind: str, public: bool) -> tuple[NavigationItem, ...]:
    entries: tuple[tuple[str, str, str], ...] = (
        ("monday", _("Monday"), "" if public else "monday.html"),
        ("board", _("Board"), "index.html"),
        ("numbers", _("Numbers"), "metrics.html"),
        ("meetings", _("Meetings"), "" if public else "meetings/index.html"),
        ("archive", _("Archive"), "archive.html"),
        ("print", _("Print"), "print/index.html"),
    )
    here = {"months": "meetings", "screen": "meetings"}.get(kind, kind)
    return tuple(NavigationItem(key, label, href, here == key) for key, label, href in entries if href)


def _colophon(material: Material) -> str:
    if material.audience == PUBLIC:
        return _("Public view: names are replaced, amounts are bands, everything else is left out.")
    return _("Internal: names and amounts of customers. Do not pass on.")
