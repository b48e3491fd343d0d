"""Another file name for a card; its past goes with it."""

import posixpath
from typing import Annotated

from kanban.errors import KanbanError
from kanban.gestures.change import PathChange
from kanban.gestures.gesture import Gesture, card_trailers
from kanban.gestures.situation import Situation
from kanban.gestures.typed import file_name_typed
from kanban.gestures.words import Card, Word
from kanban.i18n import _
from kanban.model.text.splice import add_to_list


def rename(at: Situation, *, card: Card, new_id: Annotated[str, Word("The file's new name, without .md.")]) -> Gesture:
    """Rename a card's file. The old name stays on the card as `formerly:`, so that its history is one."""
    found = at.board.named(card)
    file_name_typed(new_id)
    if at.board.find(new_id) is not None or new_id in at.board.renames:
        raise KanbanError(_("there is or was a card {id} already").format(id=new_id), cure=_("choose another name"))
    path = posixpath.join(posixpath.dirname(found.path), f"{new_id}.md")
    return Gesture(
        "rename",
        f"{found.id}: renamed to {new_id}",
        (PathChange.moved(found.path, path, lambda data: add_to_list(data, "formerly", found.id)),),
        (_("{old} is now {new}").format(old=found.id, new=new_id),),
        (*card_trailers(new_id), ("Formerly", found.id)),
        document={"card": new_id, "formerly": found.id, "path": path},
    )
