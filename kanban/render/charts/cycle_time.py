"""How long deals took: each decided card a dot, percentiles as lines."""

from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_days
from kanban.metrics.base.percentiles import is_the_maximum
from kanban.metrics.flow.cycle_time import Spread
from kanban.metrics.report import Report
from kanban.render.charts.base.chart import Cell, Chart, Spec, dated, table
from kanban.render.charts.base.labels import across, end_labels, nice_top
from kanban.render.charts.base.theme import LOST, WIDTH, WON, count_axis, days_axis, layer, specification
from kanban.render.charts.base.wording import Links, first_day, flow_note

_PLOT, _HEIGHT = WIDTH - 70, 220


def cycle_time(report: Report, links: Links) -> Chart:
    """Days from start to end over the day of the end; won full, lost hollow."""
    won = report.cycle_time.won
    since = first_day(report)
    cards = [one for one in report.cycle_time.cards if since is None or one.ended >= since]
    title = _("No deal has been won yet")
    if won.p85 is not None:
        title = _("85% of the won deals took {days} or less").format(days=format_days(won.p85, short=False))
    rows = [
        {
            "day": one.ended.isoformat(),
            "days": one.days,
            "outcome": one.outcome,
            "name": dated(
                one.ended, _("{label}: {text}").format(label=links.name(one.card), text=format_days(one.days))
            ),
            "href": links.href(one.card),
        }
        for one in cards
    ]
    outcomes = {"won": _("won"), "lost": _("lost")}
    lines: list[list[str | Cell]] = [
        [links.cell(one.card), format_date(one.ended, "medium"), outcomes[one.outcome], format_days(one.days)]
        for one in reversed(cards)
    ]
    return Chart(
        "cycle-time",
        title,
        flow_note(report, _("Days from start to end, both counted; dots: won full, lost hollow; lines: won"), won.n),
        _spec(rows, won, max(one.days for one in cards)) if cards else None,
        table([_("Card"), _("Ended"), _("Outcome"), _("Days")], lines),
        over_time="day",
    )


def _spec(rows: list[dict[str, Any]], won: Spread, longest: int) -> Spec:
    top = nice_top(max(longest, won.p95 or 0))
    dots = [_dots(rows, outcome, top) for outcome in ("lost", "won")]
    return specification(*_lines(won, top), *dots, width=_PLOT, height=_HEIGHT)


def _dots(rows: list[dict[str, Any]], outcome: str, top: float) -> Spec:
    """The cards of one outcome. Those without a page of their own have no link."""
    hollow = outcome == "lost"
    return layer(
        [row for row in rows if row["outcome"] == outcome],
        "point",
        {"filled": not hollow, "color": LOST if hollow else WON, "aria": True, "strokeWidth": 1.5},
        x={"field": "day", **days_axis()},
        y={"field": "days", **count_axis(top)},
        href="href",
        description="name",
    )


def _lines(won: Spread, top: float) -> list[Spec]:
    """Percentiles with their values; one that equals the maximum, for want of cards, is left out."""
    found = [
        (value, f"p{percent} {format_days(value)}")
        for percent, value in ((50, won.p50), (70, won.p70), (85, won.p85), (95, won.p95))
        if value is not None and not is_the_maximum(won.n, percent)
    ]
    rules = across([value for value, _words in found])
    return [rules, end_labels(found, width=_PLOT, height=_HEIGHT, top=top)] if found else []
