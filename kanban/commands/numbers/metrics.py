"""`kanban metrics`: the flow and the money, measured from the git history."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import CLASS, OWNER, SOURCE
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.base.tally import tally_at
from kanban.errors import KanbanError
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
    from kanban.metrics.base.window import Window
    from kanban.metrics.comparison import Comparison


@click.command(
    cls=Verb,
    examples=(
        "kanban metrics                                the report in the terminal",
        "kanban metrics --json                         the same as data",
        "kanban metrics --since 2026-07-01             flow figures of a period",
        "kanban metrics --owner Zoé --compare previous   her last eight weeks and the eight before",
        "kanban metrics --csv figures                  one CSV file per table, for a spreadsheet",
    ),
)
@click.option("--since", default=None, metavar="DAY", help="First day of the flow figures; default: the first event.")
@click.option("--until", default=None, metavar="DAY", help="Their last day; default: the as-of day.")
@click.option("-o", "--owner", default="", type=OWNER, help="Only cards of this owner (at closing, or now).")
@click.option("--source", default="", type=SOURCE, help="Only cards from this source.")
@click.option("--class", "service_class", default="", type=CLASS, help="Only cards of this class of service.")
@click.option(
    "--compare",
    "period",
    default="",
    metavar="PERIOD",
    help="Beside another period: `previous`, 2026, 2026-Q1, 2026-03, 2026-W12, 2026-01-15..2026-02-28.",
)
@click.option("--working-days", is_flag=True, default=False, help="Count the team's working days, not calendar days.")
@click.option("--known", is_flag=True, default=False, help="With --as-of: only what had been committed by that day.")
@click.option("--csv", "folder", default=None, metavar="DIR", type=A_FOLDER, help="Write CSV files.")
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, as_of: str | None, as_json: bool, folder: str | None, period: str, **wanted: str | bool
) -> None:
    """Measure the flow: throughput, cycle time, WIP, conversion, money, and each target with its light.

    Cards and moves are those git knows; what is not committed is in no number.
    """
    session = open_session(context, as_of)
    report = _figures(session, wanted) if folder is None else _report(session, wanted)
    comparison = _comparison(session, report, period) if period else None
    if folder is not None and isinstance(report, Report):
        _write_csv(report, comparison, Path(folder))
    if as_json:
        _print_json(report, comparison)
    elif folder is None:
        _print(report, comparison)


def _figures(session: Session, wanted: dict[str, str | bool]) -> Figures:
    """The numbers alone: of all cards in calendar days they are added up from what is known."""
    if any(wanted[name] for name in ("owner", "source", "service_class", "working_days", "known")):
        return _report(session, wanted)
    return Figures(tally_at(session), _window(session, wanted))


def _report(session: Session, wanted: dict[str, str | bool]) -> Report:
    from kanban.commands.base.ledger import ledger_of

    selection = Selection(str(wanted["owner"]), str(wanted["source"]), str(wanted["service_class"]))
    window = _window(session, wanted)
    ledger = select(ledger_of(session, known=bool(wanted["known"])), selection)
    count = DayCount(session.config.calendar) if wanted["working_days"] else CALENDAR_DAYS
    return build_report(ledger, window=window, count=count)


def _window(session: Session, wanted: dict[str, str | bool]) -> Window:
    def day(option: str, default: date | None) -> date | None:
        text = wanted[option]
        return session.day(str(text), f"--{option}") if text else default

    until = min(day("until", session.today) or session.today, session.today)
    since = day("since", None)
    if since is not None and since > until:
        raise KanbanError(_("--since lies after the last day"), cure=_("give an earlier day"))
    return Window(until, since)


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
