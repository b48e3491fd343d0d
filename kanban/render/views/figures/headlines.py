"""The five figures at the top of the numbers page, each with its trend, its target and its light."""

from dataclasses import dataclass
from datetime import date

from kanban.forecast.forecast import Forecast
from kanban.forecast.wording import record_text
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.report import Report
from kanban.metrics.targets import CYCLE_TIME, NEXT_ACTION, PIPELINE, THROUGHPUT, TargetRow
from kanban.metrics.wording import light_word, name_of
from kanban.model.typed.values import Money
from kanban.render.views.figures.sparklines import Spark, spark
from kanban.render.views.figures.targets import amount_text

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


def headlines(report: Report, *, forecast: Forecast | None = None, public: bool = False) -> tuple[Headline, ...]:
    """Throughput, cycle time, weighted pipeline, cards without a next action, and the forecast when there is one."""
    rows = {row.metric: row for row in report.targets}
    weeks = report.throughput.weeks[-_TREND:]
    wins = spark([week.won for week in weeks], ", ".join(str(week.won) for week in weeks))
    won = [one.days for one in report.cycle_time.cards if one.outcome == "won"][-_TREND:]
    times = spark(won, ", ".join(format_days(days) for days in won))
    found = [
        _headline(rows[THROUGHPUT], _won_per_week(rows[THROUGHPUT]), wins),
        _cycle_headline(rows[CYCLE_TIME], report, times),
    ]
    if not public:
        found.append(_headline(rows[PIPELINE], _("amount × probability, by month of the close date"), _months(report)))
        found.append(_headline(rows[NEXT_ACTION], _next_actions(report), None))
    if forecast is not None and forecast.recommended:
        found.append(_outlook(forecast))
    return tuple(found)


def _outlook(forecast: Forecast) -> Headline:
    """The middle of the recommended forecast; its distribution stands where the others have their past."""
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
    return Headline(_("Forecast"), str(levels[50]), unit, rule, sure, "none", "", spark(chances, words, newest=False))


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


def _next_actions(report: Report) -> str:
    """How many cards the share is of, and whose next action is late."""
    found = report.next_action
    text = ngettext("of {count} open card, {late} late", "of {count} open cards, {late} late", found.open)
    return text.format(count=found.open, late=len(found.overdue))


def _won_per_week(row: TargetRow) -> str:
    """The figure's window, as the chart below has another."""
    text = ngettext("won per week, over {count} week", "won per week, over {count} weeks", row.n)
    return text.format(count=row.n)


def _headline(row: TargetRow, unit: str, trend: Spark | None) -> Headline:
    target = amount_text(row.target, row.unit) if row.target is not None else ""
    start = amount_text(row.baseline, row.unit) if row.baseline is not None else ""
    return Headline(
        label=name_of(row.metric),
        value=amount_text(row.value, row.unit),
        unit=unit,
        start=_("before {value}").format(value=start) if start else "",
        target=_("target {value}").format(value=target) if target else "",
        light=row.light,
        word=light_word(row.light),
        spark=trend,
    )


def _cycle_headline(row: TargetRow, report: Report, trend: Spark | None) -> Headline:
    """Median and 85th percentile of all won deals; the light is that of the recent median against its target."""
    won = report.cycle_time.won
    found = _headline(row, "", trend)
    value = NO_NUMBER if won.p50 is None or won.p85 is None else f"{won.p50} / {format_days(won.p85)}"
    return Headline(
        found.label, value, _("p50 / p85, won deals"), found.start, found.target, found.light, found.word, trend
    )
