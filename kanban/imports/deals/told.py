"""What a history tells: which deal came into which column on which day, and by whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from kanban.i18n import _
from kanban.imports.deals.cells import Cells, Refusal, written_amount
from kanban.imports.deals.deal import Passage, Value, same_deal
from kanban.imports.mapping.guessing import is_stage_field
from kanban.imports.mapping.mapping import Told
from kanban.imports.tables.sheet import Row, Sheet
from kanban.imports.trouble import Trouble
from kanban.model.typed.result import shown


@dataclass(frozen=True, slots=True)
class Deals:
    """The deals that a history may be about: their ids, their file, and whether that one tells the history too."""

    names: Collection[str]
    file: str
    whole: bool


class Step(NamedTuple):
    """One row of a history: its moment, its line, what it tells, and the column that the deal left ("": unsaid)."""

    moment: str
    line: int
    passage: Passage
    before: str


@dataclass
class Way:
    """The steps that a history tells of one deal."""

    steps: list[Step] = field(default_factory=list)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The steps in the order in which they happened."""
        return tuple(one.passage for one in self.steps)

    @property
    def left(self) -> str:
        """The column that the first step left."""
        return self.steps[0].before if self.steps else ""

    def settle(self) -> list[tuple[Step, str]]:
        """Put the steps in order; those that go on from elsewhere than where the one before ended are taken out.

        Of the same moment, each follows the one that ended where it began; else they are in the order of the file.
        """
        wrong: list[tuple[Step, str]] = []
        ordered: list[Step] = []
        at = ""
        for _moment, together in groupby(sorted(self.steps, key=lambda one: one[:2]), key=lambda one: one.moment):
            rest = list(together)
            while rest:
                come_to = {one.passage.column for one in rest}
                first = next((one for one in rest if one.before not in come_to), rest[0])
                following = next((one for one in rest if at and one.before == at), first)
                rest.remove(following)
                if at and following.before and following.before != at:
                    wrong.append((following, at))
                else:
                    ordered.append(following)
                at = following.passage.column
        self.steps = ordered
        return wrong


def read_history(sheet: Sheet, told: Told, cells: Cells, deals: Deals) -> tuple[dict[str, Way], list[Trouble]]:
    """Deal → its way, for all that a history tells; and the rows that cannot be used.

    Those of deals that the export does not have are named too, unless one file tells both: a board that was exported
    whole also tells of cards that were thrown away.
    """
    ways: dict[str, Way] = {}
    cells = cells.beside(sheet)
    troubles = list(sheet.troubles)
    for row in sheet.rows:
        if told.field and not is_stage_field(row.cells.get(told.field, "")):
            continue
        try:
            _add(row, told, cells, ways)
        except Refusal as refusal:
            troubles.append(Trouble(sheet.file, row.line, refusal.reason, refusal.cure))
    for name, way in ways.items():
        if name not in deals.names and not deals.whole:
            said = _("{file} has no deal `{deal}`").format(file=deals.file, deal=shown(name))
            cure = _("export both together, or delete the row")
            troubles += [Trouble(sheet.file, one.line, said, cure) for one in way.steps]
        for one, at in way.settle():
            said = _("the deal came from {before}, and the row before left it in {at}")
            cure = _("a row is missing or wrong: correct it, or empty `{heading}`").format(heading=told.before)
            troubles.append(Trouble(sheet.file, one.line, said.format(before=one.before, at=at), cure))
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
    before = row.cells.get(told.before, "")
    left = cells.stage(before) if before else ""
    author = cells.owner(row.cells.get(told.author, ""))
    way = ways.setdefault(same_deal(deal, cells.mapping.system), Way())
    way.steps.append(Step(when.isoformat(), row.line, Passage(when.day, column, author, fields), left or ""))
