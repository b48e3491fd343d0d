"""What charts answer when asked: the cards behind a mark, and what stood there on a day where a line has no marks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from kanban.i18n import _, ngettext
from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.report import Report
from kanban.render.charts.base.chart import Behind, Cell, Spec, dated
from kanban.render.charts.base.theme import days_axis, telling
from kanban.render.charts.base.wording import Links

MOST = 16
"""Cards behind one mark that are named; the rest are counted."""


def behind(links: Links, said: str, cards: Sequence[str]) -> Behind:
    """The cards behind the mark that says `said`."""
    named = [links.cell(card) for card in cards[:MOST]]
    left = len(cards) - len(named)
    if left:
        named.append(Cell(ngettext("and {count} more", "and {count} more", left).format(count=left)))
    return Behind(said, tuple(named), len(cards))


def by_week(journeys: Iterable[Journey], day_of: Callable[[Journey], date | None]) -> dict[date, list[str]]:
    """Monday → the cards whose day lies in that week, in order of the day."""
    dated = [(day, journey.card) for journey in journeys if (day := day_of(journey)) is not None]
    found: dict[date, list[str]] = {}
    for day, card in sorted(dated):
        found.setdefault(day - timedelta(days=day.weekday()), []).append(card)
    return found


def standing_on(report: Report, day: date) -> list[str]:
    """The cards that stood in an open column at the end of the day."""
    columns = {column.key for column in report.ledger.config.open_columns}
    return [
        journey.card
        for journey in report.journeys
        if any(
            stay.column in columns and stay.since <= day and (stay.until is None or stay.until > day)
            for stay in journey.stays
        )
    ]


def weekly(days: Sequence[date]) -> list[int]:
    """Positions of every seventh day, the last always among them."""
    return list(range(len(days) - 1, -1, -WEEK.days))[::-1]


def strips(said: Sequence[tuple[date, str]], top: float, *, field: str = "day") -> Spec:
    """Unseen strips over lines and areas, which have no marks: each says what stood there on its day."""
    rows: list[dict[str, Any]] = [
        {
            field: (day - timedelta(days=3)).isoformat(),
            "until": (day + timedelta(days=4)).isoformat(),
            "low": 0,
            "high": top,
            "said": dated(day, words),
        }
        for day, words in said
    ]
    axis = days_axis()
    axis.pop("axis")
    y = {"field": "low", "type": "quantitative"}
    return telling(rows, "rect", {"fillOpacity": 0}, x={"field": field, **axis}, x2="until", y=y, y2="high")


def listed(day: str, parts: Iterable[tuple[str, object]]) -> str:
    """`5 Oct 2026: Offer 5, Negotiation 4`."""
    return f"{day}{_(': ')}" + ", ".join(f"{name} {value}" for name, value in parts)
