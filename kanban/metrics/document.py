"""The `kanban-metrics/1` document: the report as data. Amounts are decimal strings, days ISO dates, rates 0 to 1.

Fields may be added in later versions, none is ever removed or given another meaning under this name.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kanban.metrics.compare import Comparison
from kanban.metrics.figures import Json, decimal_text, rate_json
from kanban.metrics.money_document import cuts_json, money_json, reasons_json, targets_json
from kanban.metrics.report import Report

SCHEMA = "kanban-metrics/1"


def metrics_document(report: Report) -> Json:
    """The whole report."""
    ledger = report.ledger
    found: Json = {
        "schema": SCHEMA,
        "as_of": ledger.as_of.isoformat(),
        "timezone": ledger.config.timezone,
        "head": ledger.history.head,
        "shallow": ledger.history.shallow,
        "since": report.window.since.isoformat() if report.window.since else None,
        "until": report.window.until.isoformat(),
        "day_count": report.count.unit,
        "clamped_events": len(ledger.history.clamped),
    }
    for part in (_flow, _times, _conversion, _cards, money_json, reasons_json, _checks, cuts_json, targets_json):
        found |= part(report)
    return found


def _flow(report: Report) -> Json:
    wip, flow, arrived = report.wip, report.throughput, report.arrivals
    limits = report.throughput_limits
    return {
        "wip": {
            "total": wip.total,
            "columns": {key: _level(level) for key, level in wip.columns.items()},
            "classes": {key: _level(level) for key, level in wip.classes.items()},
            "days_over_limit": {key: asdict(breaches) for key, breaches in wip.breaches.items()},
        },
        "throughput": {
            "weeks": [
                {
                    "week": week.key,
                    "won": week.won,
                    "lost": week.lost,
                    "parked": week.parked,
                    "deleted": week.deleted,
                    "arrivals": week.arrivals,
                }
                for week in flow.weeks
            ],
            "won_per_week": flow.won_per_week,
            "won": flow.won,
            "lost": flow.lost,
            "parked": flow.parked,
            "deleted": flow.deleted,
            "natural_limits": asdict(limits) if limits else None,
        },
        "arrivals": {"count": arrived.count, "per_week": arrived.per_week, "net_flow": arrived.net_flow},
    }


def _level(level: Any) -> Json:
    return {"count": level.count, "limit": level.limit, "light": level.light}


def _times(report: Report) -> Json:
    won = report.cycle_time.won
    return {
        "cycle_time": {"n": won.n, "p50": won.p50, "p70": won.p70, "p85": won.p85, "p95": won.p95}
        | {"decided": asdict(report.cycle_time.decided)},
        "time_in_column": {one.column: {"n": one.n, "p50": one.p50, "p85": one.p85} for one in report.time_in_column},
        "pace": {one.column: asdict(one.ages) for one in report.pace},
    }


def _conversion(report: Report) -> Json:
    rate = report.win_rate
    return {
        "conversion": {
            one.column: {
                "entered": one.entered,
                "advanced": one.advanced,
                "exited": one.exited,
                "open": one.open,
                "rate": one.rate,
                "low": one.plain.low,
                "high": one.plain.high,
                "incidence_90d": rate_json(one.within_90_days),
                "reached": one.reached,
                "passed": one.passed,
                "skipped": one.skipped,
            }
            for one in report.conversion
        },
        "win_rate": {"won": rate.won, "lost": rate.lost, **rate_json(rate.plain)}
        | {
            "amounts": {
                currency: {"won": decimal_text(sides.won), "lost": decimal_text(sides.lost), "rate": sides.rate}
                for currency, sides in rate.amounts.items()
            },
            "won_90d": rate_json(rate.within_90_days),
        },
    }


def _cards(report: Report) -> Json:
    action = report.next_action
    return {
        "age": [
            {
                "card": one.card,
                "column": one.column,
                "age_days": one.clocks.age_days,
                "column_days": one.clocks.column_days,
                "idle_days": one.clocks.idle_days,
                "light": one.light,
                "escalate": one.escalate,
            }
            for one in report.age
        ],
        "next_action": {
            "open": action.open,
            "missing": list(action.missing),
            "share_missing": action.share_missing,
            "overdue": list(action.overdue),
        },
    }


def _checks(report: Report) -> Json:
    law = report.little
    return {
        "little": {
            "wip": law.wip,
            "throughput_per_day": law.throughput_per_day,
            "cycle_time_days": law.cycle_time_days,
            "ratio": law.ratio,
            "valid": law.valid,
            "failed_assumptions": list(law.failed_assumptions),
            "since": law.window.since.isoformat() if law.window.since else None,
            "until": law.window.until.isoformat(),
        },
    }


def comparison_json(comparison: Comparison) -> Json:
    """The `compare` part: both windows and every figure of both."""
    windows = {"now": (comparison.now, comparison.days_now), "then": (comparison.then, comparison.days_then)}
    return {
        name: {
            "since": window.since.isoformat() if window.since else None,
            "until": window.until.isoformat(),
            "observed_days": days,
        }
        for name, (window, days) in windows.items()
    } | {"rows": [asdict(row) | {"change": row.change, "verdict": row.verdict} for row in comparison.rows]}
