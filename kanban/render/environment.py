"""The one Jinja environment: everything is escaped, nothing may be undefined, templates decide nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanban.i18n import _, ngettext
from kanban.render.markdown import typed

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The environment for every template of the site. Texts are looked up when a page is written, never before."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from kanban.render.compiled import Compiled

    options: dict[str, Any] = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
    loader, known = PackageLoader("kanban.render"), Compiled(options)
    made = Environment(loader=loader, bytecode_cache=known, autoescape=True, auto_reload=False, **options)
    made.globals.update(_=_, ngettext=ngettext, typed=typed)
    return made


def write_page(template: str, **view: Any) -> bytes:
    """The page as bytes; a file name that is not Unicode stands in it with its bytes as escapes.

    Raises jinja2.UndefinedError when a view lacks what its template shows.
    """
    return environment().get_template(template).render(**view).encode("utf-8", "backslashreplace")


_REMARK = re.compile(r"^[ \t]*/\*.*?\*/\n?", re.M | re.S)
_INDENT = re.compile(r"^\s+", re.M)
_QUOTED = re.compile(r'("[^"]*")')


_READ = ("card.css", "pages.css", "meetings.css")
"""The rules of pages to be read: most pages have one sheet, with these; the wall needs few of them and has its own."""

TOGETHER = {
    "site.css": ("site.css", *_READ),
    "reading.css": _READ,
    "wall.css": ("site.css", "board.css", "monday.css"),
    "wall.js": ("lanes.js", "board.js"),
    "page.js": ("find.js", "copy.js", "offline.js"),
}
"""Files of the package that are published as one: to ask for a file costs a browser more than to read a small one."""


@cache
def static_file(name: str) -> bytes:
    """A file of the package as it is published: scripts and style sheets without remarks and without idle space."""
    text = static_text(name)
    if name.endswith(".js"):
        text = _INDENT.sub("", _REMARK.sub("", text))
    elif name.endswith(".css"):
        text = spare(text)
    return text.encode("utf-8")


def static_text(name: str) -> str:
    """A file as it stands in the package; one that is published as one, its parts one after the other."""
    folder = Path(__file__).parent / "static"
    return "".join((folder / part).read_text(encoding="utf-8") for part in TOGETHER.get(name, (name,)))


def spare(css: str) -> str:
    """A style sheet that says the same in fewer bytes; what stands between quotes is left alone."""
    parts = _QUOTED.split(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return "".join(part if at % 2 else _spare(part) for at, part in enumerate(parts)).replace("}", "}\n").lstrip()


def _spare(part: str) -> str:
    part = re.sub(r"\s+", " ", part)
    return re.sub(r";}", "}", re.sub(r" ?([{};]) ?|(?<=[:,]) ", r"\1", part))
