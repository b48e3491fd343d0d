"""Where a card's file stands and what it is called: closed cards into year folders, and another name."""

import posixpath
from datetime import date
from typing import Annotated

from kanban.errors import KanbanError
from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.past import whole
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import file_name_typed
from kanban.gestures.base.words import Card, Cards, Word
from kanban.i18n import _, ngettext
from kanban.model.cards import card as one_card
from kanban.model.cards.links.attachments import folder_of
from kanban.model.text.edit.splice import add_to_list


@judged
def archive(
    at: Situation, *, cards: Cards = (), days: Annotated[int, Word("Closed for at least so many days.")] = 30
) -> Gesture:
    """Move won and lost cards into a folder of the year in which they were closed, such as `won/2026/`.

    They stay in their column for every number and page.
    """
    chosen = [at.board.named(name) for name in cards] or list(at.board.cards)
    changes, ids = [], []
    for card in chosen:
        closed = _closed_on(at, card)
        if closed is not None and (at.today - closed).days >= days:
            path = f"{at.board.column_of(card).directory}/{closed.year}/{card.id}.md"
            changes.append(PathChange.moved(card.path, path))
            ids.append(card.id)
    count = len(ids)
    done = ngettext("{count} card archived", "{count} cards archived", count).format(count=count)
    subject = ngettext("board: {count} card archived", "board: {count} cards archived", count).format(count=count)
    trailers = tuple(trailer for card_id in ids for trailer in card_trailers(card_id))
    return Gesture("archive", subject, tuple(changes), (done,), trailers, document={"cards": ids})


def _closed_on(at: Situation, card: one_card.Card) -> date | None:
    """The day on which a won or lost card that is not filed by year yet entered its exit; None for all others."""
    column = at.board.column_of(card)
    filed = "/" in card.path.removeprefix(f"{column.directory}/")
    if column.kind not in ("won", "lost") or filed:
        return None
    for event in reversed(whole(at.past()).of(card.id)):
        if event.to_column == column.key and event.from_column != column.key:
            return event.at.date()
    return None


@judged
def rename(at: Situation, *, card: Card, new_id: Annotated[str, Word("The file's new name, without .md.")]) -> Gesture:
    """Rename a card's file. The old name stays on the card as `formerly:`, so that its history is one.

    The files kept for it go along.
    """
    found = at.board.named(card)
    file_name_typed(new_id)
    if at.board.find(new_id) is not None or new_id in at.board.renames:
        raise KanbanError(_("there is or was a card {id} already").format(id=new_id), cure=_("choose another name"))
    path = posixpath.join(posixpath.dirname(found.path), f"{new_id}.md")
    kept = at.board.attachments.get(found.id, ())
    along = (PathChange.moved(one.path, one.path.replace(folder_of(found.id), folder_of(new_id), 1)) for one in kept)
    return Gesture(
        "rename",
        f"{found.id}: renamed to {new_id}",
        (PathChange.moved(found.path, path, lambda data: add_to_list(data, "formerly", found.id)), *along),
        (_("{old} is now {new}").format(old=found.id, new=new_id),),
        (*card_trailers(new_id), ("Formerly", found.id)),
        document={"card": new_id, "formerly": found.id, "path": path},
    )
