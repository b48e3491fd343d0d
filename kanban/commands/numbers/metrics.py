"""`kanban metrics`: the flow and the money, measured from the git history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import CLASS, OWNER, SOURCE
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.noted import CHOICES, KnownReport, window_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.metrics.base.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


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
    if not as_json or folder is not None or period or any(wanted[name] for name in CHOICES):
        from kanban.commands.numbers.measured import tell

        tell(session, wanted, as_json=as_json, folder=folder, period=period)
    else:
        emit_json(_document(session, window_of(session, wanted)))


def _document(session: Session, window: Window) -> Mapping[str, Any]:
    """The report as data, with the lines of cards that were acted on since in place of those that are known."""
    known = KnownReport(session, window)
    found = known.at_head()
    if found is not None:
        return found
    session.begin_history()  # read while the figures are loaded
    from kanban.commands.numbers.measured import worked_out

    document, tally = worked_out(session, window)
    known.keep(document, tally)
    return document
