"""The report in one line that a phone shows, and what goes on from there."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_list, format_money
from kanban.metrics.base.periods import period_name
from kanban.model.typed.values import Money
from kanban.review.report import Report

LINE = 120
"""Characters of a comment that a phone shows."""


def verdict(report: Report) -> tuple[str, str]:
    """`1 error to settle. Q4 2026 falls short: €360,000 of €400,000 (−€40,000).`, and `2 cards moved, 1 new. …`

    What must be settled comes first, then whether the quarter still holds; as many whole sentences as a line takes.
    """
    blind = _("Steps not judged.") if report.unjudged else ""
    if report.is_empty:
        return " ".join(filter(None, (blind, _("No pipeline change.")))), ""
    settle, twice, quarter = _to_settle(report), _look_twice(report), _quarter(report)
    if len(" ".join(filter(None, (blind, settle, twice, quarter)))) > LINE:
        twice, quarter = quarter, twice
    told = (blind, settle, twice, quarter, _counts(report), *_values(report), _limits(report), _found(report))
    parts = [part for part in told if part]
    fitting = len([length for length in accumulate(len(part) + 1 for part in parts) if length <= LINE + 1])
    first = max(fitting, 1)
    return " ".join(parts[:first]), " ".join(parts[first:])


def _to_settle(report: Report) -> str:
    errors, torn = sum(one.severity == "error" for one in report.findings_new), len(report.conflicts)
    parts = [
        ngettext("{count} conflict", "{count} conflicts", torn).format(count=torn) if torn else "",
        ngettext("{count} error", "{count} errors", errors).format(count=errors) if errors else "",
    ]
    said = [part for part in parts if part]
    return _("{what} to settle.").format(what=format_list(said)) if said else ""


def _look_twice(report: Report) -> str:
    count = len(report.outliers)
    said = ngettext("{count} thing to look at twice.", "{count} things to look at twice.", count)
    return said.format(count=count) if count else ""


def _quarter(report: Report) -> str:
    """Whether the present quarter still holds, in the board's currency; "" when nothing is known of it."""
    now = next((one for one in report.quarters if (one.key, one.currency) == (report.quarter, report.currency)), None)
    if now is None:
        return ""
    before, after = now.won_before + now.open_before, now.won_after + now.open_after
    money, change = format_money(Money(after, now.currency)), signed(after - before, now.currency)
    if now.quota is None:
        text = _("{quarter}: {money} won or expected ({change}).") if after != before else ""
        return text.format(quarter=period_name(now.key), money=money, change=change)
    text = _("{quarter} falls short: {money} of {quota} ({change}).")
    if after >= now.quota:
        text = _("{quarter} holds: {money} of {quota} ({change}).")
    if now.quota_before not in (None, now.quota):
        text = _("{quarter} falls short: {money} of {quota}, a quota that was {old}.")
        if after >= now.quota:
            text = _("{quarter} holds: {money} of {quota}, a quota that was {old}.")
    elif after == before:
        text = _("{quarter} stays at {money} of {quota}.")
    quota = format_money(Money(now.quota, now.currency))
    old = format_money(Money(now.quota_before or Decimal(0), now.currency))
    return text.format(quarter=period_name(now.key), money=money, quota=quota, change=change, old=old)


def _counts(report: Report) -> str:
    won = sum(one.kind == "won" for one in report.moves)
    lost = sum(one.kind == "lost" for one in report.moves)
    moved = len(report.moves) - won - lost
    renamed = {one.card for one in report.renamed} - {one.card for one in report.moves}
    touched = report.changed - len(report.moves) - len(report.added) - len(report.removed) - len(renamed)
    parts = [
        ngettext("{count} card moved", "{count} cards moved", moved).format(count=moved) if moved else "",
        ngettext("{count} won", "{count} won", won).format(count=won) if won else "",
        ngettext("{count} lost", "{count} lost", lost).format(count=lost) if lost else "",
        _counted_new(len(report.added)),
        _counted_removed(len(report.removed)),
        ngettext("{count} renamed", "{count} renamed", len(renamed)).format(count=len(renamed)) if renamed else "",
        ngettext("{count} edited", "{count} edited", touched).format(count=touched) if touched > 0 else "",
        _shifted(sum(one.later for one in report.shifts), sum(not one.later for one in report.shifts)),
        _rewritten(len({one.card for one in report.outliers if one.kind == "rewritten"})),
        _("the board's rules changed") if report.policy else "",
    ]
    said = [part for part in parts if part]
    told = format_list(said)
    return f"{told[:1].upper()}{told[1:]}." if said else ""


def _shifted(out: int, pulled: int) -> str:
    parts = (
        ngettext("{count} pushed out", "{count} pushed out", out).format(count=out) if out else "",
        ngettext("{count} pulled in", "{count} pulled in", pulled).format(count=pulled) if pulled else "",
    )
    return ", ".join(filter(None, parts))


def _rewritten(count: int) -> str:
    return (
        ngettext("{count} closed deal rewritten", "{count} closed deals rewritten", count).format(count=count)
        if count
        else ""
    )


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
    new, fixed = sum(one.severity != "error" for one in report.findings_new), len(report.findings_fixed)
    parts = [
        ngettext("{count} new warning", "{count} new warnings", new).format(count=new) if new else "",
        ngettext("{count} finding cured", "{count} findings cured", fixed).format(count=fixed) if fixed else "",
    ]
    said = [part for part in parts if part]
    return format_list(said) + "." if said else ""


def signed(amount: Decimal, currency: str) -> str:
    """An amount with its sign: `+€5`, `−€5`, `€0`."""
    text = format_money(Money(abs(amount), currency))
    return f"+{text}" if amount > 0 else f"−{text}" if amount < 0 else text
