"""Pages for the printer: posters, banners, block labels, tickets."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kanban.experiments.indicators import indicator_said
from kanban.experiments.ticket import open_experiments
from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.render.environment import write_page
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.page import frame
from kanban.render.views.wall.wall_prints import Ticket, banners, labels, poster, tickets

POSTERS = (("a3", True), ("a3", False), ("a4", True), ("a4", False))


@dataclass(frozen=True, slots=True)
class PrintLink:
    """One thing to print, with the paper it wants."""

    title: str
    paper: str
    href: str


def print_pages(material: Material) -> Iterator[PlannedFile]:
    """`print/….html`. Names and causes of customers hang on no public wall: there only empty sheets are offered."""
    yield PlannedFile("print/index.html", partial(_overview, material))
    for paper, filled in POSTERS:
        if filled and material.is_public:
            continue
        yield PlannedFile(_poster_address(paper, filled), partial(_poster, material, paper, filled))
    if not material.is_public:
        yield PlannedFile("print/banners.html", partial(_banners, material))
        yield PlannedFile("print/blocks.html", partial(_labels, material))
    yield PlannedFile("print/tickets.html", partial(_tickets, material))


def _poster_address(paper: str, filled: bool) -> str:
    return f"print/poster-{paper}{'' if filled else '-empty'}.html"


def _overview(material: Material) -> bytes:
    page = frame(material, "print/index.html", _("Print"), "print")
    posters = [
        PrintLink(
            _("Board poster, with its cards") if filled else _("Board poster, empty"),
            _("{paper} landscape").format(paper=paper.upper()),
            _poster_address(paper, filled).removeprefix("print/"),
        )
        for paper, filled in POSTERS
        if not (filled and material.is_public)
    ]
    others = [
        PrintLink(_("Column banners"), _("A6 landscape, one a column"), "banners.html"),
        PrintLink(_("Block labels"), _("A4, 21 labels a sheet"), "blocks.html"),
        PrintLink(_("Micro-rule tickets"), _("A4, 4 tickets a sheet"), "tickets.html"),
    ]
    links = [*posters, *(others[2:] if material.is_public else others)]
    return write_page("prints.html.jinja", page=page, links=links)


def _poster(material: Material, paper: str, filled: bool) -> bytes:
    address = _poster_address(paper, filled)
    page = frame(material, address, _("Poster"), "poster", sheets=("print.css", f"print-{paper}.css"))
    view = poster(material.board, material.as_of, paper, filled=filled)
    return write_page("poster.html.jinja", page=page, poster=view)


def _banners(material: Material) -> bytes:
    page = frame(material, "print/banners.html", _("Banners"), "banners", sheets=("print.css", "print-a6.css"))
    return write_page("banners.html.jinja", page=page, banners=banners(material.board))


def _labels(material: Material) -> bytes:
    page = frame(material, "print/blocks.html", _("Block labels"), "labels", sheets=("print.css", "print-sheet.css"))
    return write_page("labels.html.jinja", page=page, labels=labels(material.board))


def _tickets(material: Material) -> bytes:
    page = frame(material, "print/tickets.html", _("Tickets"), "tickets", sheets=("print.css", "print-sheet.css"))
    return write_page("tickets.html.jinja", page=page, tickets=tickets(_running(material)))


def _running(material: Material) -> tuple[Ticket, ...]:
    """The micro-rules on trial, as their files in `experiments/` have them."""
    return tuple(
        Ticket(
            problem=one.problem,
            rule=one.tried,
            indicator=indicator_said(one.indicator),
            target=one.target,
            started=format_date(one.start, "medium") if one.start else "",
            decision_day=format_date(one.due_on, "medium") if one.due_on else "",
        )
        for one in open_experiments(material.board.files, material.as_of, language=material.board.config.language)
    )
