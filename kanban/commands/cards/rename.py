"""`kanban rename`: another file name for a card; its past goes with it."""

from __future__ import annotations

import posixpath

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.session import open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_trailers, perform, write_options
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.slug import slug
from kanban.model.text.splice import add_to_list
from kanban.repository.write.publication import PathChange


@click.command(cls=Verb, examples=("kanban rename acme-sas acme-sso",))
@click.argument("card", metavar="CARD", type=CARD)
@click.argument("new_id", metavar="NEW-ID")
@write_options
@click.pass_context
def command(context: click.Context, /, card: str, new_id: str, flags: WriteFlags) -> None:
    """Rename a card's file. The old name stays on the card as `formerly:`, so that its history is one."""
    session = open_session(context)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        if not new_id or slug(new_id) != new_id:
            message = _("“{id}” cannot be a card's file name").format(id=new_id)
            cure = _("use lower-case letters, digits and hyphens, such as {id}").format(id=slug(new_id) or "acme")
            raise KanbanError(message, cure=cure)
        if board.find(new_id) is not None or new_id in board.renames:
            raise KanbanError(_("there is or was a card {id} already").format(id=new_id), cure=_("choose another name"))
        path = posixpath.join(posixpath.dirname(found.path), f"{new_id}.md")
        change = PathChange.moved(found.path, path, lambda data: add_to_list(data, "formerly", found.id))
        return Gesture(
            "rename",
            f"{found.id}: renamed to {new_id}",
            (change,),
            (_("{old} is now {new}").format(old=found.id, new=new_id),),
            (*card_trailers(new_id), ("Formerly", found.id)),
            document={"card": new_id, "formerly": found.id, "path": path},
        )

    perform(session, plan, flags)
