"""What became of the cards that entered each column: counts first, then the share that goes on within 90 days."""

from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_number, format_percent
from kanban.metrics.base.incidence import HIT, OPEN, OTHER
from kanban.metrics.base.intervals import Rate
from kanban.metrics.figure_wording import value_text, window_text
from kanban.metrics.flow.conversion import HORIZON, Conversion
from kanban.metrics.report import Report
from kanban.render.charts.base.answers import behind
from kanban.render.charts.base.chart import Behind, Chart, Spec, Table, table
from kanban.render.charts.base.theme import (
    FIFTH,
    FIRST,
    INK,
    LOST,
    SOFT,
    WIDTH,
    layer,
    quantity,
    specification,
    telling,
    told_apart,
)
from kanban.render.charts.base.wording import Links, flow_note
from kanban.rituals.bottleneck import Bottleneck

_ENDS = {"advanced": HIT, "open": OPEN, "exited": OTHER}


def funnel(report: Report, links: Links, *, fewest: int = 1, held: Bottleneck | None = None) -> Chart:
    """One bar a column that at least `fewest` cards entered; the title names the bottleneck of the flow review."""
    names = {column.key: column.title for column in report.ledger.config.open_columns}
    found = [one for one in report.conversion if one.entered >= fewest]
    title = _("No card has entered a column yet")
    if found:
        title = _("No column holds the flow up for certain: too few cards were decided")
    if held is not None and held.rate is not None:
        text = _("{column} holds the flow up: {rate} of {count} went on, {weeks}")
        title = text.format(
            column=held.column.title, rate=value_text(held.conversion), count=held.n, weeks=window_text(held.conversion)
        )
    population = _("Cards by their first entry into each column; right: share within {days} days and its 95% interval")
    return Chart(
        "funnel",
        title,
        flow_note(report, population.format(days=HORIZON), sum(one.entered for one in found[:1])),
        _spec(found, names) if found else None,
        _table(found, names),
        _behind(report, links, found, names),
    )


def _behind(report: Report, links: Links, found: list[Conversion], names: dict[str, str]) -> tuple[Behind, ...]:
    rows = []
    for one in found:
        for label, field, _color in _parts():
            cards = [
                passage.card
                for passage in report.ledger.passages.through[one.column]
                if passage.entered in report.window and passage.end == _ENDS[field]
            ]
            if cards:
                rows.append(behind(links, _said(names[one.column], label, getattr(one, field)), cards[::-1]))
    return tuple(rows)


def _parts() -> tuple[tuple[str, str, str], ...]:
    return ((_("went on"), "advanced", FIRST), (_("still there"), "open", FIFTH), (_("left"), "exited", LOST))


def _said(column: str, label: str, count: int) -> str:
    return f"{column}, {label}{_(': ')}{count}"


def _table(found: list[Conversion], names: dict[str, str]) -> Table:
    headers = [_("Column"), _("Entered"), _("Went on"), _("Left"), _("Open"), _("Rate"), _("Within 90 days")]
    rows = [
        [
            names[one.column],
            str(one.entered),
            str(one.advanced),
            str(one.exited),
            str(one.open),
            _rate(one.plain),
            interval(one.within_90_days),
            str(one.skipped),
        ]
        for one in found
    ]
    return table([*headers, _("Skipped")], rows)


def _rate(rate: Rate) -> str:
    return "–" if rate.rate is None else format_percent(rate.rate, digits=0)


def interval(rate: Rate) -> str:
    """`72 % (60–82 %)`; a dash where nothing is known."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return "–"
    low, high = format_number(rate.low * 100, digits=0), format_percent(rate.high, digits=0)
    return f"{format_percent(rate.rate, digits=0)} ({low}–{high})"


def _spec(found: list[Conversion], names: dict[str, str]) -> Spec:
    """Stacked bars, one a column, with the interval at the end of each."""
    parts = _parts()
    rows: list[dict[str, Any]] = [
        {
            "column": names[one.column],
            "part": label,
            "order": at,
            "count": getattr(one, field),
            "said": _said(names[one.column], label, getattr(one, field)),
        }
        for one in found
        for at, (label, field, _color) in enumerate(parts)
    ]
    order = [names[one.column] for one in found]
    axis = {"title": None, "grid": False, "labelLimit": 110, "labelPadding": 4, "labelColor": INK}
    column = {"field": "column", "type": "nominal", "sort": order, "axis": axis}
    bars = telling(
        rows,
        "bar",
        {"size": 18},
        y=column,
        x=quantity("count", axis={"title": None, "tickCount": 4, "domain": False}),
        color=_colors({label: color for label, _field, color in parts}),
        order=quantity("order"),
    )
    return specification(bars, _intervals(found, names, column), width=WIDTH - 172, height=34 * len(found))


def _intervals(found: list[Conversion], names: dict[str, str], column: Spec) -> Spec:
    """The share that goes on, in words at the end of each bar."""
    labels = [
        {"column": names[one.column], "count": one.entered, "text": interval(one.within_90_days)} for one in found
    ]
    return layer(labels, "text", {"align": "left", "dx": 5}, y=column, x=quantity("count"), text="text")


def _colors(parts: dict[str, str]) -> Spec:
    """The three parts with their colours and a legend above the bars: they are too thin to be labelled."""
    legend = {"orient": "top", "title": None, "labelColor": SOFT, "symbolType": "square", "symbolStrokeWidth": 0}
    return told_apart("part", parts, sort=list(parts), legend=legend)
