"""A text in the colours of its styles, on standard output or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kanban.commands.base.calling.invocation import settings_of
from kanban.errors import KanbanError
from kanban.i18n import _

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "section": {"bold": True, "underline": True},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "red": {"fg": "red", "bold": True},
    "amber": {"fg": 130, "bold": True},
    "green": {"fg": "green", "bold": True},
    "typed": {"fg": "cyan"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": 130},
    "info": {"fg": "blue"},
    "path": {"bold": True},
    "code": {"bold": True},
    "cure": {"fg": "green"},
}


def paint(said: str, style: str) -> str:
    """The text in the colours of its style; click takes them out again where nobody can see them."""
    return click.style(said, **_STYLES[style])


def put(said: str | bytes, path: str | None = None) -> None:
    """Write to a file, or to standard output for None. Raises KanbanError where the file cannot be written."""
    if path is None:
        click.echo(said, nl=False, color=settings_of(click.get_current_context()).color)
        return
    try:
        Path(path).write_bytes(said if isinstance(said, bytes) else said.encode())
    except OSError as error:
        message = _("{path} cannot be written: {reason}").format(path=path, reason=error.strerror or error)
        raise KanbanError(message, cure=_("name another file")) from error
