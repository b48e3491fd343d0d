"""Small drawings beside a figure: its last values, without axes; the chart below has them all."""

from collections.abc import Sequence
from dataclasses import dataclass

_STEP, _HEIGHT, _FEWEST = 10, 40, 8


@dataclass(frozen=True, slots=True)
class SparkBar:
    """One bar, in the drawing's units."""

    x: int
    y: float
    width: int
    height: float
    css: str


@dataclass(frozen=True, slots=True)
class Spark:
    """Bars from left to right; the last is the newest. `words` say the same to those who cannot see it."""

    width: int
    height: int
    bars: tuple[SparkBar, ...]
    words: str


def spark(numbers: Sequence[float], words: str, *, newest: bool = True) -> Spark | None:
    """Bars scaled to the largest number, the last one marked unless told otherwise; None for fewer than two."""
    if len(numbers) < 2:
        return None
    top = max(numbers) or 1
    bars = []
    for at, number in enumerate(numbers):
        height = round(max(number / top * _HEIGHT, 1), 1)
        css = "newest" if newest and at == len(numbers) - 1 else ""
        bars.append(SparkBar(at * _STEP, round(_HEIGHT - height, 1), _STEP - 2, height, css))
    return Spark(max(len(numbers), _FEWEST) * _STEP - 2, _HEIGHT, tuple(bars), words)
