"""What somebody changed by hand and did not commit: said beside a `sync`, committed first when the user says so."""

from __future__ import annotations

from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import carry_out
from kanban.gestures.base.change import PathChange
from kanban.gestures.fields import take_edited
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_list
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.directory.links import KINDS
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.paper.plain import typed
from kanban.repository.read.by_hand import ByHand, changed_by_hand
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import writing

NAMED = 5
"""So many cards are named in one line; the others are counted."""


def edited_by_hand(session: Session) -> list[ByHand]:
    """The board's files that differ from what is committed, cards first, by their paths from the repository's top."""
    layout = layout_of(session.config)

    def counts(path: str) -> bool:
        return layout.place(path) is not None or path == BOARD_FILE or path.partition("/")[0] in KINDS

    return changed_by_hand(session.repository, session.prefix, counts)


def said_of_edits(session: Session) -> tuple[str, ...]:
    """What nobody else sees though all is shared, a line each for what is edited, moved and gone, with what to type."""
    found = edited_by_hand(session)
    saved = [one.now for one in found if one.now and one.before in ("", one.now)]
    moved = [one for one in found if one.now and one.before not in ("", one.now)]
    gone = [one.before for one in found if not one.now]
    said = []
    if saved:
        text = _("changed by hand and not committed, so nobody else sees it: {files}")
        said.append(_line(session, text, saved, "`kanban sync --include-edits`"))
    if moved:
        text = _("moved by hand, which no rule has judged and nobody else sees: {files}")
        cure = _("`kanban doctor --repair` puts it back, then {command}").format(command=_pull(session, moved[0].now))
        said.append(_line(session, text, [one.now for one in moved], cure))
    if gone:
        text = _("gone from this folder, and still there for everybody else: {files}")
        said.append(_line(session, text, gone, _("`kanban doctor --repair` puts it back")))
    return tuple(said)


def _line(session: Session, text: str, paths: list[str], cure: str) -> str:
    names = [path.removeprefix(session.prefix) for path in paths]
    if len(names) > NAMED:
        more = len(names) - NAMED
        names = [*names[:NAMED], ngettext("{count} more", "{count} more", more).format(count=more)]
    return text.format(files=format_list(names)) + f"  → {cure}"


def _pull(session: Session, path: str) -> str:
    """What pulls a card to where its file lies now."""
    column, card = layout_of(session.config).place(path.removeprefix(session.prefix)) or ("", "")
    return f"`kanban move {typed(card)} {typed(column)}`"


def commit_all_edits(session: Session) -> None:
    """A commit for each file that was changed or put there by hand. Raises Refused for a card that breaks a rule."""
    for one in edited_by_hand(session):
        if one.now and one.before in ("", one.now):
            commit_edits(session, one.now)


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
