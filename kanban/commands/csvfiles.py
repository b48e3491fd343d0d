"""CSV files a spreadsheet may open without harm: UTF-8 with a mark, one table a file, no cell taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.events import printable

if TYPE_CHECKING:
    from kanban.metrics.tables import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: Cell) -> str:
    """The cell as text. Text that a spreadsheet would take for a formula gets an apostrophe before it.

    Numbers and days are written as they are: only text can have come from a card.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = printable(str(cell))
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in tables:
            path = folder / f"{table.name}.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                file.writelines(csv_text(table.header, table.rows))
            written.append(path)
    except OSError as error:
        message = _("{path} cannot be written: {reason}").format(path=folder, reason=error.strerror or error)
        raise KanbanError(message, cure=_("name a folder that may be written to")) from error
    return tuple(written)
