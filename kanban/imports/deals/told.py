"""What a history tells: which deal came into which column on which day, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from kanban.i18n import _
from kanban.imports.deals.cells import Cells, Refusal, written_amount
from kanban.imports.deals.deal import Passage, Value
from kanban.imports.mapping.guessing import is_stage_field
from kanban.imports.mapping.mapping import Told
from kanban.imports.tables.sheet import Row, Sheet
from kanban.imports.trouble import Trouble


@dataclass
class Way:
    """The steps that a history tells of one deal, in order, and the column that the first of them left ("": unsaid)."""

    steps: list[tuple[str, int, Passage]] = field(default_factory=list)
    before: dict[int, str] = field(default_factory=dict)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The steps in the order in which they happened; of the same moment, in that of the file."""
        return tuple(one[2] for one in sorted(self.steps, key=lambda one: (one[2].day, one[0], one[1])))

    @property
    def left(self) -> str:
        """The column that the first step left."""
        first = min(self.steps, key=lambda one: (one[2].day, one[0], one[1]), default=None)
        return self.before.get(first[1], "") if first else ""


def read_history(sheet: Sheet, told: Told, cells: Cells) -> tuple[dict[str, Way], list[Trouble]]:
    """Deal → its way, for all that a history tells; and the rows that cannot be used."""
    ways: dict[str, Way] = {}
    troubles = list(sheet.troubles)
    for row in sheet.rows:
        if told.field and not is_stage_field(row.cells.get(told.field, "")):
            continue
        try:
            _add(row, told, cells, ways)
        except Refusal as refusal:
            troubles.append(Trouble(sheet.file, row.line, refusal.reason, refusal.cure))
    return ways, troubles


def _add(row: Row, told: Told, cells: Cells, ways: dict[str, Way]) -> None:
    deal, stage = row.cells.get(told.deal, ""), row.cells.get(told.stage, "")
    if not stage:
        return
    if not deal:
        raise Refusal(_("the row names no deal"), _("fill in `{heading}`").format(heading=told.deal))
    column = cells.stage(stage)
    when = cells.when(told.at, row.cells.get(told.at, ""))
    if when is None:
        raise Refusal(_("the row has no day"), _("fill in `{heading}`").format(heading=told.at))
    if column is None:
        return
    fields: tuple[tuple[str, Value], ...] = ()
    amount = row.cells.get(told.amount, "")
    if amount:
        fields = (("amount", written_amount(cells.money(told.amount, amount), cells.config)),)
    way = ways.setdefault(deal, Way())
    before = row.cells.get(told.before, "")
    if before and (left := cells.stage(before)):
        way.before[row.line] = left
    author = cells.owner(row.cells.get(told.author, ""))
    way.steps.append((when.isoformat(), row.line, Passage(when.day, column, author, fields)))
