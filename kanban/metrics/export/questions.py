"""Questions in SQL about the exported tables and views: read only, answered in memory."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.metrics.export.files import fill

if TYPE_CHECKING:
    from kanban.metrics.tables import Table


class Asked(NamedTuple):
    """The answer to a question: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def ask(tables: Iterable[Table], question: str) -> Asked:
    """The answer to one `select`. Raises KanbanError for anything else, and where SQLite does not understand it."""
    import sqlite3

    reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}

    def allowed(action: int, *_about: str | None) -> int:
        return sqlite3.SQLITE_OK if action in reading else sqlite3.SQLITE_DENY

    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, tables)
        database.commit()
        database.set_authorizer(allowed)
        try:
            found = database.execute(question)
            rows = tuple(found.fetchall())
        except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
            message = _("SQLite does not answer this: {reason}").format(reason=error)
            raise KanbanError(
                message, cure=_("`kanban sql` lists the tables and views; only `select` is answered")
            ) from error
        return Asked(tuple(column[0] for column in found.description or ()), rows)
