"""The report in one line: what a reviewer who reads nothing else must know."""

from __future__ import annotations

from decimal import Decimal

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_list, format_money
from kanban.model.typed.values import Money
from kanban.review.report import Report


def verdict(report: Report) -> str:
    """`2 cards moved, 1 new. Open pipeline +€28,000 (weighted +€11,200). 1 WIP limit broken. 1 new finding.`"""
    if report.is_empty:
        return _("No pipeline change.")
    parts = [_counts(report), *_values(report), _limits(report), _found(report)]
    return " ".join(part for part in parts if part)


def _counts(report: Report) -> str:
    won = sum(one.kind == "won" for one in report.moves)
    lost = sum(one.kind == "lost" for one in report.moves)
    moved = len(report.moves) - won - lost
    touched = report.changed - len(report.moves) - len(report.added) - len(report.removed)
    parts = [
        ngettext("{count} card moved", "{count} cards moved", moved).format(count=moved) if moved else "",
        ngettext("{count} won", "{count} won", won).format(count=won) if won else "",
        ngettext("{count} lost", "{count} lost", lost).format(count=lost) if lost else "",
        _counted_new(len(report.added)),
        _counted_removed(len(report.removed)),
        ngettext("{count} edited", "{count} edited", touched).format(count=touched) if touched > 0 else "",
        _("the board's rules changed") if report.policy else "",
    ]
    said = [part for part in parts if part]
    return format_list(said) + "." if said else ""


def _counted_new(count: int) -> str:
    return ngettext("{count} new card", "{count} new cards", count).format(count=count) if count else ""


def _counted_removed(count: int) -> str:
    return ngettext("{count} card removed", "{count} cards removed", count).format(count=count) if count else ""


def _values(report: Report) -> list[str]:
    found = []
    for one in report.bridges[:5]:
        change, weighted = one.end - one.start, one.weighted_end - one.weighted_start
        if change or weighted:
            text = _("Open pipeline {change} (weighted {weighted}).")
            found.append(text.format(change=signed(change, one.currency), weighted=signed(weighted, one.currency)))
    return found


def _limits(report: Report) -> str:
    breached = sum(one.breached for one in report.wip)
    if not breached:
        return ""
    return ngettext("{count} WIP limit broken.", "{count} WIP limits broken.", breached).format(count=breached)


def _found(report: Report) -> str:
    new, fixed = len(report.findings_new), len(report.findings_fixed)
    parts = [
        ngettext("{count} new finding", "{count} new findings", new).format(count=new) if new else "",
        ngettext("{count} finding cured", "{count} findings cured", fixed).format(count=fixed) if fixed else "",
    ]
    said = [part for part in parts if part]
    return format_list(said) + "." if said else ""


def signed(amount: Decimal, currency: str) -> str:
    """An amount with its sign: `+€5`, `−€5`, `€0`."""
    text = format_money(Money(abs(amount), currency))
    return f"+{text}" if amount > 0 else f"−{text}" if amount < 0 else text
