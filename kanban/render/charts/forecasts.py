"""What the next weeks may bring, as a distribution; and how such forecasts did before, against what came."""

from datetime import date
from typing import Any

from kanban.forecast.backtest import Backtest
from kanban.forecast.ensemble.counts import LEVELS
from kanban.forecast.forecast import Forecast
from kanban.forecast.models.distribution import Pmf
from kanban.forecast.wording import at_least_text, backtest_text, recommended_text, sheet_text, title
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_number, format_percent
from kanban.metrics.report import Report
from kanban.render.charts.base.chart import Chart, Spec, table
from kanban.render.charts.base.labels import nice_top
from kanban.render.charts.base.theme import (
    FIRST,
    FULL,
    INK,
    LINE,
    RED,
    SECOND,
    THIRD,
    WIDTH,
    count_axis,
    days_axis,
    layer,
    quantity,
    specification,
    telling,
)
from kanban.render.charts.base.wording import note

_SHOWN, _FEWEST = 52, 12
_SHARES = {"title": None, "format": ".0%", "tickCount": 4}
_TAIL = 0.005
"""Outcomes less likely than this are not drawn; the table has them."""


def outcomes(report: Report, forecast: Forecast) -> Chart:
    """How likely each number of wins is; in full colour those that together come with 85 % confidence."""
    chances = forecast.wins if forecast.enough_history else None
    sure = forecast.at_least.get(85)
    heading = recommended_text(forecast)
    parts = (title(forecast), _("on the bars: chances in %"), at_least_text(forecast), _sheet(forecast))
    population = " · ".join(part for part in parts if part)
    rows = [
        [str(count), format_percent(chance), format_percent(sum((chances or ())[count:]))]
        for count, chance in enumerate(chances or ())
        if chance >= _TAIL / 10
    ]
    return Chart(
        "outcomes",
        heading[:1].upper() + heading[1:],
        note(report, population, len(forecast.evidence.weekly_wins)),
        _bars(chances, sure or 0) if chances is not None else None,
        table([_("Wins"), _("Exactly"), _("At least")], rows),
    )


def _sheet(forecast: Forecast) -> str:
    text = sheet_text(forecast)
    return _("sheet’s rule {text}").format(text=text) if text else ""


def _bars(chances: Pmf, sure: int) -> Spec:
    drawn = [count for count, chance in enumerate(chances) if chance >= _TAIL]
    rows: list[dict[str, Any]] = [
        {
            "wins": count,
            "chance": round(chances[count], 4),
            "sure": count >= sure,
            "said": f"{count}{_(': ')}{format_percent(chances[count])}",
            "text": format_number(chances[count] * 100, digits=0) if chances[count] >= 0.02 else "",
        }
        for count in range(drawn[0], drawn[-1] + 1)
    ]
    x = {"field": "wins", "type": "ordinal", "axis": {"title": None, "labelAngle": 0, "labelColor": INK}}
    y = quantity("chance", axis=None)
    color = {"condition": {"test": "datum.sure", "value": FIRST}, "value": THIRD}
    return specification(
        telling(rows, "bar", {"width": {"band": 0.8}}, x=x, y=y, color=color),
        layer(rows, "text", {"dy": -7}, x=x, y=y, text="text"),
        width=FULL,
    )


def calibration(report: Report, found: Backtest) -> Chart:
    """Past forecasts whose weeks do not overlap as their 10–90 % ranges, what came as dots; red outside."""
    shown = found.apart[-_SHOWN:]
    rows = [_origin(origin.levels(), origin.outcome, origin.day.isoformat()) for origin in shown]
    inside = sum(bool(row["inside"]) for row in rows)
    heading = _("No past forecast can be checked yet")
    if rows:
        heading = ngettext(
            "{inside} of {count} past forecast held what came in its range",
            "{inside} of {count} past forecasts held what came in their range",
            len(rows),
        ).format(inside=inside, count=len(rows))
    claims = " · ".join(backtest_text(found))
    population = _("Forecasts for {weeks} weeks from what was known then; ranges from 10 to 90%, by whole numbers")
    lines = [
        [
            format_date(origin.day, "medium"),
            f"{format_number(row['low'])} – {format_number(row['high'])}",
            format_number(row["middle"]),
            str(origin.outcome),
        ]
        for origin, row in zip(reversed(shown), reversed(rows), strict=True)
    ]
    return Chart(
        "calibration",
        heading,
        note(report, f"{population.format(weeks=found.weeks)} · {claims}" if claims else population, len(rows)),
        _ranges(rows) if len(rows) > 1 else None,
        table([_("Forecast made on"), _("10–90%"), _("Middle"), _("Came")], lines),
    )


def reliability(report: Report, found: Backtest) -> Chart:
    """Over each level, the share of outcomes below the forecasts’ quantile of it: honest ones lie on the line."""
    pit, count = found.pit(), len(found.origins)
    rows: list[dict[str, Any]] = []
    for level in LEVELS if count else ():
        said = f"{format_percent(level, digits=1)} → {format_percent(pit.below(level), digits=1)}"
        rows.append({"level": level, "below": round(pit.below(level), 4), "said": said})
    lines = [[format_percent(row["level"], digits=1), format_percent(row["below"], digits=1)] for row in rows]
    return Chart(
        "reliability",
        _("How far each quantile can be trusted"),
        note(
            report,
            _(
                "Forecasts for {weeks} weeks; across: what was said, up: what came below it, on the line both are one"
            ).format(weeks=found.weeks),
            count,
        ),
        _diagonal(rows) if count >= _FEWEST else None,
        table([_("Said"), _("Came below")], lines),
    )


def pit_histogram(report: Report, found: Backtest) -> Chart:
    """Where outcomes fell in what was forecast: level if honest, hollow if too wide, two humps if too narrow."""
    count = len(found.origins)
    shares = found.pit().histogram() if count else ()
    rows: list[dict[str, Any]] = [
        {
            "part": f"{10 * at}–{10 * at + 10}",
            "share": round(share, 4),
            "said": f"{10 * at}–{10 * at + 10} %{_(': ')}{format_percent(share)}",
        }
        for at, share in enumerate(shares)
    ]
    text = _("Forecasts for {weeks} weeks; a tenth of the outcomes in each tenth would be perfect")
    return Chart(
        "pit",
        _("Where outcomes fell within the forecasts"),
        note(report, text.format(weeks=found.weeks), count),
        _tenths(rows) if count >= _FEWEST else None,
        table(
            [_("Part of the forecast, %"), _("Outcomes")], [[row["part"], format_percent(row["share"])] for row in rows]
        ),
    )


def _diagonal(rows: list[dict[str, Any]]) -> Spec:
    axes = {name: quantity(name, scale={"domain": [0, 1]}, axis=_SHARES) for name in ("level", "below")}
    line = [{"level": 0, "below": 0}, {"level": 1, "below": 1}]
    x, y = axes["level"], axes["below"]
    return specification(
        layer(line, "line", {"color": LINE}, x=x, y=y),
        telling(rows, "point", {"opacity": 1, "size": 40}, x=x, y=y, color={"value": FIRST}),
    )


def _tenths(rows: list[dict[str, Any]]) -> Spec:
    axis = {"title": None, "labelAngle": 0, "labelColor": INK, "labelOverlap": True}
    x = {"field": "part", "type": "ordinal", "axis": axis}
    y, even = quantity("share", axis=_SHARES), {"even": 0.1}
    return specification(
        telling(rows, "bar", {"width": {"band": 0.8}}, x=x, y=y, color={"value": FIRST}),
        layer([even], "rule", {"color": LINE}, y=quantity("even", axis=_SHARES)),
    )


def _origin(levels: Any, outcome: int, day: str) -> dict[str, Any]:
    low, middle, high = levels[10], levels[50], levels[90]
    inside = low <= outcome <= high
    span = f"{format_number(low)}–{format_number(high)}"
    said = f"{format_date(date.fromisoformat(day), 'medium')}{_(': ')}{span} → {outcome}"
    told = {"day": day, "low": low, "middle": middle, "high": high, "outcome": outcome, "inside": inside}
    return {**told, "said": said}


def _ranges(rows: list[dict[str, Any]]) -> Spec:
    top = nice_top(max(max(row["high"], row["outcome"]) for row in rows))
    x = {"field": "day", **days_axis()}
    width = max(2, int(WIDTH / (len(rows) + 1) * 0.5))
    x["scale"] |= {"padding": width // 2 + 2}  # the first bar would cover the labels of the axis
    color = {"condition": {"test": "datum.inside", "value": INK}, "value": RED}
    shape = {"condition": {"test": "datum.inside", "value": "circle"}, "value": "triangle-up"}
    low, middle, outcome = ({"field": name, **count_axis(top)} for name in ("low", "middle", "outcome"))
    return specification(
        telling(rows, "bar", {"color": SECOND, "width": width, "opacity": 0.6}, x=x, y=low, y2="high"),
        layer(rows, "tick", {"color": LINE, "thickness": 2, "size": width}, x=x, y=middle),
        telling(rows, "point", {"opacity": 1, "size": 40}, x=x, y=outcome, color=color, shape=shape),
    )
