"""The forecast as a fan: wins added up over the weeks behind, and where they may stand in the weeks ahead."""

from datetime import date, timedelta
from typing import Any

from kanban.forecast.forecast import Forecast
from kanban.forecast.models.distribution import quantiles
from kanban.forecast.wording import record_text, young_text
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_percent
from kanban.metrics.base.journeys import WON
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.report import Report
from kanban.render.charts.base.answers import strips
from kanban.render.charts.base.chart import Chart, Spec, table
from kanban.render.charts.base.labels import end_labels, nice_top
from kanban.render.charts.base.theme import FIRST, SECOND, THIRD, WIDTH, count_axis, days_axis, layer, specification
from kanban.render.charts.base.wording import note

BEHIND, AHEAD = 13, 12
"""Weeks that are shown: a quarter back, nearly one ahead."""
_LEVELS = (10, 25, 50, 75, 90)
_PLOT, _HEIGHT = WIDTH - 60, 220


def fan(report: Report, forecast: Forecast) -> Chart:
    """Wins since a quarter ago, then the middle of what may come within bands of 50 and 80%."""
    weeks = forecast.evidence.weekly_wins[-BEHIND:]
    last = forecast.as_of - timedelta(days=forecast.as_of.weekday() + 1 if forecast.as_of.weekday() != 6 else 0)
    so_far = [sum(weeks[: at + 1]) for at in range(len(weeks))]
    past = [(last - WEEK * (len(weeks) - 1 - at), count) for at, count in enumerate(so_far)]
    now = sum(one.outcome == WON and one.ended is not None and one.ended > last for one in report.journeys)
    base = (so_far[-1] if so_far else 0) + now
    if past and forecast.as_of > last:
        past.append((forecast.as_of, base))
    ahead = _ahead(forecast, base)
    title, promises = young_text(forecast), forecast.record.promises
    if ahead:
        day, levels = ahead[-1]
        text = ngettext("By {day}, about {count} more win", "By {day}, about {count} more wins", levels[50] - base)
        title = text.format(day=format_date(day, "medium"), count=levels[50] - base)
    population = _("Wins added up since {day}; ahead the middle, within where most and where nearly all cases fall")
    if promises:
        population = _("Wins added up since {day}; ahead the middle, and within which they fall in 50 and 80% of cases")
    since = past[0][0] - WEEK if past else forecast.as_of
    said = population.format(day=format_date(since, "medium"))
    rows = [[format_date(day, "medium"), *(f"+{levels[level] - base}" for level in _LEVELS)] for day, levels in ahead]
    return Chart(
        "fan",
        title,
        note(report, f"{said} · {record_text(forecast)}", base),
        _spec(past, ahead, promises=promises) if past and ahead else None,
        table([_("Until"), *_heads(promises=promises)], rows),
        over_time="day",
    )


def _heads(*, promises: bool) -> list[str]:
    """Odds where the record promises some; else what they are without a share."""
    if promises:
        return [format_percent(level / 100) for level in _LEVELS]
    return [_("few"), _("rather few"), _("middle"), _("rather many"), _("many")]


def _ahead(forecast: Forecast, base: int) -> list[tuple[date, dict[int, int]]]:
    """The end of each week to come with the quantiles of all wins until then, those behind added."""
    found: list[tuple[date, dict[int, int]]] = []
    if not forecast.enough_history:
        return found
    for weeks in range(1, AHEAD + 1):
        pmf = forecast.outlook(weeks)
        if pmf is None:
            return []
        levels = {level: base + count for level, count in quantiles(pmf, _LEVELS).items()}
        found.append((forecast.as_of + WEEK * weeks, levels))
    return found


def _spec(past: list[tuple[date, int]], ahead: list[tuple[date, dict[int, int]]], *, promises: bool) -> Spec:
    day, base = past[-1]
    start = [(day, dict.fromkeys(_LEVELS, base))]
    rows: list[dict[str, Any]] = [
        {"day": when.isoformat(), **{f"p{level}": levels[level] for level in _LEVELS}}
        for when, levels in (*start, *ahead)
    ]
    top = nice_top(max(levels[90] for _when, levels in ahead))
    x, y = {"field": "day", **days_axis()}, count_axis(top)
    bands = [
        layer(rows, "area", {"color": color, "opacity": 1}, x=x, y={"field": low, **y}, y2=high)
        for low, high, color in (("p10", "p90", THIRD), ("p25", "p75", SECOND))
    ]
    middle = layer(rows, "line", {"color": FIRST, "strokeDash": [4, 3]}, x=x, y={"field": "p50", **y})
    walked = [{"day": when.isoformat(), "won": count} for when, count in past]
    line = layer(walked, "line", {"color": FIRST, "interpolate": "step-after"}, x=x, y={"field": "won", **y})
    last = ahead[-1][1]
    ends = [(last[level], f"{f'{level} %  ' if promises else ''}+{last[level] - base}") for level in (10, 50, 90)]
    names = end_labels(ends, width=_PLOT, height=_HEIGHT, top=top)
    return specification(*bands, line, middle, _told(past, ahead, base, top), names, width=_PLOT, height=_HEIGHT)


def _told(past: list[tuple[date, int]], ahead: list[tuple[date, dict[int, int]]], base: int, top: float) -> Spec:
    words = [(when, f"{format_date(when, 'medium')}{_(': ')}{count}") for when, count in past]
    for when, levels in ahead:
        low, middle, high = (levels[level] - base for level in (10, 50, 90))
        text = _("{day}: {middle} more, {low} to {high}")
        words.append((when, text.format(day=format_date(when, "medium"), middle=middle, low=low, high=high)))
    return strips(words, top)
