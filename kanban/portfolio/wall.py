"""The walls of several boards as one: a line a board, a column for each name that any of them has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.model.typed.choices import fold
from kanban.portfolio.rows import Documents, Rows, everything, money_said


def board_rows(found: Documents) -> Rows:
    """Cards in each open column, with its limit; how many are open, and what they are worth."""
    titles = _titles(found)
    rows: Rows = [(_("Board"), *titles.values(), _("Open"), _("Amount"))]
    together: dict[str, int] = {}
    worth_of_all: dict[str, Decimal] = {}
    for board, one in found.items():
        cells: dict[str, str] = {}
        count, worth = 0, dict[str, Decimal]()
        for column in _open(one):
            name = fold(column["name"])
            limit = "" if column["limit"] is None else f"/{column['limit']}"
            over = " !" if column["light"] == "red" else ""
            cells[name] = f"{column['count']}{limit}{over}"
            together[name] = together.get(name, 0) + column["count"]
            count += column["count"]
            for card in column["cards"]:
                if card["amount"]:
                    worth[card["currency"]] = worth.get(card["currency"], Decimal()) + Decimal(card["amount"])
        for code, amount in worth.items():
            worth_of_all[code] = worth_of_all.get(code, Decimal()) + amount
        rows.append((board, *(cells.get(name, "–") for name in titles), str(count), money_said(worth)))
    sums = (str(together.get(name, 0)) for name in titles)
    rows.append((everything(len(found)), *sums, str(sum(together.values())), money_said(worth_of_all)))
    return rows


def _titles(found: Documents) -> dict[str, str]:
    """The names of open columns in a board's order: one that is new stands after its left neighbour."""
    order: list[str] = []
    shown: dict[str, str] = {}
    for one in found.values():
        at = 0
        for column in _open(one):
            name = fold(column["name"])
            if name not in shown:
                order.insert(at, name)
                shown[name] = column["name"]
            at = order.index(name) + 1
    return {name: shown[name] for name in order}


def _open(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [column for column in document["columns"] if column["kind"] == "open"]
