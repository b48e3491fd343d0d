"""Deals won per week, with the range in which they stay by chance; and what arrived against what left."""

from collections.abc import Sequence
from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.metrics.base.figure import PER_WEEK
from kanban.metrics.base.journeys import WON as WON_CARD
from kanban.metrics.baselines import THROUGHPUT
from kanban.metrics.figure_wording import amount_text, value_text, window_text
from kanban.metrics.flow.throughput import Week
from kanban.metrics.report import Report
from kanban.metrics.wording import weeks_text
from kanban.render.charts.base.answers import behind, by_week
from kanban.render.charts.base.chart import Behind, Chart, Spec, dated, table
from kanban.render.charts.base.labels import across, end_labels, nice_top
from kanban.render.charts.base.theme import (
    FIRST,
    FOURTH,
    HEIGHT,
    SOFT,
    WIDTH,
    WON,
    count_axis,
    days_axis,
    layer,
    quantity,
    specification,
    telling,
)
from kanban.render.charts.base.wording import Links, note

WEEKS = 26
_PLOT = WIDTH - 140


def throughput(report: Report, links: Links) -> Chart:
    """Wins per complete week, zeros included, with mean and natural limits."""
    weeks = report.throughput.weeks[-WEEKS:]
    limits = report.throughput_limits
    now = next(row for row in report.targets if row.metric == THROUGHPUT)
    won = sum(week.won for week in weeks)
    title = _("No complete week yet")
    if now.value is not None:
        title = _("Deals won: {mean}, {weeks}").format(mean=value_text(now), weeks=window_text(now))
    top = nice_top(max([week.won for week in weeks] + ([limits.high] if limits else []), default=1))
    bars = [
        {"week": week.monday.isoformat(), "count": week.won, "said": dated(week.monday, _said(week))} for week in weeks
    ]
    layers = [_bars(bars, WON, top)]
    if limits is not None:
        mean, chance = (amount_text(level, PER_WEEK, bare=True) for level in (limits.mean, limits.high))
        over = _("mean of {weeks} {value}").format(weeks=weeks_text(len(report.throughput.weeks)), value=mean)
        named = [(limits.mean, over), (limits.high, _("chance {value}").format(value=chance))]
        levels = [round(level, 3) for level, _text in named]
        layers += [across(levels), end_labels(named, width=_PLOT, height=HEIGHT, top=top)]
    rows = [
        [_week_name(week), str(week.won), str(week.lost), str(week.parked), str(week.arrivals)]
        for week in reversed(weeks)
    ]
    population = _("Deals won per complete week")
    if limits is not None:
        population = _("Deals won per complete week; below the line “chance”, weeks differ by chance alone")
    return Chart(
        "throughput",
        title,
        note(report, population, won, since=weeks[0].monday if weeks else None),
        specification(*layers, width=_PLOT) if weeks else None,
        table([_("Week of"), _("Won"), _("Lost"), _("Parked"), _("Arrived")], rows),
        _won_behind(report, links, weeks),
        over_time="week",
    )


def _won_behind(report: Report, links: Links, weeks: Sequence[Week]) -> tuple[Behind, ...]:
    won = by_week((one for one in report.journeys if one.outcome == WON_CARD), lambda one: one.ended)
    return tuple(behind(links, _said(week), won[week.monday]) for week in reversed(weeks) if week.monday in won)


def net_flow(report: Report, links: Links) -> Chart:
    """Arrivals minus exits per complete week: above the line the work piles up."""
    weeks = report.throughput.weeks[-WEEKS:]
    recent = sum(week.arrivals - week.exits for week in report.throughput.recent)
    if recent > 0:
        title = ngettext(
            "{count} more card arrived than left in six weeks",
            "{count} more cards arrived than left in six weeks",
            recent,
        ).format(count=recent)
    elif recent < 0:
        title = ngettext(
            "{count} more card left than arrived in six weeks",
            "{count} more cards left than arrived in six weeks",
            -recent,
        ).format(count=-recent)
    else:
        title = _("As many cards arrived as left in six weeks")
    rows = [
        {
            "week": week.monday.isoformat(),
            "count": week.arrivals - week.exits,
            "said": dated(week.monday, _said_net(week)),
        }
        for week in weeks
    ]
    bars = _bars(rows, FIRST)
    bars["encoding"]["color"] = {"condition": {"test": "datum.count < 0", "value": FOURTH}, "value": FIRST}
    zero = layer([{"y": 0}], "rule", {"color": SOFT}, y=quantity("y"))
    n = sum(week.arrivals + week.exits for week in weeks)
    since = weeks[0].monday if weeks else None
    lines = [
        [_week_name(week), str(week.arrivals), str(week.exits), f"{week.arrivals - week.exits:+d}"]
        for week in reversed(weeks)
    ]
    return Chart(
        "net-flow",
        title,
        note(report, _("Cards arrived minus cards left, per complete week"), n, since=since),
        specification(bars, zero, height=130) if weeks else None,
        table([_("Week of"), _("Arrived"), _("Left"), _("Net")], lines),
        _flowed_behind(report, links, weeks),
        over_time="week",
    )


def _flowed_behind(report: Report, links: Links, weeks: Sequence[Week]) -> tuple[Behind, ...]:
    """Who arrived, then who left."""
    came = by_week(report.journeys, lambda one: one.started)
    left = by_week(report.journeys, lambda one: one.ended)
    found = []
    for week in reversed(weeks):
        cards = (*came.get(week.monday, ()), *left.get(week.monday, ()))
        if cards:
            found.append(behind(links, _said_net(week), list(dict.fromkeys(cards))))
    return tuple(found)


def _said(week: Week) -> str:
    return f"{_week_name(week)}{_(': ')}{week.won}"


def _said_net(week: Week) -> str:
    return f"{_week_name(week)}{_(': ')}{week.arrivals - week.exits:+d}"


def _week_name(week: Week) -> str:
    return format_date(week.monday, "medium")


def _bars(rows: list[dict[str, Any]], color: str, top: float | None = None) -> Spec:
    broad = max(3, int(_PLOT / (len(rows) + 1) * 0.62))
    weeks = days_axis()
    weeks["scale"] |= {"padding": broad // 2}  # of few weeks the first bar would cover what stands beside it
    style = {"color": color, "size": broad}
    return telling(rows, "bar", style, x={"field": "week", **weeks}, y={"field": "count", **count_axis(top)})
