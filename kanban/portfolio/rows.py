"""The boards' answers as rows under headings, with a last row for all of them where a sum means something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_money
from kanban.model.typed.values import Money
from kanban.paper.plain import one_line

Rows = list[tuple[str, ...]]
Documents = Mapping[str, Mapping[str, Any]]


def everything(boards: int) -> str:
    """What the row of all boards is called."""
    return ngettext("{count} board", "all {count} boards", boards).format(count=boards)


def metrics_rows(found: Documents) -> Rows:
    """Wins a week, the cycle time, work in progress, the weighted pipeline, and what lacks a next action."""
    rows: Rows = [
        (_("Board"), _("Won per week"), _("Cycle time p50"), _("WIP"), _("Weighted"), _("Without a next action"))
    ]
    total: Counter[str] = Counter()
    money: dict[str, Decimal] = {}
    for board, one in found.items():
        weekly, cycle = one["throughput"]["won_per_week"], one["cycle_time"]
        missing = len(one["next_action"]["missing"])
        held = {code: Decimal(value["total"]) for code, value in one["weighted_pipeline"].items()}
        for code, amount in held.items():
            money[code] = money.get(code, Decimal()) + amount
        total.update({"wip": one["wip"]["total"], "missing": missing})
        took = f"{cycle['p50']} ({cycle['n']})" if cycle["n"] else "–"
        rows.append((board, _figure(weekly), took, str(one["wip"]["total"]), money_said(held), str(missing)))
    weekly_all = [one["throughput"]["won_per_week"] for one in found.values()]
    summed = None if any(one is None for one in weekly_all) else sum(weekly_all)
    together = everything(len(found))
    rows.append((together, _figure(summed), "–", str(total["wip"]), money_said(money), str(total["missing"])))
    return rows


def forecast_rows(found: Documents) -> Rows:
    """Wins to expect by the sheet's rule, with one standard deviation; together the boards are taken as independent."""
    rows: Rows = [(_("Board"), _("Expected wins"), "± σ", _("Weeks"))]
    expected, variance, weeks = 0.0, 0.0, set()
    for board, one in found.items():
        rule = one["sheet_rule"] or {}
        mean, spread = rule.get("expected"), rule.get("sigma")
        rows.append((board, _figure(mean), _figure(spread), str(one["weeks"])))
        expected, variance = expected + (mean or 0.0), variance + (spread or 0.0) ** 2
        weeks.add(str(one["weeks"]))
    together = everything(len(found))
    rows.append((together, _figure(expected), _figure(variance**0.5), ", ".join(sorted(weeks))))
    return rows


def lint_rows(found: Documents) -> Rows:
    """Findings by severity."""
    rows: Rows = [(_("Board"), _("Errors"), _("Warnings"))]
    total: Counter[str] = Counter()
    for board, one in found.items():
        counts = Counter(finding["severity"] for finding in one["findings"])
        total += counts
        rows.append((board, str(counts["error"]), str(counts["warning"])))
    rows.append((everything(len(found)), str(total["error"]), str(total["warning"])))
    return rows


def list_rows(found: Documents) -> Rows:
    """Every open card, board by board."""
    rows: Rows = [(_("Board"), _("Card"), _("Column"), _("Owner"), _("Amount"), _("Next action"))]
    for board, one in found.items():
        for card in one["cards"]:
            amount = money_said({card["currency"]: Decimal(card["amount"])}) if card["amount"] else ""
            due = " ".join(str(card[key]) for key in ("next_action_date", "next_action") if card[key])
            rows.append((board, card["card"], card["column"], card["owner"] or "", amount, due))
    return rows


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def money_said(held: Mapping[str, Decimal]) -> str:
    """Sums by currency."""
    return " + ".join(format_money(Money(amount, code)) for code, amount in sorted(held.items())) or "–"


def lines_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as columns side by side, one line each whatever a board is called."""
    rows = [[one_line(cell) for cell in cells] for cells in rows]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
