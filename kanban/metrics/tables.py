"""Tables: the report as headed rows, one table per question, for spreadsheets and for the data under each chart.

Headings are the stable names of the JSON document; days are ISO dates, amounts exact decimals, rates 0 to 1.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kanban.metrics.comparison import Comparison
from kanban.metrics.report import Report
from kanban.metrics.wording import action_of
from kanban.values import dataclass

_SURE = ("population", "since", "until", "low", "high", "too_thin", "chance")
Cell = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True)
class Table:
    """A name, the headings, and rows of as many cells."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def report_tables(report: Report, comparison: Comparison | None = None) -> tuple[Table, ...]:
    """Every table of the report; the comparison's when there is one."""
    found = [*_flow(report), *_cards(report), *_money(report), *_reasons(report)]
    if comparison is not None:
        rows = tuple(
            (one.metric, one.column, one.unit, one.now.value, one.then.value, one.now.n, one.then.n, one.change.value)
            for one in comparison.rows
        )
        header = ("metric", "column", "unit", "now", "then", "n_now", "n_then", "change")
        found.append(Table("compare", header, rows))
    return tuple(found)


def _flow(report: Report) -> Iterator[Table]:
    weeks = report.throughput.weeks
    yield Table(
        "throughput_weeks",
        ("week", "monday", "won", "lost", "parked", "deleted", "arrivals"),
        tuple((one.key, one.monday, one.won, one.lost, one.parked, one.deleted, one.arrivals) for one in weeks),
    )
    yield wip_daily(report)
    yield cumulative(report)
    yield _conversion(report)
    spent = report.time_in_column
    rows = tuple((one.column, one.n, one.p50, one.p85) for one in spent)
    yield Table("time_in_column", ("column", "n", "p50", "p85"), rows)


def _conversion(report: Report) -> Table:
    header = (
        "column",
        "entered",
        "advanced",
        "exited",
        "open",
        "rate",
        "low",
        "high",
        "incidence_90d",
        "reached",
        "passed",
    )
    rows = tuple(
        (
            one.column, one.entered, one.advanced, one.exited, one.open, one.rate, one.plain.low, one.plain.high,
            one.within_90_days.rate, one.reached, one.passed,
        )
        for one in report.conversion
    )  # fmt: skip
    return Table("conversion", header, rows)


def wip_daily(report: Report) -> Table:
    """Cards per open column at the end of each day, and their sum."""
    stock = report.stock
    columns = report.ledger.track.open_columns
    total = stock.total(report.ledger.track.counted)
    series = (*(stock.counts[column] for column in columns), total)
    return Table("wip_daily", ("day", *columns, "total"), _by_day(stock.dates, series))


def _by_day(days: tuple[date, ...], series: tuple[tuple[int, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((day, *(one[at] for one in series)) for at, day in enumerate(days))


def cumulative(report: Report) -> Table:
    """The lines of the cumulative flow diagram, day by day."""
    lines = report.cumulative_flow
    header = ("day", *lines.reached, *(f"left_{kind}" for kind in lines.departed))
    series = (*lines.reached.values(), *lines.departed.values())
    return Table("cumulative_flow", header, _by_day(report.stock.dates, series))


def _cards(report: Report) -> Iterator[Table]:
    yield Table(
        "cycle_time",
        ("card", "started", "ended", "days", "outcome"),
        tuple((one.card, one.started, one.ended, one.days, one.outcome) for one in report.cycle_time.cards),
    )
    rows = tuple(
        (
            one.card,
            one.column,
            one.clocks.age_days,
            one.clocks.column_days,
            one.clocks.idle_days,
            one.light,
            one.escalate,
        )
        for one in report.age
    )
    yield Table("age", ("card", "column", "age_days", "column_days", "idle_days", "light", "escalate"), rows)
    yield Table(
        "slips",
        ("card", "first", "current", "days", "pushes", "delays", "pull_ins", "flagged"),
        tuple(
            (one.card, one.first, one.current, one.days, one.pushes, one.delays, one.pull_ins, one.flagged)
            for one in report.slips
        ),
    )
    yield Table(
        "blocks",
        ("card", "cause", "since", "until", "days", "ended"),
        tuple((one.card, one.cause, one.since, one.until, one.days, one.ended) for one in report.block_spells),
    )


def _money(report: Report) -> Iterator[Table]:
    rows: list[tuple[Cell, ...]] = []
    for currency, one in report.weighted_pipeline.currencies.items():
        rows += [(currency, "past_due", one.past_due), (currency, "undated", one.undated)]
        rows += [(currency, month, amount) for month, amount in one.months.items()]
        rows.append((currency, "total", one.total))
    yield Table("weighted_pipeline", ("currency", "bucket", "weighted"), tuple(rows))
    header = ("cut", "key", "open", "won", "lost", "parked", "decided_rate", "without_next_action", "overdue")
    groups = {"owner": report.cuts.owners, "source": report.cuts.sources, "class": report.cuts.classes}
    people = tuple(
        (
            name, cut.key, cut.open, cut.won, cut.lost, cut.parked, cut.win_rate.rate if cut.win_rate else None,
            cut.without_next_action, cut.overdue,
        )
        for name, cuts in groups.items()
        for cut in cuts
    )  # fmt: skip
    yield Table("cuts", header, people)


def _reasons(report: Report) -> Iterator[Table]:
    nothing: dict[str, Decimal | None] = {"": None}
    rows = tuple(
        (one.reason, one.count, currency, amount)
        for one in report.loss_reasons
        for currency, amount in ({**one.amounts} or nothing).items()
    )
    yield Table("loss_reasons", ("reason", "count", "currency", "amount"), rows)
    yield Table(
        "targets",
        ("metric", "column", "unit", "value", "baseline", "target", "light", "n", "if_red", *_SURE),
        tuple(
            (
                row.metric, row.column, row.unit, row.value, row.baseline, row.target, row.light, row.n, action_of(row),
                *(getattr(row, name) for name in _SURE),
            )
            for row in report.targets
        ),
    )  # fmt: skip
