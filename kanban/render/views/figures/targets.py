"""The table of targets (D32): each metric now, where it started, where it should go, its light, what to do when red."""

from dataclasses import dataclass
from decimal import Decimal

from kanban.i18n import _
from kanban.i18n.formats import NO_NUMBER, format_days, format_money, format_number, format_percent
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import action_of, light_word, name_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.values import Money
from kanban.render.typography import typeset


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One metric of the table."""

    name: str
    now: str
    start: str
    target: str
    light: str
    word: str
    n: str
    action: str


def target_line(row: TargetRow, config: BoardConfig) -> TargetLine:
    """The row in words and figures; what to do stands there only while the light is red."""
    name = name_of(row.metric)
    column = config.column(row.column) if row.column else None
    now = amount_text(row.value, row.unit)
    if row.low is not None and row.high is not None:
        low = format_number(row.low * 100, digits=0) if row.unit == "share" else amount_text(row.low, row.unit)
        now = f"{now} ({low}–{amount_text(row.high, row.unit)})"
    return TargetLine(
        name=typeset(f"{name} · {column.title}") if column is not None else name,
        now=now,
        start=amount_text(row.baseline, row.unit),
        target=_goal(row),
        light=row.light,
        word=light_word(row.light),
        n=str(row.n),
        action=action_of(row) if row.light == "red" else "",
    )


def _goal(row: TargetRow) -> str:
    target = amount_text(row.target, row.unit)
    if row.target_high is not None:
        return _("{low} to {high}").format(low=target, high=amount_text(row.target_high, row.unit))
    return target


def amount_text(value: float | None, unit: str) -> str:
    """A metric's value in its unit; a dash where there is none."""
    if value is None:
        return NO_NUMBER
    if unit == "days":
        return format_days(round(value))
    if unit == "share":
        return format_percent(value, digits=0)
    if unit == "per-week":
        return format_number(value)
    if unit == "cards":
        return format_number(value, digits=0)
    return format_money(Money(Decimal(str(value)), unit), short=True)
