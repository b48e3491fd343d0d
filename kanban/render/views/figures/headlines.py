"""The five figures at the top of the numbers page, each with its trend, its target and its light."""

from dataclasses import dataclass, replace
from datetime import date

from kanban.forecast.forecast import Forecast
from kanban.forecast.wording import before_text, record_text, young_text
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.baselines import CYCLE_TIME, NEXT_ACTION, PIPELINE, THROUGHPUT
from kanban.metrics.figure_wording import amount_text, doubt_text, interval_text, value_text, window_text
from kanban.metrics.report import Report
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import light_word, name_of
from kanban.model.typed.values import Money
from kanban.render.views.figures.sparklines import Spark, spark
from kanban.render.views.monday import Counts
from kanban.render.views.wall.columns import apart

_TREND = 12
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures."""

    label: str
    value: str
    unit: str
    start: str
    target: str
    light: str
    word: str
    spark: Spark | None


def headlines(
    report: Report, *, forecast: Forecast | None = None, public: bool = False, before: Counts | None = None
) -> tuple[Headline, ...]:
    """Throughput, cycle time, weighted pipeline, cards without a next action, and the forecast when there is one.

    `before` is what the board counted a week ago.
    """
    rows = {row.metric: row for row in report.targets}
    weeks = report.throughput.weeks[-_TREND:]
    wins = spark([week.won for week in weeks], ", ".join(str(week.won) for week in weeks))
    won = [one.days for one in report.cycle_time.cards if one.outcome == "won"][-_TREND:]
    times = spark(won, ", ".join(format_days(days) for days in won))
    found = [
        _headline(rows[THROUGHPUT], _said(rows[THROUGHPUT]), wins),
        _headline(rows[CYCLE_TIME], _said(rows[CYCLE_TIME], _won_deals(rows[CYCLE_TIME])), times),
    ]
    if not public:
        unit = _("amount × probability, by month of the close date")
        first, others = _by_currency(report)
        pipeline = _headline(rows[PIPELINE], f"{others} · {unit}" if others else unit, _months(report))
        pipeline = replace(pipeline, value=first) if others and first else pipeline
        missing = _headline(rows[NEXT_ACTION], _next_actions(report), None)
        found.append(_against(pipeline, before["weighted"] if before else ""))
        found.append(_against(missing, _share(before["missing"], before["open"]) if before else ""))
    if forecast is not None and forecast.recommended:
        found.append(_outlook(forecast))
    return tuple(found)


def _against(headline: Headline, then: str) -> Headline:
    """The figure with what it was a week ago, where that is known and it has no other past to stand against."""
    if not then or headline.start:
        return headline
    return replace(headline, start=_("{amount} 7 days ago").format(amount=then))


def _share(count: int, of: int) -> str:
    return format_percent(count / of, digits=0) if of else ""


def _outlook(forecast: Forecast) -> Headline:
    """The middle of the recommended forecast; its distribution stands where the others have their past."""
    if not forecast.enough_history:
        return Headline(_("Forecast"), NO_NUMBER, young_text(forecast), "", "", "none", "", None)
    levels, origin, record = forecast.recommended, forecast.origin, forecast.record
    low, high = (levels[10], levels[90]) if record.promises or origin is None else origin.range
    unit = ngettext(
        "wins next week, {low} to {high}; {record}", "wins in {count} weeks, {low} to {high}; {record}", forecast.weeks
    ).format(count=forecast.weeks, low=low, high=high, record=record_text(forecast))
    chances = [chance for chance in forecast.wins or () if chance >= _LEAST]
    words = ", ".join(format_percent(chance, digits=0) for chance in chances)
    sheet = forecast.sheet
    rule = _("sheet’s rule {count}").format(count=format_number(sheet.expected)) if sheet is not None else ""
    sure = _("at least {count}, 85% sure").format(count=forecast.at_least[85]) if record.promises else ""
    then = " · ".join(part for part in (before_text(forecast), rule) if part)
    return Headline(_("Forecast"), str(levels[50]), unit, then, sure, "none", "", spark(chances, words, newest=False))


def _months(report: Report) -> Spark | None:
    """The weighted pipeline over the months to come: where it leads stands where the others have their past."""
    currency = report.ledger.config.currency
    pipeline = report.weighted_pipeline.currencies.get(currency)
    months = list(pipeline.months.items())[:_TREND] if pipeline is not None else []
    words = [
        f"{format_date(date.fromisoformat(f'{month}-01'), 'month')} {format_money(Money(amount, currency), short=True)}"
        for month, amount in months
    ]
    return spark([float(amount) for _month, amount in months], ", ".join(words), newest=False)


def _by_currency(report: Report) -> tuple[str, str]:
    """What the pipeline weighs in the board's currency, or else in that which weighs most, and in the others."""
    sums = {code: one.total for code, one in report.weighted_pipeline.currencies.items() if one.total}
    found = apart(sums, report.ledger.config.currency)
    return found.first, found.others


def _next_actions(report: Report) -> str:
    """How many cards the share is of, and whose next action is late."""
    found = report.next_action
    text = ngettext("of {count} open card, {late} late", "of {count} open cards, {late} late", found.open)
    return text.format(count=found.open, late=len(found.overdue))


def _won_deals(row: TargetRow) -> str:
    text = ngettext("median of {count} won deal", "median of {count} won deals", row.n)
    return text.format(count=row.n)


def _said(row: TargetRow, *parts: str) -> str:
    """What the figure is of, over which days, on how many, how sure, and whether chance may explain it."""
    doubt = doubt_text(row, chance=row.chance)
    sure = _("95% between {low} and {high}").format(low=_end(row.low, row), high=_end(row.high, row))
    found = (*parts, window_text(row), sure if interval_text(row) else "", doubt)
    return " · ".join(part for part in found if part)


def _end(value: float | None, row: TargetRow) -> str:
    return amount_text(value, row.unit, bare=True)


def _headline(row: TargetRow, unit: str, trend: Spark | None) -> Headline:
    target = amount_text(row.target, row.unit, short=True) if row.target is not None else ""
    start = amount_text(row.baseline, row.unit, short=True) if row.baseline is not None else ""
    return Headline(
        label=name_of(row.metric),
        value=value_text(row, short=True),
        unit=unit,
        start=_("before {value}").format(value=start) if start else "",
        target=_("target {value}").format(value=target) if target else "",
        light=row.light,
        word=light_word(row.light),
        spark=trend,
    )
