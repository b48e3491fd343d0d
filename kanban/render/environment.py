"""The one Jinja environment: everything is escaped, nothing may be undefined, templates decide nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanban.i18n import _, ngettext

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The environment for every template of the site. Texts are looked up when a page is written, never before."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("kanban.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals.update(_=_, ngettext=ngettext)
    return made


def write_page(template: str, **view: Any) -> bytes:
    """The page as bytes; a file name that is not Unicode stands in it with its bytes as escapes.

    Raises jinja2.UndefinedError when a view lacks what its template shows.
    """
    return environment().get_template(template).render(**view).encode("utf-8", "backslashreplace")


def static_file(name: str) -> bytes:
    """A file that is published as it stands in the package."""
    return (Path(__file__).parent / "static" / name).read_bytes()
