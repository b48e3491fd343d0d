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
from kanban.metrics.base.passages import Passage, Passages
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


def conversion(found: Passages, window: Window, as_of: date) -> tuple[Conversion, ...]:
    """Per open column, in pull order: the cards whose first entry lies in the window."""
    return tuple(
        _of_column(column, through, found.reached[column], window, as_of) for column, through in found.through.items()
    )


def _of_column(
    column: str, through: Iterable[Passage], reached: Iterable[tuple[date, bool]], window: Window, as_of: date
) -> Conversion:
    cards = [passage for passage in through if passage.entered in window]
    came = [further for day, further in reached if day in window]
    ends = Counter(passage.end for passage in cards)
    advanced, exited, still = (ends[end] for end in (HIT, OTHER, OPEN))
    return Conversion(
        column=column,
        entered=len(cards),
        advanced=advanced,
        exited=exited,
        open=still,
        plain=rate_of(advanced, advanced + exited),
        within_90_days=incidence((Watch(passage.days(as_of), passage.end) for passage in cards), HORIZON),
        reached=len(came),
        passed=sum(came),
    )


def decided_rate(through: Iterable[Passage], window: Window) -> Rate:
    """The plain rate of the cards that went on from a column, or left the board from it, on a day of the window.

    For comparing one period with another: each card counts in the period of its decision, however old its entry.
    """
    decided = [passage.end for passage in through if passage.decided in window]
    return rate_of(sum(end == HIT for end in decided), len(decided))
