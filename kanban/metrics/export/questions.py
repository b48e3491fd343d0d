"""Questions in SQL about the exported tables and views: read only, answered in memory."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.metrics.export.files import fill

if TYPE_CHECKING:
    from kanban.metrics.tables import Table

_LARGEST = 10_000_000
"""Bytes of one text in an answer, and of the question."""
_STEP, _MOST_STEPS = 100_000, 500_000_000
"""Steps of SQLite's machine: after so many it is looked at whether a question has gone on for too long."""


class Asked(NamedTuple):
    """The answer to a question: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


MOST_CELLS, MOST_BYTES = 5_000_000, 100_000_000
"""What an answer may hold; each text is counted with its length."""


def taken(rows: Iterable[tuple[Any, ...]], columns: int) -> tuple[tuple[Any, ...], ...]:
    """The rows of an answer, which are not yet there. Raises KanbanError before they are more than a machine holds."""
    found: list[tuple[Any, ...]] = []
    held = 0
    for row in rows:
        found.append(row)
        held += sum(len(one) for one in row if isinstance(one, str | bytes))
        if held > MOST_BYTES or len(found) * columns > MOST_CELLS:
            message = _("the answer to this question is too large")
            raise KanbanError(message, cure=_("ask for less, or end it in `limit`"))
    return tuple(found)


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
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        turns = count(_STEP, _STEP)
        database.set_progress_handler(lambda: next(turns) > _MOST_STEPS, _STEP)
        try:
            found = database.execute(question)
            rows = taken(found, len(found.description or ()))
        except sqlite3.OperationalError as error:
            if str(error) != "interrupted":
                raise _not_answered(error) from error
            raise without_end() from error
        except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
            raise _not_answered(error) from error
        return Asked(tuple(column[0] for column in found.description or ()), rows)


def without_end() -> KanbanError:
    """A question that was stopped."""
    message = _("this question goes on for too long")
    return KanbanError(message, cure=_("a table joined with itself wants an `on`, a recursion a `limit`"))


def _not_answered(error: Exception) -> KanbanError:
    message = _("SQLite does not answer this: {reason}").format(reason=error)
    return KanbanError(message, cure=_("`kanban sql` lists the tables and views; only `select` is answered"))
