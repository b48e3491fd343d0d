"""The page that stands where nothing does."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from kanban.i18n import _
from kanban.render.environment import spare, static_text, write_page
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.page import SECURITY, frame

_REST = "/* Lights"
"""What follows it in the style sheet is for other pages."""


def missing_page(material: Material) -> Iterator[PlannedFile]:
    """`404.html`. A server shows it at addresses of any depth: it needs no other file of the site, its style included.

    Its first link is the way from a card's address, where most of those who get here come from.
    """

    def write() -> bytes:
        style = spare(static_text("site.css").partition(_REST)[0] + static_text("missing.css"))
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        security = Markup(str(SECURITY).replace("style-src 'self'", f"style-src 'sha256-{digest}'"))  # noqa: S704 - a digest
        page = replace(frame(material, "404.html", _("Page not found"), "missing"), security=security)
        return write_page("missing.html.jinja", page=page, style=Markup(style))  # noqa: S704 - a file of this package

    yield PlannedFile("404.html", write)
