"""Conversion of a column: of the cards that ever entered it, how many went on to a later open column or were won.

Each card counts once, from its first entry. It *advanced* when, after that entry, it stood in a later open column or
was won; else it *exited* when it stands in an exit or was deleted; else it is *open*. The plain `rate` is advanced /
(advanced + exited). It flatters while losses are slow, so beside it stands the share that advances within 90 days of
entry, open cards taken into account (`incidence_90d`), with its 95 % interval. Rates of stages are never multiplied.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kanban.metrics.base.incidence import HIT, OPEN, OTHER, Watch, incidence
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.passages import Crossings, Reached
from kanban.metrics.base.window import Window
from kanban.values import dataclass

HORIZON = 90


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the cards that entered one column.

    `reached` and `passed` count skipping cards too: those that came to the column or further right, and of them those
    that went beyond. `skipped` is how many of `reached` never stood in the column itself.
    """

    column: str
    entered: int
    advanced: int
    exited: int
    open: int
    plain: Rate
    within_90_days: Rate
    reached: int
    passed: int

    @property
    def rate(self) -> float | None:
        """advanced / (advanced + exited); None while neither happened."""
        return self.plain.rate

    @property
    def skipped(self) -> int:
        """Cards credited with the column without having stood in it."""
        return self.reached - self.entered


def conversion(
    found: Crossings, reached: Reached, columns: Iterable[str], window: Window, as_of: date
) -> tuple[Conversion, ...]:
    """Per open column, in pull order: the cards whose first entry lies in the window."""
    first, last = window.ordinals
    today = as_of.toordinal()
    watched: dict[str, dict[tuple[int, str], int]] = {column: {} for column in columns}
    for (column, entered, end, decided), count in found.items():
        if first <= entered <= last and column in watched:
            cards, kind = watched[column], ((decided or today) - entered, end)
            cards[kind] = cards.get(kind, 0) + count
    came = Counter[tuple[str, bool]]()
    for (column, day, further), count in reached.items():
        if first <= day <= last:
            came[column, further] += count
    return tuple(
        _of_column(column, Counter({Watch(*kind): count for kind, count in cards.items()}), came)
        for column, cards in watched.items()
    )


def _of_column(column: str, cards: Counter[Watch], came: Counter[tuple[str, bool]]) -> Conversion:
    stopped, passed = came[column, False], came[column, True]
    ends = Counter[str]()
    for (_days, end), count in cards.items():
        ends[end] += count
    advanced, exited, still = (ends[end] for end in (HIT, OTHER, OPEN))
    return Conversion(
        column=column,
        entered=cards.total(),
        advanced=advanced,
        exited=exited,
        open=still,
        plain=rate_of(advanced, advanced + exited),
        within_90_days=incidence(cards, HORIZON),
        reached=stopped + passed,
        passed=passed,
    )


def decided_rate(decided: Iterable[tuple[int, bool, int]], window: Window) -> Rate:
    """The plain rate of the cards that went on from a column, or left the board from it, on a day of the window.

    For comparing one period with another: each card counts in the period of its decision, however old its entry.
    """
    first, last = window.ordinals
    seen = [(went_on, count) for day, went_on, count in decided if first <= day <= last]
    return rate_of(sum(count for went_on, count in seen if went_on), sum(count for _went_on, count in seen))
