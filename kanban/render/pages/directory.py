"""One page for each company and each person that has a file, and the lists of them; internal sites only."""

import posixpath
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import KINDS
from kanban.render.addresses import ENTRY_FOLDERS, address_of, entry_page, root_of
from kanban.render.environment import write_page
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.directory import entry_lines, entry_view, title_of
from kanban.render.views.page import frame


def directory_pages(material: Material) -> Iterator[PlannedFile]:
    """`companies/….html` and `contacts/….html`."""
    if material.is_public:
        return
    directory = material.board.directory
    for kind in KINDS:
        entries = directory.of_kind(kind)
        if entries:
            yield PlannedFile(f"{ENTRY_FOLDERS[kind]}/index.html", partial(_list, material, kind))
        for entry in entries:
            yield PlannedFile(entry_page(entry), partial(_entry, material, entry))


def _list(material: Material, kind: str) -> bytes:
    page = frame(material, f"{ENTRY_FOLDERS[kind]}/index.html", title_of(kind), "people")
    entries = material.board.directory.of_kind(kind)
    other = next((one for one in KINDS if one != kind and material.board.directory.of_kind(one)), "")
    return write_page(
        "directory.html.jinja",
        page=page,
        title=title_of(kind),
        entries=entry_lines(material.board, entries),
        other=(f"{ENTRY_FOLDERS[other]}/index.html", title_of(other)) if other else None,
    )


def _entry(material: Material, entry: Entry) -> bytes:
    board, address = material.board, entry_page(entry)

    def find_link(wanted: str) -> str:
        path = posixpath.normpath(posixpath.join(entry.kind, unquote(wanted.partition("#")[0])))
        other = board.directory.at(path)
        card = next((one for one in board.cards if one.path == path), None)
        found = entry_page(other) if other is not None else address_of(board, card) if card is not None else ""
        return root_of(address) + found if found else ""

    page = frame(material, address, entry.name, "people")
    view = entry_view(board, entry, material.as_of, find_link)
    return write_page("entry.html.jinja", page=page, entry=view)
