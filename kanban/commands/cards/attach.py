"""`kanban attach`: files of this computer, kept beside a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.places import A_FILE
from kanban.commands.base.hand import Words, argument, hand, option
from kanban.errors import KanbanError
from kanban.gestures.attach import Brought, attach
from kanban.i18n import _
from kanban.model.cards.boardfile import LARGEST
from kanban.paper.plain import safe

if TYPE_CHECKING:
    from kanban.commands.base.calling.options import WriteFlags
    from kanban.commands.base.session import Session


def _read(_session: Session, _flags: WriteFlags, words: Words) -> Words:
    for one in () if words["off"] else words["files"]:
        _say_where_it_leads(Path(one))
    words["files"] = tuple(Brought(one, b"" if words["off"] else _bytes_of(Path(one))) for one in words["files"])
    return words


def _say_where_it_leads(path: Path) -> None:
    """A link is followed, since a copy is kept; whose bytes they are is said, as colleagues will get them."""
    if path.is_symlink() and path.is_file():
        said = _("note: {path} is a link; what is kept is a copy of {target}")
        click.echo(safe(said.format(path=path, target=path.resolve())), err=True)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, one more than are kept at most of a larger one. Raises KanbanError."""
    if not path.is_file():
        message = _("{path} is a folder") if path.is_dir() else _("there is no file {path} here")
        raise KanbanError(message.format(path=path), cure=_("name the file: TAB completes what is there"))
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        message = _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)
        raise KanbanError(message) from error


command = hand(
    attach,
    argument("card"),
    argument("files", metavar="FILE...", type=A_FILE),
    option("--replace"),
    option("--off"),
    examples=(
        "kanban attach acme-sso ~/Documents/offer.pdf",
        "kanban attach acme-sso brief.docx plan.xlsx",
        "kanban attach acme-sso offer.pdf --off      take it away again",
    ),
    asking=_read,
)
