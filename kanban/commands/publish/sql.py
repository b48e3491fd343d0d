"""`kanban sql`: any question about the pipeline, in SQL."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.publish.entries import entries_of
from kanban.i18n import _
from kanban.metrics.export.files import csv_text
from kanban.metrics.export.parquet import ask_parquet
from kanban.metrics.export.questions import Asked, ask
from kanban.metrics.export.rows import SHAPES
from kanban.metrics.export.sql_views import VIEWS
from kanban.metrics.export.tables import export_tables
from kanban.metrics.report import build_report
from kanban.paper.plain import safe


class SqlDocument(TypedDict):
    """The answer to a question."""

    schema: Literal["kanban-sql/1"]
    columns: list[str]
    rows: list[list[str | int | float | None]]


@click.command(
    cls=Verb,
    examples=(
        "kanban sql                                                  the tables and views that may be asked",
        'kanban sql "select owner, count(*) from cards group by 1"   how many cards everybody has had',
        'kanban sql "select * from wip_now" --json                   a view, as data',
        'kanban sql --from lake "select board, count(*) from cards group by all"   over Parquet of many boards',
    ),
)
@click.argument("question", metavar="[QUESTION]", required=False, default="")
@click.option("--from", "lake", type=A_FOLDER, default=None, metavar="DIR", help="Ask Parquet tables with DuckDB.")
@click.option("--csv", "as_csv", is_flag=True, default=False, help="Answer as CSV.")
@known_option
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    question: str,
    lake: str | None,
    as_csv: bool,
    known: bool,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Answer a `select` over the tables and views of `kanban export`. Nothing can be changed by it.

    With --from it is asked of what `kanban export --format parquet` wrote, of all boards there, by DuckDB (extra
    `analytics`).
    """
    if not question.strip():
        speak(settings_of(context))
        _tell_tables()
        return
    if lake is not None:
        speak(settings_of(context))
        found = Asked(*ask_parquet(Path(lake), question))
    else:
        session = open_session(context, as_of, known=known)
        found = ask(export_tables(build_report(ledger_of(session, known=known)), entries=entries_of(session)), question)
    tell_rows(found, as_json=as_json, as_csv=as_csv)


def tell_rows(found: Asked, *, as_json: bool, as_csv: bool) -> None:
    """The answer as data, as CSV, or as columns side by side."""
    if as_json:
        rows = [list(map(_json, row)) for row in found.rows]
        document: SqlDocument = {"schema": "kanban-sql/1", "columns": list(found.columns), "rows": rows}
        emit_json(document)
    elif as_csv:
        sys.stdout.writelines(csv_text(found.columns, found.rows))
    else:
        _tell(found.columns, found.rows)


def _json(cell: Any) -> str | int | float | None:
    if isinstance(cell, bytes):
        return cell.hex()
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _tell(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Columns side by side; numbers to the right."""
    cells = [["" if cell is None else safe(str(_json(cell))).replace("\n", " ") for cell in row] for row in rows]
    figures = [all(isinstance(row[at], int | float | None) for row in rows) for at in range(len(columns))]
    widths = [max(map(len, (name, *(row[at] for row in cells)))) for at, name in enumerate(columns)]
    for row in (columns, *cells):
        aligned = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, figures, strict=True)
        )
        click.echo("  ".join(aligned).rstrip())


def _tell_tables() -> None:
    """What may be asked: each table with its columns, each view with the question it answers."""
    for name, shapes in SHAPES.items():
        click.echo(click.style(name, bold=True) + "  " + ", ".join(shape.name for shape in shapes))
    click.echo()
    width = max(len(view.name) for view in VIEWS)
    for view in VIEWS:
        click.echo(f"{view.name:<{width}}  {_(view.question)}")
