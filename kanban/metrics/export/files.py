"""Writing an export: a folder of CSV files, a file of JSON lines, an SQLite database. Whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.metrics.export.rows import SHAPES
from kanban.metrics.export.sql_views import VIEWS
from kanban.paper.plain import printable

if TYPE_CHECKING:
    import sqlite3

    from kanban.metrics.tables import Cell, Table

_RECORDS = {
    "cards": "card",
    "events": "event",
    "versions": "version",
    "stays": "stay",
    "columns": "column",
    "weeks": "week",
    "accounts": "account",
    "people": "person",
    "links": "link",
    "facts": "fact",
}
_APPLICATION_ID = 0x6B_61_6E_62

INDEXED = (
    *(("cards", "card"), ("cards", "started"), ("cards", "ended_week")),
    *(("events", "card"), ("stays", "card"), ("stays", "column")),
)
"""What the views look up, so that each of them answers at once on ten years of deals."""


def write_jsonl(target: Path | None, tables: Iterable[Table], stream: IO[str]) -> None:
    """One JSON object a line with its `table`; to `stream` when there is no file."""
    if target is None:
        stream.writelines(_lines(tables))
        return
    with _replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(tables))


def write_text(target: Path | None, text: str, stream: IO[str]) -> None:
    """A whole text; to `stream` when there is no file."""
    if target is None:
        stream.write(text)
        return
    with _replacing(target) as path:
        path.write_text(text, encoding="utf-8", newline="\n")


def _lines(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        kind = _RECORDS[table.name]
        for row in table.rows:
            record = {"record": kind} | dict(zip(table.header, map(_json, row), strict=True))
            if "fields" in record:
                record["fields"] = json.loads(str(record["fields"]))
            yield json.dumps(record, ensure_ascii=False) + "\n"


def _json(cell: Cell) -> str | int | float | bool | None:
    if isinstance(cell, date | Decimal):
        return str(cell)
    return printable(cell) if isinstance(cell, str) else cell


def write_sqlite(target: Path, tables: Iterable[Table]) -> None:
    """A new database with all tables, their keys and the views."""
    import sqlite3

    with _replacing(target) as path:
        database = sqlite3.connect(path)
        try:
            database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            fill(database, tables)
            database.commit()
        finally:
            database.close()


def fill(database: sqlite3.Connection, tables: Iterable[Table]) -> None:
    """Put the tables, their keys and the views into an empty database."""
    for table in tables:
        shapes = ", ".join(f'"{shape.name}" {shape.type}' for shape in SHAPES[table.name])
        database.execute(f'CREATE TABLE "{table.name}" ({shapes})')
        marks = ", ".join("?" * len(table.header))
        filled = (tuple(map(_sql, row)) for row in table.rows)
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', filled)  # noqa: S608 - own names
    for table_name, column in INDEXED:
        database.execute(f'CREATE INDEX "{table_name}_{column}" ON "{table_name}" ("{column}")')
    for view in VIEWS:
        database.execute(f'CREATE VIEW "{view.name}" AS {view.query}')


def _sql(cell: Cell) -> str | int | float | None:
    """Empty text is stored as nothing, so that questions about missing values have one answer."""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, date | Decimal):
        return str(cell)
    if isinstance(cell, str):
        return printable(cell) or None
    return cell


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A path beside the target that takes its place when all went well. Raises KanbanError where it cannot.

    Its name is always the same: what a kill leaves is written over by the next export, not left beside it.
    """
    draft = target.with_name(f".{target.name}.kanban-export")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with draft.open("xb") as own:
            mine = os.fstat(own.fileno())
            try:
                yield draft
                draft.chmod(0o666 & ~_umask())
                if not os.path.samestat(mine, draft.stat()):
                    message = _("another command writes {path} just now").format(path=target)
                    raise KanbanError(message, cure=_("run the command again in a moment"))
                own.close()  # Windows renames no open file
                os.replace(draft, target)
            except BaseException:
                own.close()
                with suppress(OSError):
                    if os.path.samestat(mine, draft.stat()):
                        draft.unlink()
                raise
    except OSError as error:
        message = _("{path} cannot be written: {reason}").format(path=target, reason=error.strerror or error)
        raise KanbanError(message, cure=_("name a file in a folder that may be written to")) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: Cell) -> str:
    """The cell as text. Text that a spreadsheet would take for a formula gets an apostrophe before it.

    Numbers and days are written as they are: only text can have come from a card. `plain_cell` reads it back.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = printable(str(cell))
    return f"'{text}" if isinstance(cell, str) and text.lstrip("'").startswith(_FORMULA) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` made safe, as it was."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def csv_text(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180: comma, double quotes, CRLF), heading first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_tables(folder: Path, tables: Iterable[Table]) -> tuple[Path, ...]:
    """Write `<name>.csv` for each table into the folder, made if need be; KanbanError where that fails."""
    written = []
    with ExitStack() as all_or_none:
        for table in tables:
            path = folder / f"{table.name}.csv"
            draft = all_or_none.enter_context(_replacing(path))
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                file.writelines(csv_text(table.header, table.rows))
            written.append(path)
    return tuple(written)
