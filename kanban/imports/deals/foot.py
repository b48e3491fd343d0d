"""What stands below the last deal of a table and is none: the row that adds up, what a report says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kanban.imports.deals.cells import Cells, Refusal
from kanban.imports.mapping.mapping import ImportMapping
from kanban.imports.mapping.spoken import TOTALS
from kanban.imports.tables.sheet import Row
from kanban.model.typed.choices import fold


def rows_of_deals(rows: Sequence[Row], mapping: ImportMapping, cells: Cells) -> Sequence[Row]:
    """The rows without those at the foot.

    A report of Salesforce ends with lines that fill one cell each: its name, the copyright, who made it. A last row
    called `Total` adds up only where its amount is that of all rows above: a customer may be called so.
    """
    end = len(rows)
    if mapping.system == "salesforce":
        while end and len(rows[end - 1].cells) == 1:
            end -= 1
    if end > 1 and _adds_up(rows[end - 1], rows[: end - 1], mapping.columns.get("amount", ""), cells):
        end -= 1
    return rows[:end]


def _adds_up(last: Row, above: Sequence[Row], heading: str, cells: Cells) -> bool:
    words = [fold(re.sub(r"[\W\d_]+", " ", text)) for key, text in last.cells.items() if key != heading]
    said = [word for word in words if word]
    if len(said) != 1 or said[0] not in TOTALS:
        return False
    try:
        amounts = [cells.money(heading, text).amount for row in above if (text := row.cells.get(heading, ""))]
        total = last.cells.get(heading, "")
        return not total or cells.money(heading, total).amount == sum(amounts, Decimal())
    except Refusal:
        return False
