"""An export as Parquet, written by DuckDB: a folder a table, in it a folder a board and a month, replaced as a whole.

What a second run writes takes the place of what the first one wrote for the same board; other boards in the same folder
stay. Any engine reads it: `read_parquet('DIR/events/**/*.parquet')`, Spark.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanban.errors import ExtraMissing, KanbanError
from kanban.i18n import _
from kanban.metrics.export.questions import taken, without_end
from kanban.metrics.export.rows import SHAPES, Shape
from kanban.paper.plain import printable, typed

if TYPE_CHECKING:
    import duckdb

    from kanban.metrics.tables import Cell, Table

MONTHS = {"cards": "started", "events": "day", "versions": "day", "stays": "since", "weeks": "monday", "days": "day"}
"""The day whose month a row of each table is filed under; tables without one have a single part a board."""
KEYS = {
    "cards": ("card",),
    "events": ("number",),
    "versions": ("number",),
    "stays": ("card", "number"),
    "columns": ("column",),
    "weeks": ("week",),
    "accounts": ("account",),
    "people": ("person",),
    "links": ("card", "kind", "file"),
    "facts": ("name",),
    "days": ("day", "column"),
}
"""What tells a row of each table from all others of its board."""
DAYS = (
    Shape("day", "TEXT", "the day"),
    Shape("column", "TEXT", "key of an open column"),
    Shape("cards", "INTEGER", "how many cards stood in it at the end of the day"),
)
"""The table that Parquet has beside those of every export."""
_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": False,  # a question would fetch a program from the net
    "autoload_known_extensions": False,
}
_SECONDS = 60.0
TABLES = {**SHAPES, "days": DAYS}
_DATES = frozenset(["day", "since", "until", "started", "ended", "close_date", "blocked_since", "monday", "sunday"])
_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "VARCHAR"}
_AMOUNT = "DECIMAL(18, 3)"
_DAY_COUNTS = """
    SELECT CAST(d.day AS DATE) AS day, c."column", count(s.card) AS cards
    FROM (SELECT unnest(generate_series((SELECT min(day) FROM events),
                 (SELECT CAST(value AS DATE) FROM facts WHERE name = 'as_of'), INTERVAL 1 DAY)) AS day) d
    CROSS JOIN columns c
    LEFT JOIN stays s ON s."column" = c."column" AND s.since <= d.day AND (s.until IS NULL OR s.until > d.day)
    WHERE c.kind = 'open' GROUP BY ALL
"""


def type_of(shape: Shape) -> str:
    """The type of a column in Parquet."""
    if shape.name in _DATES:
        return "DATE"
    return _AMOUNT if shape.name == "amount" else _TYPES[shape.type]


def write_parquet(target: Path, tables: Iterable[Table], board: str) -> None:
    """Write every table for one board below `target`. Raises KanbanError without the library, or where that fails."""
    database = connected()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kanban-", dir=target) as place:
            for table in tables:
                _load(database, table, Path(place))
            database.execute(f"CREATE TABLE days AS {_DAY_COUNTS}")
            for name in TABLES:
                _write(database, name, Path(place) / name, board)
            for name in TABLES:
                _replace(Path(place) / name, target / name)
    except OSError as error:
        message = _("{path} cannot be written: {reason}").format(path=target, reason=error.strerror or error)
        raise KanbanError(message, cure=_("name a folder that may be written to")) from error
    finally:
        database.close()


def connected() -> duckdb.DuckDBPyConnection:
    """An empty database in memory. Raises KanbanError without the library."""
    try:
        import duckdb
    except ImportError as error:
        raise ExtraMissing(_("this needs the extra `analytics`"), "analytics") from error
    return duckdb.connect(":memory:", config=_SETTINGS)


def _load(database: duckdb.DuckDBPyConnection, table: Table, place: Path) -> None:
    """One table into the database, through a file: row by row would take minutes."""
    file = place / f"{table.name}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(table.header)
        writer.writerows([_text(cell) for cell in row] for row in table.rows)
    shapes = SHAPES[table.name]
    chosen = ", ".join(f'CAST(nullif("{one.name}", \'\') AS {type_of(one)}) AS "{one.name}"' for one in shapes)
    named = ", ".join(f"'{one.name}': 'VARCHAR'" for one in shapes)
    form = "header = true, delim = ',', quote = '\"', escape = '\"', max_line_size = 64000000"
    source = f"read_csv(?, {form}, columns = {{{named}}})"
    database.execute(f'CREATE TABLE "{table.name}" AS SELECT {chosen} FROM {source}', [str(file)])  # noqa: S608 - own names
    file.unlink()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    return printable(str(cell))


def _write(database: duckdb.DuckDBPyConnection, name: str, folder: Path, board: str) -> None:
    """One table as a folder of Parquet files, `board=…/month=…/` each."""
    month = MONTHS.get(name)
    parts = ["board", *(["month"] if month else [])]
    filed = f", coalesce(strftime(\"{month}\", '%Y-%m'), 'none') AS month" if month else ""
    ordered = ", ".join(f'"{key}"' for key in KEYS[name])
    query = f'SELECT *, ? AS board{filed} FROM "{name}" ORDER BY {ordered}'  # noqa: S608 - own names
    options = f"FORMAT parquet, PARTITION_BY ({', '.join(parts)}), COMPRESSION zstd"
    where = str(folder).replace("'", "''")
    folder.mkdir()
    database.execute(f"COPY ({query}) TO '{where}' ({options}, OVERWRITE_OR_IGNORE)", [board])


def _replace(made: Path, target: Path) -> None:
    """Put the boards' folders that were made in place of those that stand there."""
    target.mkdir(exist_ok=True)
    for folder in made.iterdir():
        old = target / folder.name
        gone = made.with_name(f"{made.name}-old")
        if old.exists():
            os.rename(old, gone)
        os.rename(folder, old)
        shutil.rmtree(gone, ignore_errors=True)


def ask_parquet(folder: Path, question: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The answer to one `select` over the tables below a folder: names of its columns, and its rows.

    The tables are read first; the question then runs where nothing outside can be reached. Raises KanbanError.
    """
    database = connected()
    try:
        _open(database, folder)
        return _answer(database, question)
    finally:
        database.close()


def _open(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    import duckdb

    found = [name for name in TABLES if any((folder / name).glob("**/*.parquet"))]
    if not found:
        raise _no_tables(folder)
    for name in TABLES.keys() - found:
        columns = ", ".join(f'"{one.name}" {type_of(one)}' for one in TABLES[name])
        filed = ", board VARCHAR" + (", month VARCHAR" if name in MONTHS else "")
        database.execute(f'CREATE TABLE "{name}" ({columns}{filed})')
    for name in found:
        files = str(folder / name / "**" / "*.parquet")
        types = "hive_types = {'board': VARCHAR" + (", 'month': VARCHAR}" if name in MONTHS else "}")
        source = f"read_parquet(?, hive_partitioning = true, {types})"
        try:
            database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM {source}', [files])  # noqa: S608 - own names
        except duckdb.Error as error:
            raise _no_tables(folder) from error
    database.execute("SET temp_directory = ''")  # else what does not fit in memory is written beside the board
    database.execute("SET memory_limit = '2GB'")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def _no_tables(folder: Path) -> KanbanError:
    message = _("{path} holds no tables of an export").format(path=folder)
    cure = _("write them: `kanban export {path} --format parquet`").format(path=typed(str(folder)))
    return KanbanError(message, cure=cure)


def _answer(database: duckdb.DuckDBPyConnection, question: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    import duckdb

    bell = threading.Timer(_SECONDS, database.interrupt)
    bell.daemon = True
    try:
        statements: Sequence[Any] = database.extract_statements(question)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise KanbanError(_("only one `select` is answered"), cure=_("`kanban sql` lists the tables and views"))
        bell.start()
        done = database.execute(statements[0])
        names = tuple(one[0] for one in done.description or ())
        return names, taken(iter(done.fetchone, None), len(names))
    except duckdb.InterruptException as error:
        raise without_end() from error
    except duckdb.Error as error:
        message = _("DuckDB does not answer this: {reason}").format(reason=str(error).split("\n", 1)[0])
        raise KanbanError(message, cure=_("only `select` over {tables}").format(tables=", ".join(TABLES))) from error
    finally:
        bell.cancel()
