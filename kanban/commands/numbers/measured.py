"""What `kanban metrics` works out and says: the report in the terminal, as data, and as CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.noted import CHOICES, window_of
from kanban.commands.base.session import Session, emit_json
from kanban.commands.base.tally import tally_at
from kanban.i18n import _
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.periods import parse_period
from kanban.metrics.base.selection import Selection, select
from kanban.metrics.base.window import Window
from kanban.metrics.comparison import compare, window_before
from kanban.metrics.document import comparison_json, metrics_document
from kanban.metrics.report import Figures, Report, build_report
from kanban.model.typed.choices import read_choice

if TYPE_CHECKING:
    from kanban.metrics.comparison import Comparison
    from kanban.metrics.tally import Tally

Wanted = Mapping[str, "str | bool"]


def tell(session: Session, wanted: Wanted, *, as_json: bool, folder: str | None, period: str) -> None:
    """Say the report, or write it below `folder`, with a comparison where a `period` is named.

    The numbers alone, of all cards in calendar days, are added up from what is known.
    """
    chosen = any(wanted[name] for name in CHOICES)
    whole = _report(session, wanted) if chosen or folder is not None else None
    report: Figures = whole or Figures(tally_at(session), window_of(session, wanted))
    comparison = _comparison(session, report, period) if period else None
    if folder is not None and whole is not None:
        _write_csv(whole, comparison, Path(folder))
    if as_json:
        _print_json(report, comparison)
    elif folder is None:
        _print(report, comparison)


def worked_out(session: Session, window: Window) -> tuple[Mapping[str, Any], Tally]:
    """The report of all cards as data, and the tally from which it is."""
    report = Figures(tally_at(session), window)
    return metrics_document(report), report.tally


def _report(session: Session, wanted: Wanted) -> Report:
    selection = Selection(str(wanted["owner"]), str(wanted["source"]), str(wanted["service_class"]))
    window = window_of(session, wanted)
    ledger = select(ledger_of(session, known=bool(wanted["known"])), selection)
    count = DayCount(session.config.calendar) if wanted["working_days"] else CALENDAR_DAYS
    return build_report(ledger, window=window, count=count)


def _comparison(session: Session, report: Figures, period: str) -> Comparison:
    if read_choice(period, ("previous",)).value:
        return compare(report, window_before(report.window))
    start = session.config.calendar.fiscal_year_start
    return compare(report, parse_period(period, fiscal_year_start=start))


def _print_json(report: Figures, comparison: Comparison | None) -> None:
    document = metrics_document(report)
    if comparison is not None:
        document["compare"] = comparison_json(comparison)
    emit_json(document)


def _print(report: Figures, comparison: Comparison | None) -> None:
    from kanban.commands.output.console import console, paged
    from kanban.commands.output.numbers import comparison_sheet, sheet

    screen = console()
    with paged(screen):
        for part in sheet(report, screen.width) if comparison is None else comparison_sheet(report, comparison):
            screen.print(part)


def _write_csv(report: Report, comparison: Comparison | None, folder: Path) -> None:
    from kanban.metrics.export.files import write_tables
    from kanban.metrics.tables import report_tables

    written = write_tables(folder, report_tables(report, comparison))
    click.echo(_("{count} files in {folder}").format(count=len(written), folder=folder), err=True)
