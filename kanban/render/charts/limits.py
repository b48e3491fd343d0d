"""Each column against its limit, day by day."""

from datetime import date
from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days
from kanban.metrics.report import Report
from kanban.model.settings.columns import Column
from kanban.render.charts.base.chart import Chart, Spec, Table, dated, table
from kanban.render.charts.base.theme import FIRST, INK, RED, SOFT, WIDTH, count_axis, days_axis, specification
from kanban.render.charts.base.wording import Links, first_day, note, sampled

_EVERY = 7
"""Of the days drawn, one in so many says its count."""


def wip_against_limit(report: Report, _links: Links) -> Chart:
    """Each limited column's cards day by day, under the limit that was in force."""
    since = first_day(report)
    limited = [column for column in report.ledger.config.open_columns if column.wip is not None]
    rows = _rows(report, limited, since)
    over = sum(breach.days for breach in report.wip.breaches.values())
    title = _("No limit was ever exceeded")
    if over:
        title = ngettext(
            "A limit was exceeded on {days} day, counting each column by itself",
            "A limit was exceeded on {days} days, counting each column by itself",
            over,
        ).format(days=over)
    return Chart(
        "wip-limits",
        title,
        note(report, _("Cards at the end of each day; dashed: the limit in force"), report.wip.total, since=since),
        _facets(rows, [column.title for column in limited]) if rows else None,
        _table(report, limited),
        over_time="day",
    )


def _rows(report: Report, limited: list[Column], since: date | None) -> list[dict[str, Any]]:
    """One row a column and drawn day."""
    whole = report.stock
    skip = (since - whole.first).days if since is not None and whole.days else 0
    rows: list[dict[str, Any]] = []
    for column in limited:
        counts = whole.counts.get(column.key, ())
        drawn = sampled(len(counts) - skip)
        for place, at in enumerate(drawn):
            day, count = whole.day(skip + at), counts[skip + at]
            limit = report.ledger.limits.on(day).get(column.key)
            over = count if limit is not None and count > limit else None
            of = f"{count} / {limit}" if limit is not None else str(count)
            rows.append(
                {
                    "column": column.title,
                    "day": day.isoformat(),
                    "count": count,
                    "limit": limit,
                    "over": over,
                    "said": dated(day, f"{column.title}, {format_date(day, 'medium')}{_(': ')}{of}"),
                    "place": max(counts) / 2,
                    "told": (len(drawn) - 1 - place) % _EVERY == 0,
                }
            )
    return rows


def _table(report: Report, limited: list[Column]) -> Table:
    lines = []
    for column in limited:
        level = report.wip.columns[column.key]
        breach = report.wip.breaches.get(column.key)
        days, worst = (breach.days, breach.worst) if breach else (0, 0)
        lines.append([column.title, str(level.count), str(level.limit), format_days(days), str(worst)])
    return table([_("Column"), _("Cards"), _("Limit"), _("Days over"), _("Worst excess")], lines)


def _facets(rows: list[dict[str, Any]], names: list[str]) -> Spec:
    """One low panel a column, all over the same days."""
    x = {"field": "day", **days_axis()}
    y = {"field": "count", **count_axis()}
    steps = {"type": "line", "interpolate": "step-after"}
    told = {
        "type": "point",
        "shape": "square",
        "size": 2000,
        "filled": True,
        "opacity": 1,
        "fillOpacity": 0,
        "aria": True,
    }
    layers = [
        {"mark": {**steps, "color": FIRST}, "encoding": {"x": x, "y": y}},
        {
            "mark": {**steps, "color": SOFT, "strokeDash": [4, 3], "strokeWidth": 1},
            "encoding": {"x": x, "y": {"field": "limit", **count_axis()}},
        },
        {
            "mark": {"type": "point", "color": RED, "shape": "triangle-up", "size": 30},
            "encoding": {"x": x, "y": {"field": "over", **count_axis()}},
        },
        {
            "mark": told,
            "transform": [{"filter": "datum.told"}],
            "encoding": {"x": x, "y": {"field": "place", **count_axis()}, "description": {"field": "said"}},
        },
    ]
    header = {"title": None, "labelAngle": 0, "labelAlign": "left", "labelAnchor": "start", "labelOrient": "top"}
    row = {"field": "column", "type": "nominal", "sort": names, "header": {**header, "labelColor": INK}}
    return {
        **{key: value for key, value in specification().items() if key not in ("layer", "width", "height")},
        "data": {"values": rows},
        "facet": {"row": row},
        "spacing": 14,
        "resolve": {"scale": {"y": "independent"}},
        "spec": {"width": WIDTH, "height": 52, "layer": layers},
    }
