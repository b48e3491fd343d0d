"""The `kanban-metrics/1` document: the report as data. Amounts are decimal strings, days ISO dates, rates 0 to 1.

Fields may be added in later versions, none is ever removed or given another meaning under this name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kanban.metrics.base.intervals import Rate
from kanban.metrics.by_owner_source_class import Cut
from kanban.metrics.cards.weighted_pipeline import Pipeline
from kanban.metrics.comparison import Comparison
from kanban.metrics.report import Report
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import action_of, name_of

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
        "imported_cards": sum(journey.imported for journey in ledger.journeys.values()),
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


def money_json(report: Report) -> Json:
    """The weighted pipeline, what could not be weighted, and the velocity."""
    found = report.weighted_pipeline
    return {
        "weighted_pipeline": {currency: _pipeline(one) for currency, one in found.currencies.items()},
        "incomplete": list(found.incomplete),
        "velocity": {
            one.currency: {
                "qualified": one.qualified,
                "win_rate": one.win_rate,
                "mean_won": decimal_text(one.mean_won.quantize(CENT)) if one.mean_won is not None else None,
                "mean_days": one.mean_days,
                "per_day": one.per_day,
                "won_per_day": one.won_per_day,
                "divergence": one.divergence,
                "steady": one.steady,
            }
            for one in report.velocity
        },
    }


def _pipeline(one: Pipeline) -> Json:
    return {
        "total": decimal_text(one.total),
        "past_due": decimal_text(one.past_due),
        "undated": decimal_text(one.undated),
        "months": amounts_json(one.months),
        "quarters": amounts_json(one.quarters),
        "unweighted": decimal_text(one.unweighted),
        "cards": one.cards,
    }


def reasons_json(report: Report) -> Json:
    """Why deals were lost, put off or blocked."""
    return {
        "loss_reasons": [
            {
                "reason": one.reason or None,
                "count": one.count,
                "amounts": amounts_json(one.amounts),
                "columns": dict(one.columns),
                "cards": list(one.cards),
            }
            for one in report.loss_reasons
        ],
        "slips": [
            {
                "card": one.card,
                "first": one.first.isoformat(),
                "current": one.current.isoformat() if one.current else None,
                "days": one.days,
                "pushes": one.pushes,
                "delays": one.delays,
                "pull_ins": one.pull_ins,
                "flagged": one.flagged,
            }
            for one in report.slips
        ],
        "blocked": [
            {"cause": one.cause or None, "count": one.count, "days": one.days, "cards": list(one.cards)}
            for one in report.blockers
        ],
    }


def cuts_json(report: Report) -> Json:
    """The figures per owner, source and class."""
    found = report.cuts
    groups = {"owners": found.owners, "sources": found.sources, "classes": found.classes}
    return {"cuts": {name: [_cut(cut) for cut in group] for name, group in groups.items()}}


def _cut(cut: Cut) -> Json:
    return {
        "key": cut.key or None,
        "open": cut.open,
        "won": cut.won,
        "lost": cut.lost,
        "parked": cut.parked,
        "win_rate": rate_json(cut.win_rate) if cut.win_rate else None,
        "won_amounts": amounts_json(cut.won_amounts),
        "weighted": amounts_json(cut.weighted),
        "cycle_time": asdict(cut.cycle_time),
        "without_next_action": cut.without_next_action,
        "overdue": cut.overdue,
    }


def targets_json(report: Report) -> Json:
    """The table of targets, with names and actions in the language in force."""
    return {"targets": [_target(row) for row in report.targets]}


def _target(row: TargetRow) -> Json:
    found = asdict(row) | {"name": name_of(row.metric), "action": action_of(row)}
    return found | {"column": row.column or None, "since": row.since.isoformat() if row.since else None}


CENT = Decimal("0.01")

Json = dict[str, Any]


def decimal_text(value: Decimal) -> str:
    """The exact value with two decimals, or more where it has more."""
    in_cents = value.quantize(CENT)
    return str(in_cents) if in_cents == value else f"{value.normalize():f}"


def rate_json(rate: Rate) -> Json:
    """A rate with its interval."""
    return {"rate": rate.rate, "low": rate.low, "high": rate.high, "n": rate.n}


def amounts_json(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    """Exact amounts per currency or month."""
    return {currency: decimal_text(amount) for currency, amount in amounts.items()}
