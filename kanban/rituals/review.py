"""The flow review, twenty minutes (D21): the trend, the bottleneck, and one micro-rule to try for two weeks."""

from dataclasses import dataclass
from datetime import date

from kanban.diagnosis.diagnosis import Row, diagnose
from kanban.experiments.ticket import DUE, Ticket, open_experiments, tickets
from kanban.metrics.base.window import weeks_before
from kanban.metrics.comparison import WEEKS, Comparison, Difference, compare, window_before
from kanban.metrics.flow.throughput import Week
from kanban.metrics.measures import REPORTS, measured
from kanban.metrics.report import Report
from kanban.model.cards.board import Board
from kanban.model.settings.columns import Column
from kanban.rituals.bottleneck import Bottleneck, bottleneck
from kanban.rituals.microrule import MicroRule, aimed, propose, remedy


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


def build_review(report: Report, board: Board, symptoms: tuple[Row, ...] | None = None) -> Review:
    """The review at the report's day. `board` is the one that stands, with its tickets.

    `symptoms` are those that the diagnosis of the report's ledger found, where they are at hand already.

    What is proposed comes from the diagnosis when it finds a symptom, else from the bottleneck of the figures.
    """
    today, language = report.as_of, board.config.language
    comparison = compare(report, window_before(weeks_before(today, WEEKS)))
    symptoms = diagnose(report.ledger).found if symptoms is None else symptoms
    found = bottleneck(report, symptoms)
    running = open_experiments(board.files, today, language=language)
    proposal = None
    if not running:
        tried = {one.tried for one in tickets(board.files, today, language=language)}
        proposal = remedy(symptoms, tried)
        if proposal is None and found is not None:
            slower = next((row.told for row in comparison.rows if row.metric == "throughput"), "") == "worse"
            told = measured(report.ledger, REPORTS, weeks_before(report.as_of, WEEKS))
            proposal = propose(found, slower=slower, reports=None if told.too_thin else told)
    return Review(
        as_of=today,
        columns=report.ledger.config.open_columns,
        weeks=report.throughput.weeks[-WEEKS:],
        comparison=comparison,
        bottleneck=found,
        proposal=aimed(proposal, report) if proposal is not None else None,
        running=running,
        due=tuple(one for one in running if one.state(today) == DUE),
    )
