"""The open cards by their age and column, before the pace at which won deals went through."""

from collections import Counter
from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days
from kanban.metrics.cards.ageing import Ageing
from kanban.metrics.pace import Pace
from kanban.metrics.report import Report
from kanban.render.charts.base.chart import Cell, Chart, Spec, table
from kanban.render.charts.base.labels import wrapped
from kanban.render.charts.base.theme import FAINT, INK, LIGHTS, SECOND, count_axis, layer, specification, told_apart
from kanban.render.charts.base.wording import Links, note

_BANDS, _OPACITIES = ("p50", "p70", "p85", "p95"), (0.2, 0.4, 0.62, 0.9)
_MOST_IN_A_ROW = 7
_MOST_DOTS = 70
"""A column's oldest cards that are drawn: more dots would hide one another. The table has them all."""
_SHAPES = dict(zip(LIGHTS, ("circle", "diamond", "square", "circle"), strict=True))
"""One shape a light, so that none is told by its colour alone."""


def ageing(report: Report, links: Links) -> Chart:
    """Age since the start, by column; bands say how old won cards were when they left that column for good."""
    names = {column.key: column.title for column in report.ledger.config.open_columns}
    paces = {pace.column: pace for pace in report.pace}
    cards = [one for one in report.age if one.clocks.age_days is not None]
    slow = [one for one in cards if _is_slow(one, paces.get(one.column))]
    title = ngettext(
        "{slow} of {count} open card is older than 85% of the won ones were on leaving its column",
        "{slow} of {count} open cards are older than 85% of the won ones were on leaving their column",
        len(slow),
    ).format(slow=len(slow), count=len(cards))
    rows: list[list[str | Cell]] = [
        [
            links.cell(one.card),
            names.get(one.column, one.column),
            format_days(one.clocks.age_days or 0),
            format_days(one.clocks.column_days),
            format_days(one.clocks.idle_days),
        ]
        for one in cards
    ]
    population = _("Open cards, days since the start; bands: 50, 70, 85 and 95% of the won deals had left by then")
    drawn = _drawn(cards)
    if len(drawn) < len(cards):
        population += " · " + _("drawn: the {count} oldest of each column").format(count=_MOST_DOTS)
    return Chart(
        "ageing",
        title,
        note(report, population, len(cards)),
        _spec(drawn, report, _with_shares(names, cards, slow), links) if cards else None,
        table([_("Card"), _("Column"), _("Age"), _("In column"), _("Idle")], rows),
    )


def _with_shares(names: dict[str, str], cards: list[Ageing], slow: list[Ageing]) -> dict[str, list[str]]:
    """What stands below each column: its name in lines, and how many of its cards are what the title counts."""
    held, old = Counter(one.column for one in cards), Counter(one.column for one in slow)
    share = _("{count} of {total}")
    return {
        key: [*wrapped(name), *([share.format(count=old[key], total=held[key])] if held[key] else [])]
        for key, name in names.items()
    }


def _drawn(cards: list[Ageing]) -> list[Ageing]:
    """Of each column the oldest cards, in the order given."""
    drawn: Counter[str] = Counter()
    kept = set()
    for one in sorted(cards, key=lambda one: -(one.clocks.age_days or 0)):
        drawn[one.column] += 1
        if drawn[one.column] <= _MOST_DOTS:
            kept.add(one.card)
    return [one for one in cards if one.card in kept]


def _is_slow(one: Ageing, pace: Pace | None) -> bool:
    limit = pace.ages.p85 if pace is not None else None
    return limit is not None and (one.clocks.age_days or 0) > limit


def _spec(cards: list[Ageing], report: Report, names: dict[str, list[str]], links: Links) -> Spec:
    """Columns side by side at 0, 1, 2 …; a linear axis leaves room for the dots within each."""
    place = {key: at for at, key in enumerate(names)}
    axis = {"type": "quantitative", "scale": {"domain": [-0.5, len(names) - 0.5], "nice": False}, "axis": None}
    words = [{"x": at, "text": lines} for at, lines in enumerate(names.values())]
    style = {"baseline": "top", "dy": 6, "color": FAINT, "lineHeight": 13}
    text = layer(words, "text", style, x={"field": "x", **axis}, y={"value": "height"}, text="text")
    bands = _bands(report.pace, place, axis)
    return specification(*bands, _dots(cards, place, axis, links), text, height=240)


def _bands(paces: tuple[Pace, ...], place: dict[str, int], axis: Spec) -> list[Spec]:
    """One rectangle per percentile, from the one below it up; darker means rarer."""
    rows: list[dict[str, Any]] = []
    for pace in paces:
        low, at = 0, place[pace.column]
        for band, name in enumerate(_BANDS):
            high = getattr(pace.ages, name)
            if high is not None and high > low:
                rows.append({"from": at - 0.46, "to": at + 0.46, "low": low, "high": high, "band": band})
                low = high
    scale = {"domain": list(range(len(_BANDS))), "range": list(_OPACITIES)}
    opacity = {"field": "band", "type": "ordinal", "scale": scale, "legend": None}
    x, y = {"field": "from", **axis}, {"field": "low", **count_axis()}
    return [layer(rows, "rect", {"color": SECOND}, x=x, x2="to", y=y, y2="high", opacity=opacity)] if rows else []


def _dots(cards: list[Ageing], place: dict[str, int], axis: Spec, links: Links) -> Spec:
    """One dot a card, side by side in its column, outlined by the light of its column where it has one."""
    seen: Counter[str] = Counter()
    rows = []
    for one in cards:
        offset = seen[one.column] % _MOST_IN_A_ROW - (_MOST_IN_A_ROW - 1) / 2
        seen[one.column] += 1
        rows.append(
            {
                "x": round(place.get(one.column, 0) + offset * 0.12, 3),
                "age": one.clocks.age_days,
                "light": one.light,
                "name": _("{label}: {text}").format(
                    label=links.name(one.card), text=format_days(one.clocks.age_days or 0)
                ),
                "href": links.href(one.card),
            }
        )
    return layer(
        rows,
        "point",
        {"filled": True, "opacity": 1, "color": INK, "aria": True, "strokeWidth": 2.5},
        x={"field": "x", **axis},
        y={"field": "age", **count_axis()},
        stroke=told_apart("light", {**LIGHTS, "none": INK}),
        shape=told_apart("light", _SHAPES),
        href="href",
        description="name",
    )
