"""Findings on the files of companies and people."""

from kanban.lint.finding import Hit
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import ACCOUNTS


def at_entry(entry: Entry, key: str, message: str, cure: str, detail: str = "") -> Hit:
    """A hit on a field of the file; on its first line when it has no such field."""
    found = entry.document.get(key) if entry.document is not None else None
    line, column = (found.line, found.column) if found is not None else (1, 1)
    return Hit(entry.path, line, column, message, cure, key=key, detail=detail)


def verb_of(entry: Entry) -> str:
    """The verb for its kind."""
    return "account" if entry.kind == ACCOUNTS else "person"
