"""Cards over time: the cumulative flow, and the exact stock of each column."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.metrics.report import Report
from kanban.render.charts.base.answers import behind, listed, standing_on, strips, weekly
from kanban.render.charts.base.chart import Chart, Spec, table
from kanban.render.charts.base.labels import end_labels, nice_top
from kanban.render.charts.base.theme import (
    LOST,
    PARKED,
    SHADES,
    WIDTH,
    WON,
    count_axis,
    days_axis,
    layer,
    quantity,
    specification,
)
from kanban.render.charts.base.wording import Links, first_day, note, sampled

_TABLE_WEEKS, _NAMED_WEEKS = 7, 5
_PLOT, _AREA_HEIGHT = WIDTH - 110, 240


def cumulative_flow(report: Report, _links: Links) -> Chart:
    """Bands of cards that had reached a column and no later one; departures at the bottom, by first exit."""
    flow = report.cumulative_flow
    names = _column_names(report)
    columns = list(flow.reached)
    left = [sum(flow.departed[kind][at] for kind in flow.departed) for at in range(flow.days)]
    exits = {"won": _("won"), "lost": _("lost"), "parked": _("parked"), "deleted": _("deleted")}
    bands: list[tuple[str, Sequence[int]]] = [
        (exits[kind], counts) for kind, counts in flow.departed.items() if any(counts)
    ]
    for at in range(len(columns) - 1, -1, -1):
        beyond = flow.reached[columns[at + 1]] if at + 1 < len(columns) else left
        own = flow.reached[columns[at]]
        bands.append((names[columns[at]], [high - low for high, low in zip(own, beyond, strict=True)]))
    colors = [{exits["won"]: WON, exits["lost"]: LOST}.get(name, PARKED) for name, _counts in bands[: -len(columns)]]
    colors += [SHADES[at % len(SHADES)] for at in range(len(columns))]
    arrived = flow.reached[columns[0]][-1] if columns and flow.days else 0
    title = _("{arrived} cards arrived and {left} left since {day}").format(
        arrived=arrived, left=left[-1] if left else 0, day=format_date(flow.first, "long")
    )
    population = _("Cards that had reached each column, day by day; {back} moves back, {reopened} reopened").format(
        back=flow.back_moves, reopened=flow.reopened
    )
    population += _first_exits(report)
    days = [flow.first.fromordinal(flow.first.toordinal() + at) for at in range(flow.days)]
    return Chart(
        "cumulative-flow",
        title,
        note(report, population, arrived, since=flow.first),
        _areas(days, bands, colors) if flow.days > 1 else None,
        _weekly_table(days, bands),
        over_time="day",
    )


def _first_exits(report: Report) -> str:
    """Where cards that were reopened make the lines end elsewhere than the counts: by how much."""
    flow, now = report.cumulative_flow, Counter(journey.outcome for journey in report.journeys)
    names = {"won": _("won"), "lost": _("lost"), "parked": _("parked"), "deleted": _("deleted")}
    there = {kind: counts[-1] if flow.days else 0 for kind, counts in flow.departed.items()}
    text = _("{exit} {first}, now {now}")
    told = [text.format(exit=names[key], first=there[key], now=now[key]) for key in there if there[key] != now[key]]
    return " · " + _("exits by the first one: {counts}").format(counts=", ".join(told)) if told else ""


def stock(report: Report, links: Links) -> Chart:
    """What really stood in each open column at the end of each day."""
    names = _column_names(report)
    since = first_day(report)
    whole = report.stock
    skip = (since - whole.first).days if since is not None and whole.days else 0
    days = list(whole.dates)[skip:]
    bands = [(names[key], whole.counts[key][skip:]) for key in reversed(names)]
    colors = [SHADES[at % len(SHADES)] for at in range(len(bands))]
    now = sum(counts[-1] for _name, counts in bands) if days else 0
    before = sum(counts[-29] for _name, counts in bands) if len(days) > 28 else None
    title = ngettext("{count} open card", "{count} open cards", now).format(count=now)
    if before is not None:
        title = ngettext(
            "{count} open card, against {before} four weeks ago",
            "{count} open cards, against {before} four weeks ago",
            now,
        ).format(count=now, before=before)
    return Chart(
        "stock",
        title,
        note(report, _("Cards in each open column at the end of each day"), now, since=since),
        _areas(days, bands, colors) if len(days) > 1 else None,
        _weekly_table(days, bands),
        tuple(
            behind(links, _said(days[at], bands, at), standing_on(report, days[at]))
            for at in reversed(weekly(days)[-_NAMED_WEEKS:])
        ),
        over_time="day",
    )


def _column_names(report: Report) -> dict[str, str]:
    config = report.ledger.config
    return {column.key: column.title for column in config.open_columns if column.key in report.ledger.track.counted}


def _areas(days: Sequence[date], bands: Sequence[tuple[str, Sequence[int]]], colors: list[str]) -> Spec:
    """Stacked bands, the first at the bottom, each named at its right end."""
    kept = sampled(len(days))
    rows = [
        {"day": days[at].isoformat(), "band": name, "order": order, "count": counts[at]}
        for order, (name, counts) in enumerate(bands)
        for at in kept
    ]
    names = [name for name, _counts in bands]
    top = nice_top(max((sum(counts[at] for _name, counts in bands) for at in kept), default=1))
    area = layer(
        rows,
        "area",
        {"line": False},
        x={"field": "day", **days_axis()},
        y={"field": "count", "stack": "zero", **count_axis(top)},
        color={"field": "band", "type": "nominal", "scale": {"domain": names, "range": colors}, "legend": None},
        order=quantity("order"),
    )
    labels, stacked = [], 0
    for name, counts in bands:
        if counts[-1]:
            labels.append((stacked + counts[-1] / 2, f"{name} {counts[-1]}"))
        stacked += counts[-1]
    text = end_labels(labels, width=_PLOT, height=_AREA_HEIGHT, top=top)
    told = strips([(days[at], _said(days[at], bands, at)) for at in weekly(days)], top)
    return specification(area, told, text, width=_PLOT, height=_AREA_HEIGHT)


def _said(day: date, bands: Sequence[tuple[str, Sequence[int]]], at: int) -> str:
    return listed(format_date(day, "medium"), ((name, counts[at]) for name, counts in reversed(bands) if counts[at]))


def _weekly_table(days: Sequence[date], bands: Sequence[tuple[str, Sequence[int]]]) -> Any:
    """One row a week, the newest first; the chart has every day."""
    headers = [_("Day"), *(name for name, _counts in reversed(bands))]
    kept = range(len(days) - 1, -1, -_TABLE_WEEKS)
    return table(
        headers,
        [[format_date(days[at], "medium"), *(str(counts[at]) for _name, counts in reversed(bands))] for at in kept],
    )
