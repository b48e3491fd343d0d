"""The companies and people that an export tells of: those that git knows."""

from kanban.commands.base.session import Session
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.directory.entry import Entry, read_entries
from kanban.model.cards.directory.links import KINDS


def entries_of(session: Session) -> tuple[Entry, ...]:
    """The companies and people that git knows, as their files stand in the history's head."""
    repository, head = session.repository, session.history(needed=False).head
    columns = {column.directory for column in session.config.columns}
    listed = repository.ls_tree(head, session.prefix) if head else []
    files = [one for one in listed if one.path.partition("/")[0] in {*KINDS} - columns and one.mode.startswith("100")]
    texts = repository.read_blobs([one.blob for one in files])
    return read_entries({one.path: BoardFile(one.path, texts.get(one.blob), one.mode, one.blob) for one in files})
