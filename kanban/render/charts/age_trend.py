"""The mean age of the work in progress, day by day."""

from datetime import date

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_days, format_number
from kanban.metrics.report import Report
from kanban.render.charts.base.answers import listed, strips
from kanban.render.charts.base.chart import Chart, table
from kanban.render.charts.base.labels import nice_top
from kanban.render.charts.base.theme import count_axis, days_axis, layer, specification
from kanban.render.charts.base.wording import Links, note, sampled

_TABLE_STEP = 7


def age_trend(report: Report, _links: Links) -> Chart:
    """The mean age of the work in progress: it grows before cycle times do."""
    trend = report.age_trend
    means = [(at, trend.mean(at)) for at in range(len(trend.cards))]
    known = [(at, mean) for at, mean in means if mean is not None]
    title = _("Nothing is in progress")
    if known:
        title = _("The open cards are {days} old on average").format(days=format_days(round(known[-1][1]), short=False))
    rows = [
        {"day": date.fromordinal(trend.first.toordinal() + at).isoformat(), "age": round(mean, 2)}
        for place, (at, mean) in enumerate(known)
        if place in set(sampled(len(known)))
    ]
    highest = nice_top(max((mean for _at, mean in known), default=1))
    line = layer(rows, "line", x={"field": "day", **days_axis()}, y={"field": "age", **count_axis(highest)})
    lines = [
        [format_date(date.fromordinal(trend.first.toordinal() + at), "medium"), format_number(mean)]
        for at, mean in known[-1::-_TABLE_STEP]
    ]
    told = [
        (day, listed(format_date(day, "medium"), [(format_number(mean), "")]).strip())
        for at, mean in known[-1::-_TABLE_STEP]
        for day in [date.fromordinal(trend.first.toordinal() + at)]
    ]
    return Chart(
        "age-trend",
        title,
        note(report, _("Mean days since the start, at the end of each day"), trend.cards[-1] if trend.cards else 0),
        specification(line, strips(told, highest), height=130) if len(rows) > 1 else None,
        table([_("Day"), _("Mean age in days")], lines),
        over_time="day",
    )
