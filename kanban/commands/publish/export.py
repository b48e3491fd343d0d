"""`kanban export`: cards, events and stays for spreadsheets and reporting tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option
from kanban.commands.base.calling.places import A_FILE
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, open_session
from kanban.commands.publish.entries import entries_of
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.export.files import write_jsonl, write_sqlite, write_tables, write_text
from kanban.metrics.export.openmetrics import openmetrics_text
from kanban.metrics.export.parquet import write_parquet
from kanban.metrics.export.tables import export_tables, texts_needed
from kanban.metrics.report import build_report

FORMATS = ("csv", "jsonl", "sqlite", "parquet", "openmetrics")
TO_FOLDERS = ("csv", "parquet")
TO_OUTPUT = ("jsonl", "openmetrics")
_SUFFIXES = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_SUFFIXES[".prom"] = "openmetrics"


@click.command(
    cls=Verb,
    examples=(
        "kanban export pipeline.db             an SQLite database with tables and views",
        "kanban export figures                 a folder of CSV files",
        "kanban export --format jsonl -        JSON lines on standard output",
        "kanban export lake --format parquet   Parquet by board and month, for DuckDB, Spark and others",
        "kanban export board.prom              figures for Prometheus",
    ),
)
@click.argument("place", metavar="TARGET", type=A_FILE)
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="Default: from the name of TARGET.")
@click.option("--known", is_flag=True, default=False, help="With --as-of: only what had been committed by that day.")
@click.option("--working-days", is_flag=True, default=False, help="Count the team's working days, not calendar days.")
@click.option("--force", is_flag=True, default=False, help="Replace a file that is there already.")
@click.option("--board", default="", metavar="NAME", help="What Parquet and Prometheus call it; default: its folder.")
@as_of_option
@click.pass_context
def command(
    context: click.Context,
    /,
    place: str,
    form: str | None,
    known: bool,
    working_days: bool,
    force: bool,
    board: str,
    as_of: str | None,
) -> None:
    """Write all cards with their events and stays to TARGET: a folder of CSV files, JSON lines, SQLite, or Parquet.

    Parquet needs the extra `analytics`; a second run replaces what the first wrote for the same board.
    `kanban import` reads a folder or a file of JSON lines back, with the whole past. The files hold names, amounts and
    notes in clear: treat them as you treat the board.
    """
    session, target = open_session(context, as_of), Path(place)
    chosen = form or _SUFFIXES.get(target.suffix.lower(), "csv")
    _check(target, chosen, force)

    count = DayCount(session.config.calendar) if working_days else CALENDAR_DAYS
    report = build_report(ledger_of(session, known=known), count=count)
    tables = export_tables(report, _texts(session, texts_needed(report)), entries_of(session))
    if chosen == "csv":
        write_tables(target, tables)
    elif chosen == "sqlite":
        write_sqlite(target, tables)
    elif chosen == "parquet":
        write_parquet(target, tables, board or session.root.resolve().name)
    elif chosen == "openmetrics":
        text = openmetrics_text(report, board or session.root.resolve().name)
        write_text(None if str(target) == "-" else target, text, sys.stdout)
    else:
        write_jsonl(None if str(target) == "-" else target, tables, sys.stdout)
    cards, events = len(tables[0].rows), len(tables[1].rows)
    shown = ngettext("{count} card", "{count} cards", cards).format(count=cards)
    told = ngettext("{count} event", "{count} events", events).format(count=events)
    click.echo(_("{cards} and {events} → {target}").format(cards=shown, events=told, target=target), err=True)


def _texts(session: Session, blobs: Iterable[str]) -> dict[str, str]:
    """What files said, by blob id; those that a partial clone lacks, or that are no text, are left out."""
    wanted = set(blobs)
    read = session.repository.read_blobs(wanted - session.repository.lacking(wanted))
    found: dict[str, str] = {}
    for blob, data in read.items():
        with suppress(UnicodeDecodeError):
            found |= {blob: data.decode()} if data is not None else {}
    return found


def _check(target: Path, form: str, force: bool) -> None:
    """Refuse what would write over something, or where only one file can be meant."""
    if str(target) == "-":
        if form not in TO_OUTPUT:
            cure = "`kanban export --format jsonl -`"
            raise KanbanError(_("only JSON lines and OpenMetrics go to standard output"), cure=cure)
        return
    if target.is_dir() and form not in TO_FOLDERS:
        raise KanbanError(_("{path} is a folder").format(path=target), cure=_("name a file"))
    if target.exists() and not target.is_dir() and not force:
        raise KanbanError(_("{path} is there already").format(path=target), cure=_("add `--force` to replace it"))
