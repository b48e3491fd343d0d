"""Report: all the numbers of a board as of one day, each computed when first asked for.

Built from a ledger (what happened, what the cards said), a window (which days the flow figures are taken over) and a
way of counting days. The same ledger, window and count give the same report, byte for byte.
"""

from datetime import date
from functools import cached_property

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.by_owner_source_class import Cuts, cuts
from kanban.metrics.cards.age_trend import AgeTrend, age_trend
from kanban.metrics.cards.ageing import Ageing, ageing
from kanban.metrics.cards.slip import Slip, slips
from kanban.metrics.cards.weighted_pipeline import WeightedPipeline, weighted_pipeline
from kanban.metrics.flow.arrivals import Arrivals, arrivals
from kanban.metrics.flow.blocked import Blocker, BlockSpell, block_spells, blockers
from kanban.metrics.flow.cfd import CumulativeFlow, cumulative_flow
from kanban.metrics.flow.conversion import Conversion, conversion
from kanban.metrics.flow.cycle_time import CycleTime, cycle_time
from kanban.metrics.flow.little import Little, little
from kanban.metrics.flow.loss_reasons import LossReason, loss_reasons
from kanban.metrics.flow.stock import Stock, stock
from kanban.metrics.flow.throughput import NaturalLimits, Throughput, natural_limits, throughput
from kanban.metrics.flow.time_in_column import TimeInColumn, time_in_column
from kanban.metrics.flow.velocity import Velocity, velocity
from kanban.metrics.flow.win_rate import WinRate, win_rate
from kanban.metrics.flow.wip import Wip, wip
from kanban.metrics.pace import Pace, pace
from kanban.metrics.suspicion import Suspicion, suspicions_of
from kanban.metrics.targets import TargetRow, targets
from kanban.pull import nextaction
from kanban.schemas.fields import Count, Share
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class NextAction:
    """Open cards, those without a dated next action, the share that is (None without open cards), and the late ones."""

    open: Count
    missing: tuple[str, ...]
    share_missing: Share | None
    overdue: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """The numbers of `ledger` over `window`, days counted by `count`."""

    ledger: Ledger
    window: Window
    count: DayCount = CALENDAR_DAYS

    @property
    def as_of(self) -> date:
        """The day of the report."""
        return self.ledger.as_of

    @cached_property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """Commits in the window whose dates are hardly the cards' own."""
        return suspicions_of(self.ledger, self.window)

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """All journeys, in order of first appearance."""
        return tuple(self.ledger.journeys.values())

    @cached_property
    def stock(self) -> Stock:
        """Cards per column and day."""
        return stock(self.journeys, self.ledger.track.kinds, self.ledger.first, self.as_of)

    @cached_property
    def wip(self) -> Wip:
        """Work in progress against limits; a filtered report has no limits, as they are the whole team's."""
        ledger = self.ledger
        found = wip(ledger.board, self.stock, ledger.track, ledger.limits, self.as_of, self.window.since)
        return found.without_limits() if ledger.restricted else found

    @cached_property
    def throughput(self) -> Throughput:
        """Ends per week."""
        return throughput(self.journeys, self.ledger.first, self.window)

    @cached_property
    def throughput_limits(self) -> NaturalLimits | None:
        """Where the weekly wins stay by chance alone."""
        return natural_limits(week.won for week in self.throughput.weeks)

    @cached_property
    def arrivals(self) -> Arrivals:
        """Starts, and what they leave over after the ends."""
        return arrivals(self.journeys, self.throughput, self.window)

    @cached_property
    def cycle_time(self) -> CycleTime:
        """Days from start to win."""
        return cycle_time(self.journeys, self.window, count=self.count)

    @cached_property
    def time_in_column(self) -> tuple[TimeInColumn, ...]:
        """Days spent per column."""
        return time_in_column(self.journeys, self.ledger.track, self.window, count=self.count)

    @cached_property
    def pace(self) -> tuple[Pace, ...]:
        """Ages at leaving each column."""
        return pace(self.journeys, self.ledger.track, self.window, count=self.count)

    @cached_property
    def conversion(self) -> tuple[Conversion, ...]:
        """What became of the cards that entered each column."""
        return conversion(self.ledger.passages, self.window, self.as_of)

    @cached_property
    def win_rate(self) -> WinRate:
        """Won against lost."""
        return win_rate(self.ledger, self.window)

    @cached_property
    def velocity(self) -> tuple[Velocity, ...]:
        """Money per day."""
        return velocity(self.ledger, self.window)

    @cached_property
    def age(self) -> tuple[Ageing, ...]:
        """Open cards with their clocks, the oldest first."""
        return ageing(self.ledger, count=self.count)

    @cached_property
    def weighted_pipeline(self) -> WeightedPipeline:
        """Amount × probability of the open cards."""
        return weighted_pipeline(self.ledger.board, self.as_of)

    @cached_property
    def next_action(self) -> NextAction:
        """Which open cards owe a next action, and whose is late."""
        board = self.ledger.board
        share = nextaction.share_missing(board)
        return NextAction(
            len(board.open_cards),
            tuple(card.id for card in nextaction.missing(board)),
            None if share is None else float(share),
            tuple(card.id for card in nextaction.overdue(board, self.as_of)),
        )

    @cached_property
    def loss_reasons(self) -> tuple[LossReason, ...]:
        """Why deals were lost."""
        return loss_reasons(self.ledger, self.window)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """How far close dates were put off."""
        return slips(self.ledger)

    @cached_property
    def block_spells(self) -> tuple[BlockSpell, ...]:
        """Every block there was."""
        return block_spells(self.ledger)

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """Causes of blocks, by days."""
        return blockers(self.block_spells, self.window)

    @cached_property
    def cuts(self) -> Cuts:
        """The figures per owner, source and class."""
        return cuts(self.ledger, self.window, count=self.count)

    @cached_property
    def little(self) -> Little:
        """Little's law, checked."""
        return little(self.ledger, self.stock, self.window, self.age_trend)

    @cached_property
    def cumulative_flow(self) -> CumulativeFlow:
        """The lines of the cumulative flow diagram."""
        return cumulative_flow(self.journeys, self.ledger.track, self.ledger.first, self.as_of)

    @cached_property
    def age_trend(self) -> AgeTrend:
        """The age of the work in progress, day by day."""
        return age_trend(self.journeys, self.ledger.track, self.ledger.first, self.as_of)

    @cached_property
    def targets(self) -> tuple[TargetRow, ...]:
        """The table of targets."""
        whole = Window(self.as_of)
        plain = self if (self.window, self.count) == (whole, CALENDAR_DAYS) else Report(self.ledger, whole)
        idle = {one.card: one.clocks.idle_days for one in plain.age}
        return targets(self.ledger, idle, {one.card: one.clocks.column_days for one in plain.age})


def build_report(ledger: Ledger, *, window: Window | None = None, count: DayCount = CALENDAR_DAYS) -> Report:
    """The report of a ledger; without a window over everything up to its day, in calendar days."""
    return Report(ledger, window or Window(ledger.as_of), count)
