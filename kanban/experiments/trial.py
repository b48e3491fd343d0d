"""Trial: a ticket's indicator before and after its start, over windows of equal length.

*After*: from the start to the as-of day, at most the ticket's weeks. *Before*: as many days just before the start; not
measured when the board was not watched for all of them. The verdict is `better` or `worse` only when the interval of
the difference leaves out 0; else `chance`, or `unknown` where there is no interval.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kanban.experiments.indicators import Indicator, indicator
from kanban.experiments.ticket import Ticket
from kanban.metrics.base.figure import BETTER, CHANCE, WORSE, Figure, Shift, plain_figure, shift
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window

UNKNOWN = "unknown"
NOTHING = plain_figure(None, "")
UNMEASURED = Shift(None, None, None)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured. `indicator` is None when the ticket names none that exists; `days` is each window's length.

    `watched` is False when the board is too young for the days before. `reached` says whether the value after is at
    the target or beyond; None without a target in numbers.
    """

    ticket: Ticket
    indicator: Indicator | None
    days: int
    before: Figure = NOTHING
    after: Figure = NOTHING
    shift: Shift = UNMEASURED
    watched: bool = True
    reached: bool | None = None

    @property
    def verdict(self) -> str:
        """`better`, `worse`, `chance` or `unknown`."""
        if self.indicator is None or self.shift.low is None or self.shift.high is None:
            return UNKNOWN
        if self.shift.by_chance:
            return CHANCE
        return BETTER if (self.shift.low > 0) == self.indicator.up else WORSE


def trial(ledger: Ledger, ticket: Ticket) -> Trial:
    """The ticket measured on the ledger's day."""
    found = indicator(ticket.indicator, ledger.config)
    windows = windows_of(ticket, ledger.as_of)
    if found is None or windows is None:
        return Trial(ticket, found, 0)
    before, after = windows
    days = (after.until - (after.since or after.until)).days + 1
    watched = ledger.first is not None and before.since is not None and ledger.first <= before.since
    earlier = found.over(ledger, before) if watched else NOTHING
    later = found.over(ledger, after)
    target = ticket.target_value
    reached = None
    if target is not None and later.value is not None:
        reached = later.value >= target if found.up else later.value <= target
    return Trial(ticket, found, days, earlier, later, shift(earlier, later), watched, reached)


def windows_of(ticket: Ticket, as_of: date) -> tuple[Window, Window] | None:
    """The days before and after, equally many; None before the start."""
    if ticket.start is None or as_of < ticket.start:
        return None
    last = min(as_of, ticket.start + timedelta(weeks=ticket.weeks, days=-1))
    days = (last - ticket.start).days + 1
    return Window(ticket.start - timedelta(days=1), ticket.start - timedelta(days=days)), Window(last, ticket.start)
