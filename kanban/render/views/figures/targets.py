"""The table of targets (D32): each metric now, where it started, where it should go, its light, what to do when red."""

from dataclasses import dataclass

from kanban.i18n import _
from kanban.metrics.figure_wording import amount_text, doubt_text, interval_text, value_text, window_text
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import action_of, light_word, name_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.render.typography import typeset


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One metric of the table."""

    name: str
    now: str
    interval: str
    start: str
    target: str
    light: str
    word: str
    n: str
    window: str
    doubt: str
    action: str


def target_line(row: TargetRow, config: BoardConfig) -> TargetLine:
    """The row in words and figures; what to do stands there only while the light is red."""
    name = name_of(row.metric)
    column = config.column(row.column) if row.column else None
    return TargetLine(
        name=typeset(f"{name} · {column.title}") if column is not None else name,
        now=value_text(row, short=True),
        interval=interval_text(row),
        start=amount_text(row.baseline, row.unit, short=True),
        target=_goal(row),
        light=row.light,
        word=light_word(row.light),
        n=str(row.n),
        window=window_text(row),
        doubt=doubt_text(row, chance=row.chance),
        action=action_of(row) if row.light == "red" else "",
    )


def _goal(row: TargetRow) -> str:
    target = amount_text(row.target, row.unit, short=True)
    if row.target_high is not None:
        return _("{low} to {high}").format(low=target, high=amount_text(row.target_high, row.unit))
    return target
