"""`kanban metrics`: the flow and the money, measured from the git history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.entry import Verb
from kanban.commands.ledgersource import ledger_of
from kanban.commands.session import Session, as_of_option, emit_json, json_option, open_session

if TYPE_CHECKING:
    from kanban.metrics.report import Report


@click.command(
    cls=Verb,
    examples=(
        "kanban metrics                      the report in the terminal",
        "kanban metrics --json               the same as data",
    ),
)
@click.option("--known", is_flag=True, default=False, help="Only what had been committed by the day.")
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_of: str | None, as_json: bool, known: bool) -> None:
    """Measure the flow."""
    session = open_session(context, as_of)
    report = _report(session, known=known)
    if as_json:
        from kanban.metrics.document import metrics_document

        emit_json(metrics_document(report))


def _report(session: Session, *, known: bool) -> Report:
    from kanban.metrics.report import build_report

    return build_report(ledger_of(session, known=known))
