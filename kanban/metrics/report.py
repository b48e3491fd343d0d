"""Report: all the numbers of a board as of one day, each computed when first asked for.

Built from a tally (what happened to the cards and what they said, added up), a window (which days the flow figures are
taken over) and a way of counting days. The same tally and window give the same numbers, byte for byte, whether it was
counted from a ledger or folded.
"""

from collections.abc import Collection
from datetime import date
from functools import cached_property

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.by_owner_source_class import Cuts, cuts
from kanban.metrics.cards.age_trend import AgeTrend, age_trend_of
from kanban.metrics.cards.ageing import Ageing, ageing
from kanban.metrics.cards.deals import Deal, open_deals
from kanban.metrics.cards.slip import Slip, slips
from kanban.metrics.cards.weighted_pipeline import WeightedPipeline, weighed
from kanban.metrics.flow.arrivals import Arrivals, arrivals
from kanban.metrics.flow.blocked import Blocker, BlockSpell, block_spells, blockers
from kanban.metrics.flow.cfd import CumulativeFlow, cumulative_flow
from kanban.metrics.flow.conversion import Conversion, conversion
from kanban.metrics.flow.cycle_time import CycleTime, cycle_time
from kanban.metrics.flow.little import Little, little
from kanban.metrics.flow.loss_reasons import LossReason, loss_reasons
from kanban.metrics.flow.stock import Stock, stock_of
from kanban.metrics.flow.throughput import NaturalLimits, Throughput, natural_limits, throughput
from kanban.metrics.flow.time_in_column import TimeInColumn, time_in_column
from kanban.metrics.flow.velocity import Velocity, velocity
from kanban.metrics.flow.win_rate import WinRate, win_rate
from kanban.metrics.flow.wip import Wip, wip
from kanban.metrics.pace import Pace, pace
from kanban.metrics.suspicion import Suspicion, within
from kanban.metrics.tally import Tally, tally_of
from kanban.metrics.targets import TargetRow, targets
from kanban.pull.nextaction import Lacking, is_late
from kanban.schemas.fields import Count, Share
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class NextAction:
    """Open cards, those without a dated next action, the share that is (None without open cards), and the late ones."""

    open: Count
    missing: tuple[str, ...]
    share_missing: Share | None
    overdue: tuple[str, ...]


class Figures:
    """The numbers of a tally over a window."""

    def __init__(self, tally: Tally, window: Window) -> None:
        self.tally, self.window, self.count = tally, window, tally.count

    @property
    def as_of(self) -> date:
        """The day of the report."""
        return self.tally.as_of

    @property
    def deals(self) -> Collection[Deal]:
        """Every card's row."""
        return self.tally.deals.values()

    @cached_property
    def open_deals(self) -> list[Deal]:
        """The open cards, in board order."""
        return open_deals(self.deals, self.tally.config)

    @cached_property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """Commits in the window whose dates are hardly the cards' own."""
        return within(self.tally.suspicions, self.window)

    @cached_property
    def stock(self) -> Stock:
        """Cards per column and day."""
        tally = self.tally
        return stock_of(tally.comings, tally.track.kinds, tally.first, self.as_of)

    @cached_property
    def wip(self) -> Wip:
        """Work in progress against limits; a filtered report has no limits, as they are the whole team's."""
        tally = self.tally
        found = wip(self.open_deals, tally.config, self.stock, tally.track, tally.limits, self.as_of, self.window.since)
        return found.without_limits() if tally.restricted else found

    @cached_property
    def throughput(self) -> Throughput:
        """Ends per week."""
        return throughput(self.deals, self.tally.first, self.window)

    @cached_property
    def throughput_limits(self) -> NaturalLimits | None:
        """Where the weekly wins stay by chance alone."""
        return natural_limits(week.won for week in self.throughput.weeks)

    @cached_property
    def arrivals(self) -> Arrivals:
        """Starts, and what they leave over after the ends."""
        return arrivals(self.deals, self.throughput, self.window)

    @cached_property
    def cycle_time(self) -> CycleTime:
        """Days from start to win."""
        return cycle_time(self.deals, self.window, count=self.count)

    @cached_property
    def time_in_column(self) -> tuple[TimeInColumn, ...]:
        """Days spent per column."""
        return time_in_column(self.tally.visits, self.tally.track, self.window)

    @cached_property
    def pace(self) -> tuple[Pace, ...]:
        """Ages at leaving each column."""
        return pace(self.tally.leavings, self.tally.track, self.window)

    @cached_property
    def conversion(self) -> tuple[Conversion, ...]:
        """What became of the cards that entered each column."""
        tally = self.tally
        return conversion(tally.crossings, tally.reached, tally.track.open_columns, self.window, self.as_of)

    @cached_property
    def win_rate(self) -> WinRate:
        """Won against lost."""
        return win_rate(self.deals, self.as_of, self.window)

    @cached_property
    def velocity(self) -> tuple[Velocity, ...]:
        """Money per day."""
        return velocity(self.deals, self.tally.track, self.tally.first, self.window)

    @cached_property
    def age(self) -> tuple[Ageing, ...]:
        """Open cards with their clocks, the oldest first."""
        return ageing(self.open_deals, self.tally.config, self.as_of, count=self.count)

    @cached_property
    def weighted_pipeline(self) -> WeightedPipeline:
        """Amount × probability of the open cards."""
        cards = ((one.card, one.amount, now.probability, now.close_date) for one in self.open_deals if (now := one.now))
        return weighed(cards, self.as_of, self.tally.config.calendar.fiscal_year_start)

    @cached_property
    def next_action(self) -> NextAction:
        """Which open cards owe a next action, and whose is late."""
        standing = [(one.card, one.now) for one in self.open_deals if one.now]
        lacking = Lacking(tuple(card for card, now in standing if not now.planned), len(standing))
        overdue = tuple(card for card, now in standing if is_late(now.due, self.as_of))
        share = lacking.share
        return NextAction(lacking.total, lacking.ids, None if share is None else float(share), overdue)

    @cached_property
    def loss_reasons(self) -> tuple[LossReason, ...]:
        """Why deals were lost."""
        return loss_reasons(self.deals, self.tally.track, self.window)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """How far close dates were put off."""
        return slips(self.tally.slips.values())

    @cached_property
    def block_spells(self) -> tuple[BlockSpell, ...]:
        """Every block there was."""
        return block_spells(self.tally.blocks)

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """Causes of blocks, by days."""
        return blockers(self.block_spells, self.window)

    @cached_property
    def cuts(self) -> Cuts:
        """The figures per owner, source and class."""
        return cuts(self.deals, self.as_of, self.window, count=self.count)

    @cached_property
    def little(self) -> Little:
        """Little's law, checked."""
        counted = self.tally.track.counted
        return little(self.deals, self.tally.first, counted, self.stock, self.window, self.age_trend)

    @cached_property
    def age_trend(self) -> AgeTrend:
        """The age of the work in progress, day by day."""
        return age_trend_of(self.tally.changes, self.tally.first, self.as_of)

    @cached_property
    def targets(self) -> tuple[TargetRow, ...]:
        """The table of targets, in calendar days and over everything up to the day, as their lines say."""
        calendar = self if self.count == CALENDAR_DAYS else Figures(tally_of(self.tally.ledger), Window(self.as_of))
        return targets(calendar.tally, [(one.column, one.clocks) for one in calendar.age], calendar.weighted_pipeline)


class Report(Figures):
    """The numbers of a ledger, and what is drawn and told of its single cards."""

    def __init__(self, ledger: Ledger, window: Window, count: DayCount = CALENDAR_DAYS) -> None:
        super().__init__(tally_of(ledger, count), window)
        self.ledger = ledger

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """All journeys, in order of first appearance."""
        return tuple(self.ledger.journeys.values())

    @cached_property
    def cumulative_flow(self) -> CumulativeFlow:
        """The lines of the cumulative flow diagram."""
        return cumulative_flow(self.journeys, self.ledger.track, self.ledger.first, self.as_of)


def build_report(ledger: Ledger, *, window: Window | None = None, count: DayCount = CALENDAR_DAYS) -> Report:
    """The report of a ledger; without a window over everything up to its day, in calendar days."""
    return Report(ledger, window or Window(ledger.as_of), count)
