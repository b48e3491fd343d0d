"""Uncommitted edits that stand in the way of the others' work, committed first when the user says so."""

from __future__ import annotations

from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import carry_out
from kanban.gestures.base.change import PathChange
from kanban.gestures.fields import take_edited
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import writing


def commit_edits(session: Session, path: str) -> None:
    """One commit of a file as it stands on disk: a card by the rules of `kanban edit`, any other as it is."""
    at, repo = path.removeprefix(session.prefix), session.repository
    if repo.branch() is None:  # no gesture is made there; on the way back the commit goes along
        repo.git.run("commit", "--quiet", "-m", f"{at}: edited by hand", "--", path)
        return
    card = next((card for card in session.read_board().cards if session.prefix + card.path == path), None)
    if card is not None:
        carry_out(session, WriteFlags(include_edits=True), take_edited, card=card.id)
        return
    message = commit_message(f"{at}: edited by hand", "", [("Kanban", "edit")])
    with writing(repo, include_edits=True) as moment:
        for _attempt in moment.attempts():
            moment.publish(Publication((PathChange.edited(path, lambda data: data),), message))
