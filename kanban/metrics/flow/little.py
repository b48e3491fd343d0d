"""Little's law, as a check: mean WIP ≈ exits per day × mean cycle time, where cards arrive and leave at a steady pace.

All exits count as throughput and all closed cards give the cycle time, as a difference of dates: with wins alone a
team that wins one deal in four would find a time four times too long. Taken over up to 26 complete weeks. The ratio
of the two sides says something only if the law's assumptions hold; each that does not is named:
`too-few-exits`, `arrivals-differ`, `wip-drifts`, `age-drifts`, `cards-stay`.
"""

from collections.abc import Collection, Iterable
from datetime import date

from kanban.i18n import _
from kanban.metrics.base.window import Window, weeks_before
from kanban.metrics.cards.age_trend import AgeTrend
from kanban.metrics.cards.deals import Span
from kanban.metrics.flow.stock import Stock
from kanban.values import dataclass

WEEKS = 26
FEWEST_EXITS = 10
TOLERANCE = 0.25
MOST_STAYING = 0.1


@dataclass(frozen=True, slots=True)
class Little:
    """Both sides of the law over the window, and the assumptions that fail; None where there was nothing to measure."""

    window: Window
    wip: float | None
    throughput_per_day: float | None
    cycle_time_days: float | None
    failed_assumptions: tuple[str, ...]

    @property
    def ratio(self) -> float | None:
        """Mean WIP / (exits per day × mean cycle time): 1 where the law holds exactly."""
        if self.wip is None or not self.throughput_per_day or not self.cycle_time_days:
            return None
        return self.wip / (self.throughput_per_day * self.cycle_time_days)

    @property
    def valid(self) -> bool:
        """Whether every assumption holds, so that the ratio may be read."""
        return not self.failed_assumptions and self.ratio is not None


def little(
    found: Collection[Span], first: date | None, counted: Iterable[str], stock: Stock, window: Window, trend: AgeTrend
) -> Little:
    """The check over the window, or over the last 26 complete weeks (fewer when younger) when it has no beginning.

    `first` is the day of the board's first event, `counted` are the columns whose cards are work in progress.
    """
    window = window if window.since is not None else weeks_before(window.until, WEEKS)
    first = window.first(first)
    if first is None or first > window.until:
        return Little(window, None, None, None, ("too-few-exits",))
    span = Window(window.until, first)
    counts = stock.between(first, window.until, counted)
    lengths = [(end - start).days for one in found if (end := one.ended) in span and end and (start := one.started)]
    days = len(counts)
    return Little(
        window=span,
        wip=sum(counts) / days if days else None,
        throughput_per_day=len(lengths) / days if days else None,
        cycle_time_days=sum(lengths) / len(lengths) if lengths else None,
        failed_assumptions=tuple(_failing(found, counts, len(lengths), span, trend)),
    )


def _failing(found: Collection[Span], counts: tuple[int, ...], exits: int, span: Window, trend: AgeTrend) -> list[str]:
    failed = []
    arrivals = sum(one.started in span for one in found)
    if exits < FEWEST_EXITS:
        failed.append("too-few-exits")
    if not arrivals or abs(arrivals - exits) > TOLERANCE * arrivals:
        failed.append("arrivals-differ")
    if _wip_drift(counts) > TOLERANCE:
        failed.append("wip-drifts")
    if _age_drift(trend, span) > TOLERANCE:
        failed.append("age-drifts")
    if _staying(found, span) > MOST_STAYING:
        failed.append("cards-stay")
    return failed


def _wip_drift(counts: tuple[int, ...]) -> float:
    """How far the mean WIP of the last third of the days lies from that of the first, as a share of the mean."""
    third = max(1, len(counts) // 3)
    total = sum(counts)
    if not total:
        return 0.0
    return abs(sum(counts[-third:]) - sum(counts[:third])) / third / (total / len(counts))


def _age_drift(trend: AgeTrend, span: Window) -> float:
    """How much the mean age of the work in progress changed over the span (straight line), as a share of its mean."""
    begin = max(0, ((span.since or trend.first) - trend.first).days)
    end = min(len(trend.cards), (span.until - trend.first).days + 1)
    points = [(at, mean) for at in range(begin, end) if (mean := trend.mean(at)) is not None]
    if len(points) < 2:
        return 0.0
    x_mean = sum(x for x, _y in points) / len(points)
    y_mean = sum(y for _x, y in points) / len(points)
    spread = sum((x - x_mean) ** 2 for x, _y in points)
    slope = sum((x - x_mean) * (y - y_mean) for x, y in points) / spread
    return abs(slope) * (end - begin) / y_mean


def _staying(found: Iterable[Span], span: Window) -> float:
    """Share of the cards started in the first half of the span that are open at its end."""
    middle = _middle(span)
    early = [one for one in found if one.started in Window(middle, span.since)]
    return sum(one.ended is None or one.ended > span.until for one in early) / len(early) if early else 0.0


def _middle(span: Window) -> date:
    return (span.since or span.until) + (span.until - (span.since or span.until)) / 2


def assumption_text(word: str) -> str:
    """What a failed assumption means, in the language in force."""
    texts = {
        "too-few-exits": _("fewer than {count} cards have left the flow").format(count=FEWEST_EXITS),
        "arrivals-differ": _("not as many cards arrive as leave"),
        "wip-drifts": _("the work in progress grows or shrinks"),
        "age-drifts": _("the work in progress is getting older or younger"),
        "cards-stay": _("more than one card in ten, of those begun early enough, never left"),
    }
    return texts[word]
