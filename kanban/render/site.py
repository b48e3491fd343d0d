"""The whole site: which files there are, and what stands in each. Same material, same bytes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kanban.render.environment import static_file
from kanban.render.pages.archive import archive_pages
from kanban.render.pages.cards import card_page_at, card_pages
from kanban.render.pages.directory import directory_pages
from kanban.render.pages.feeds import feed_files
from kanban.render.pages.flow import flow_pages
from kanban.render.pages.meetings import meeting_pages
from kanban.render.pages.missing import missing_page
from kanban.render.pages.monday import monday_pages
from kanban.render.pages.months import month_pages
from kanban.render.pages.past_days import past_day_pages
from kanban.render.pages.people import people_pages
from kanban.render.pages.prints import print_pages
from kanban.render.pages.screen import screen_page
from kanban.render.pages.wall import board_page
from kanban.render.plan import PlannedFile
from kanban.render.public.audience import published
from kanban.render.site_input import Material

STATIC = (
    "site.css",
    "wall.css",
    "monday.css",
    "numbers.css",
    "months.css",
    "reading.css",
    "print.css",
    "print-a3.css",
    "print-a4.css",
    "print-a6.css",
    "print-sheet.css",
    "favicon.svg",
    "wall.js",
    "page.js",
    "charts.js",
    "slides.js",
    "sw.js",
)

PAGES = (
    archive_pages,
    directory_pages,
    meeting_pages,
    month_pages,
    print_pages,
    feed_files,
    past_day_pages,
    missing_page,
    card_pages,
    people_pages,
    board_page,
    monday_pages,
    screen_page,
    flow_pages,
)
"""First those that need nothing of what is made beside: pages of cards and the numbers are begun before all of them."""


def plan(material: Material) -> Iterator[PlannedFile]:
    """Every file of the site, each written only when asked for."""
    material = published(material)
    for name in STATIC:
        yield PlannedFile(name, partial(static_file, name))
    for pages in PAGES:
        for file in pages(material):
            yield replace(file, key=f"{file.key} days") if material.days and file.key else file


def file_at(material: Material, address: str) -> PlannedFile | None:
    """The file at one address; nothing is found out for the pages of other cards. None where there is no such file."""
    if address in STATIC:
        return PlannedFile(address, partial(static_file, address))
    material = published(material)
    if address.startswith("cards/"):
        return card_page_at(material, address)
    others = (file for pages in PAGES if pages is not card_pages for file in pages(material))
    return next((file for file in others if file.address == address), None)


def build(material: Material) -> dict[str, bytes]:
    """Address → bytes of every file of the site."""
    return {file.address: file.write() for file in plan(material)}
