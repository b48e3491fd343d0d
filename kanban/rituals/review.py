"""The flow review, twenty minutes (D21): the trend, the bottleneck, and one micro-rule to try for two weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kanban.i18n import _
from kanban.i18n.formats import format_percent
from kanban.metrics.compare import WEEKS, Comparison, Difference, compare, window_before
from kanban.metrics.report import Report
from kanban.metrics.throughput import Week
from kanban.metrics.window import weeks_before
from kanban.model.board import Board
from kanban.model.columns import Column
from kanban.rituals.tickets import Ticket, due_tickets, open_tickets

ENOUGH = 5
"""Decided cards below which a rate of conversion says nothing."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The column that lets the fewest through: `rate` of the `n` cards decided in the last weeks, `days` the median
    time in the column (None: nobody has left it)."""

    column: Column
    rate: float
    n: int
    days: int | None


@dataclass(frozen=True, slots=True)
class MicroRule:
    """One rule proposed for a trial of two weeks. `key` names its ticket's file."""

    key: str
    problem: str
    rule: str
    indicator: str
    target: str


@dataclass(frozen=True)
class Review:
    """The agenda: complete weeks, the last eight weeks beside the eight before, the bottleneck, what to try next.

    `proposal` is None while a micro-rule is under trial: one at a time.
    """

    as_of: date
    columns: tuple[Column, ...]
    weeks: tuple[Week, ...]
    comparison: Comparison
    bottleneck: Bottleneck | None
    proposal: MicroRule | None
    running: tuple[Ticket, ...]
    due: tuple[Ticket, ...]

    def row(self, metric: str) -> Difference:
        """The difference of one metric."""
        return next(row for row in self.comparison.rows if row.metric == metric)


def build_review(report: Report, board: Board) -> Review:
    """The review at the report's day. `board` is the one that stands, with its tickets."""
    today = report.as_of
    comparison = compare(report, window_before(weeks_before(today, WEEKS)))
    found = bottleneck(report, comparison)
    running = open_tickets(board, today)
    slower = next((row.verdict for row in comparison.rows if row.metric == "throughput"), "") == "worse"
    return Review(
        as_of=today,
        columns=report.ledger.config.open_columns,
        weeks=report.throughput.weeks[-WEEKS:],
        comparison=comparison,
        bottleneck=found,
        proposal=propose(found, slower=slower) if found is not None and not running else None,
        running=running,
        due=due_tickets(board, today),
    )


def bottleneck(report: Report, comparison: Comparison) -> Bottleneck | None:
    """The open column after the first with the lowest conversion of the last weeks, at least five cards decided.

    Two equal rates: the one in which cards stay longer. None when no column has enough decided cards.
    """
    config = report.ledger.config
    times = {one.column: one.p50 for one in report.time_in_column}
    rates = {row.column: row for row in comparison.rows if row.metric == "conversion"}
    found = []
    for column in config.open_columns[1:]:
        row = rates.get(column.key)
        if row is not None and row.now is not None and row.n_now >= ENOUGH:
            found.append(Bottleneck(column, row.now, row.n_now, times.get(column.key)))
    return min(found, key=lambda one: (one.rate, -(one.days or 0)), default=None)


def propose(found: Bottleneck, *, slower: bool) -> MicroRule:
    """One micro-rule for the bottleneck: a lower limit when fewer deals are won, else the remedy of its stage."""
    column = found.column
    problem = _("only {rate} of the cards decided in {column} go on").format(
        rate=format_percent(found.rate, digits=0), column=column.title
    )
    indicator = _("conversion of {column}").format(column=column.title)
    target = _("+5 points in two weeks")
    stage = column.effective_stage
    if column.wip is not None and column.wip > 1 and (slower or stage not in ("qualified", "meeting", "offer")):
        rule = _("WIP of {column}: {less} instead of {now}").format(
            column=column.title, less=column.wip - 1, now=column.wip
        )
        return MicroRule(f"wip-{column.key}", problem, rule, indicator, target)
    rules = {
        "qualified": ("decision-maker-first", _("no meeting is asked for before the decision maker is named")),
        "meeting": ("close-of-meeting", _("no meeting ends without a summary and a dated next step")),
        "offer": ("follow-up-d2-d7", _("every offer is followed up at D+2 and D+7")),
    }
    key, rule = rules.get(stage, (f"decision-date-{column.key}", _("every card in {column} has a decision date")))
    return MicroRule(key, problem, rule.format(column=column.title), indicator, target)
