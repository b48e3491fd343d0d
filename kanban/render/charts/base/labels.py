"""Labels at the right end of what they name: lines and bands need no legend then, and none hides another."""

from collections.abc import Sequence
from typing import Any

from kanban.render.charts.base.chart import Spec
from kanban.render.charts.base.theme import layer, quantity

LINE, ROW, LETTER = 13, 30, 7
"""Height of a label, height of a row with two of them, and width of a letter, in the chart's units of length."""

_NAME = 23


def dodged(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places moved up to stand `gap` apart, then all of them down so that their mean stays."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    drift = sum(after - before for after, before in zip(moved, places, strict=True)) / len(moved) if moved else 0
    floor = min(0.0, min(places, default=0.0))
    drift = min(drift, moved[0] - floor) if moved else 0
    return [place - drift for place in moved]


def nice_top(highest: float) -> float:
    """The end of an axis from zero: the next of 1, 2, 2.5, 5 or 8 times a power of ten."""
    if highest <= 0:
        return 1
    power = 1.0
    while power * 10 <= highest:
        power *= 10
    while power > highest:
        power /= 10
    return next(power * step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * step >= highest)


def end_labels(named: Sequence[tuple[float, str]], *, width: int, height: int, top: float) -> Spec:
    """A text layer: each words at its place on the vertical axis (0 to `top`), right of a plot `width` wide."""
    ordered = sorted(named)
    places = dodged([place for place, _words in ordered], LINE * top / height)
    rows = [{"y": round(place, 3), "text": words} for place, (_y, words) in zip(places, ordered, strict=True)]
    return layer(rows, "text", {"align": "left", "dx": 6}, x={"value": width}, y=quantity("y"), text="text")


def across(levels: Sequence[float]) -> Spec:
    """Dashed lines across the chart."""
    return layer([{"y": level} for level in levels], "rule", {"strokeDash": [4, 3]}, y=quantity("y"))


def wrapped(text: str, longest: int = 11) -> list[str]:
    """The text in lines of about `longest` characters, broken at spaces."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def two_lines(text: str) -> str:
    """The text in one line or two, what is too much cut with an ellipsis."""
    lines = wrapped(text, _NAME)
    shown = lines[:1] if len(lines) == 1 else [lines[0], " ".join(lines[1:])]
    return "\n".join(line if len(line) <= _NAME else line[: _NAME - 1].rstrip() + "…" for line in shown)


def places(names: Sequence[str]) -> list[str]:
    """What stands for each name on a `name_axis`: told apart by its number, even where names are the same."""
    return [f"{at}\n{two_lines(name)}" for at, name in enumerate(names)]


def names_width(names: Sequence[str]) -> int:
    """About how wide the longest line of the names on a `name_axis` is."""
    return max(len(line) for name in names for line in two_lines(name).split("\n")) * LETTER


def name_axis(rows: Sequence[dict[str, Any]]) -> Spec:
    """A vertical axis of names (field `place`), in the order of the rows, long ones in two lines."""
    axis = {"title": None, "grid": False, "labelLimit": 0, "labelColor": "var(--ink)", "labelLineHeight": LINE}
    expression = "slice(split(datum.label, '\\n'), 1)"
    raised = {"condition": {"test": "length(split(datum.label, '\\n')) > 2", "value": -LINE / 2}, "value": 0}
    order = [row["place"] for row in rows]
    return {
        "field": "place",
        "type": "nominal",
        "sort": order,
        "axis": {**axis, "labelExpr": expression, "labelOffset": raised},
    }
