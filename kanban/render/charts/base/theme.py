"""How every chart looks: ink and hairlines of the page, its colours by name, sizes that stay legible on a phone.

Colours are the style sheet's variables: they pass through the drawing, so one chart serves light, dark and paper. All
charts are about as wide as a phone or a column of the page, axes included, so that none is scaled and every text in
them has the same size.
"""

from typing import Any

from kanban.render.charts.base.chart import Spec

WIDTH, HEIGHT = 322, 190
FULL = WIDTH + 36
"""Width of a plot without labels beside it; `WIDTH` leaves room for those of a vertical axis."""

INK, SOFT, FAINT, LINE, SHEET = "var(--ink)", "var(--soft)", "var(--faint)", "var(--line)", "var(--sheet)"
FIRST, SECOND, THIRD, FOURTH, FIFTH = (f"var(--chart-{number})" for number in range(1, 6))
WON, LOST, PARKED = "var(--chart-won)", "var(--chart-lost)", "var(--chart-parked)"
RED, AMBER, GREEN = "var(--red-light)", "var(--amber-light)", "var(--green-light)"
LIGHTS = {"green": GREEN, "amber": AMBER, "red": RED, "none": SOFT}
SHADES = (FIRST, SECOND, THIRD, FOURTH, FIFTH)

_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "font": "inherit",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelColor": FAINT,
        "labelFontSize": 11,
        "labelPadding": 5,
        "titleColor": FAINT,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "header": {"labelFontSize": 11},
    "legend": {"labelFontSize": 11},
    "axisY": {"grid": True, "gridColor": LINE, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"},
    "axisX": {"domain": True, "domainColor": "var(--edge)"},
    "text": {"color": INK, "fontSize": 11},
    "rule": {"color": SOFT},
    "bar": {"color": FIRST},
    "line": {"color": FIRST, "strokeWidth": 2},
    "point": {"color": FIRST, "filled": True, "size": 36, "opacity": 0.8},
}


def specification(*layers: Spec, height: int = HEIGHT, width: int = WIDTH, **more: Any) -> Spec:
    """A whole specification from its layers; figures are in `datasets` or in each layer's `data`."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "layer": list(layers),
        "config": _CONFIG,
        **more,
    }


def layer(rows: list[dict[str, Any]], mark: str, style: Spec | None = None, **channels: Spec | str) -> Spec:
    """One mark a row: `style` is what all share, a channel what each shows; a bare word is a field of the row."""
    encoding = {name: {"field": one} if isinstance(one, str) else one for name, one in channels.items()}
    return {"data": {"values": rows}, "mark": {"type": mark, **(style or {})}, "encoding": encoding}


def telling(rows: list[dict[str, Any]], mark: str, style: Spec | None = None, **channels: Spec | str) -> Spec:
    """A layer whose marks say their `said` to whoever points at them."""
    return layer(rows, mark, {"aria": True, **(style or {})}, description="said", **channels)


def quantity(field: str, **more: Any) -> Spec:
    """A channel that shows a number."""
    return {"field": field, "type": "quantitative", **more}


def told_apart(field: str, looks: dict[str, str], **more: Any) -> Spec:
    """A channel that gives each word of a field a look of its own: a colour or a shape."""
    scale = {"domain": list(looks), "range": list(looks.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None, **more}


def days_axis(**more: Any) -> Spec:
    """A time axis in whole days, never shifted by the timezone of the machine that draws."""
    return {
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"format": "%-d %b", "title": None, "labelOverlap": True, "tickCount": 6, **more},
    }


def count_axis(top: float | None = None) -> Spec:
    """A vertical axis of whole counts from zero, few labels; up to `top` when labels must know where it ends."""
    return {
        "type": "quantitative",
        "scale": {"zero": True, "nice": True} if top is None else {"domain": [0, top]},
        "axis": {"title": None, "tickCount": 4, "tickMinStep": 1},
    }
