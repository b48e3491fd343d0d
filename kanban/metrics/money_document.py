"""The parts of the `kanban-metrics/1` document about money, reasons, people and targets."""

from __future__ import annotations

from dataclasses import asdict

from kanban.metrics.cuts import Cut
from kanban.metrics.figures import CENT, Json, amounts_json, decimal_text, rate_json
from kanban.metrics.report import Report
from kanban.metrics.targets import TargetRow
from kanban.metrics.weighted_pipeline import Pipeline
from kanban.metrics.wording import action_of, name_of


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
