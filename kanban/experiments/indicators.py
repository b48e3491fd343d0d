"""Indicators: what a micro-rule may be meant to move, by name: measures of the board or of one column."""

import re

from kanban.errors import KanbanError
from kanban.metrics import baselines, measures
from kanban.metrics.base.figure import Figure
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.measures import MEASURES, measured
from kanban.model.cards.board import column_meant
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.typed.choices import choice_said, fold, read_choice
from kanban.values import dataclass

_BOARD = (
    *(baselines.THROUGHPUT, measures.ARRIVALS, baselines.CYCLE_TIME, measures.WIN_RATE, measures.WIP),
    *(measures.REPORTS, measures.FOLLOW_UPS),
)
_COLUMN = (baselines.CONVERSION, measures.TIME_IN_COLUMN, measures.WIP)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name` as written on tickets, of a `metric`, `column` for one column's; `up`: whether more is better."""

    name: str
    metric: str
    column: str
    unit: str
    up: bool

    def over(self, ledger: Ledger, window: Window) -> Figure:
        """The indicator over the days of the window."""
        return measured(ledger, self.metric, window, self.column)


def indicator(text: str, config: BoardConfig) -> Indicator | None:
    """The indicator that a ticket names, such as `throughput` or `conversion-offre`; None when there is no such.

    Its measure and its column may be said in either language: `taux de conversion offre`, `débit`.
    """
    if (board := read_choice(text, _BOARD).value) is not None:
        return _of(board, board, "")
    words = text.replace("-", " ").replace("_", " ").split()
    for at in range(len(words) - 1, 0, -1):
        kind = read_choice(" ".join(words[:at]), _COLUMN).value
        found = _column("-".join(words[at:]), config) if kind else None
        if kind and found is not None and found.is_open:
            return _of(f"{kind}-{found.key}", kind, found.key)
    return None


def _column(said: str, config: BoardConfig) -> Column | None:
    try:
        return config.column(said) or column_meant(config.columns, said.replace("-", " "))
    except KanbanError:
        return None


_SPOKEN_OF = (
    (re.compile(r"\b(24 ?h|cr|comptes? rendus?|reports?)\b"), measures.REPORTS),
    (re.compile(r"\b[dj] ?\+ ?\d|\b(relances?|follow ups?)\b"), measures.FOLLOW_UPS),
    (re.compile(r"\bwip\b"), measures.WIP),
)
"""Of what a micro-rule speaks → the indicator that shows whether it helps."""
_ONE_LESS = re.compile(r"[-−–] ?1\b")


def indicator_of(rule: str, config: BoardConfig) -> str:
    """The indicator of which a rule speaks (`CR ≤ 24 h`, `WIP Négociation −1`), the throughput of any other."""
    words = fold(rule)
    name = next((name for said, name in _SPOKEN_OF if said.search(words)), baselines.THROUGHPUT)
    column = _limited(words, config) if name == measures.WIP else None
    return f"{name}-{column.key}" if column is not None else name


def lowered_by(rule: str, config: BoardConfig) -> Column | None:
    """The column whose limit a rule lowers by one (`WIP Négociation −1`); None when it speaks of none."""
    words = fold(rule)
    found = _limited(words, config) if re.search(r"\bwip\b", words) and _ONE_LESS.search(rule) else None
    return found if found is not None and found.wip is not None and found.wip > 1 else None


def _limited(words: str, config: BoardConfig) -> Column | None:
    """The only open column that the words name."""
    found = [one for one in config.open_columns if {fold(one.title), fold(one.key)} & _phrases(words)]
    return found[0] if len(found) == 1 else None


def _phrases(words: str) -> set[str]:
    """Every run of words."""
    split = re.findall(r"\w+", words)
    return {" ".join(split[at:end]) for at in range(len(split)) for end in range(at + 1, len(split) + 1)}


def _of(name: str, metric: str, column: str) -> Indicator:
    found = MEASURES[metric]
    return Indicator(name, metric, column, found.unit, found.up)


def indicator_said(name: str) -> str:
    """An indicator as this reader types it; a name that is none of ours stands for itself."""
    kind, dash, column = name.partition("-")
    return f"{choice_said(kind)}{dash}{column}" if kind in (*_BOARD, *_COLUMN) else name


def names(config: BoardConfig) -> tuple[str, ...]:
    """All indicators of a board, as this reader types them."""
    of_columns = (f"{kind}-{column.key}" for kind in _COLUMN for column in config.open_columns)
    return tuple(map(indicator_said, (*_BOARD, *of_columns)))
