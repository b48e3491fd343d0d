"""How to read the board: edges for classes of service, lights for ageing."""

from dataclasses import dataclass

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days
from kanban.model.cards.board import Board
from kanban.model.settings.policies import ClassOfService
from kanban.pull.cadence import age_limits
from kanban.pull.sla import promised_hours


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One mark with its name and meaning."""

    css: str
    label: str
    meaning: str


def legend(board: Board) -> tuple[LegendEntry, ...]:
    """Classes of service as the board declares them, then the lights of columns that age."""
    found = [LegendEntry(one.effective_kind, one.name or one.key, class_rule(one)) for one in board.config.classes]
    return (*found, *_lights(board))


def class_rule(service: ClassOfService) -> str:
    """What the class means for the team, in one line."""
    kind, hours = service.effective_kind, promised_hours(service)
    parts = []
    if kind == "expedite":
        parts.append(_("before everything else"))
    elif kind == "fixed-date":
        parts.append(_("above the standard class until its date"))
    elif kind == "partner" and hours is not None:
        text = ngettext("first answer within {hours} hour", "first answer within {hours} hours", hours)
        parts.append(text.format(hours=hours))
    if service.wip is not None:
        parts.append(_("{limit} at most").format(limit=service.wip))
    return ", ".join(parts) or _("first in, first served")


def _lights(board: Board) -> list[LegendEntry]:
    """One set of lights per column that declares an ageing; most boards have one."""
    found = []
    for column in board.config.open_columns:
        limits = age_limits(column)
        if limits is None:
            continue
        amber, red = limits
        name = column.title
        found += [
            LegendEntry("green", _("{column}, green").format(column=name), _up_to(amber)),
            LegendEntry("amber", _("amber"), _up_to(red)),
            LegendEntry("red", _("red"), _("over {days}").format(days=format_days(red))),
        ]
    return found


def _up_to(days: int) -> str:
    return _("up to {days}").format(days=format_days(days))
