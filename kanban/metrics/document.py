"""The `kanban-metrics/1` document: the report as data. Amounts are decimal strings, days ISO dates, rates 0 to 1.

Fields may be added in later versions, none is ever removed or given another meaning under this name.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from kanban.metrics import records
from kanban.metrics.base.figure import SHARE, Figure, Shift
from kanban.metrics.by_owner_source_class import Cut
from kanban.metrics.cards.ageing import age_record
from kanban.metrics.cards.weighted_pipeline import Pipeline
from kanban.metrics.comparison import Comparison, Difference
from kanban.metrics.flow.conversion import Conversion
from kanban.metrics.flow.little import Little
from kanban.metrics.flow.velocity import Velocity
from kanban.metrics.flow.win_rate import WinRate
from kanban.metrics.report import Figures
from kanban.metrics.suspicion_wording import suspicion_records
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import action_of, name_of
from kanban.schemas.filling import filled

CENT = Decimal("0.01")

Json = dict[str, Any]


def metrics_document(report: Figures) -> records.MetricsDocument:
    """The whole report."""
    tally, money, found = report.tally, report.weighted_pipeline, report.cuts
    return {
        "schema": "kanban-metrics/1",
        "as_of": tally.as_of,
        "timezone": tally.config.timezone,
        "head": tally.head,
        "shallow": tally.shallow,
        "since": report.window.since,
        "until": report.window.until,
        "day_count": report.count.unit,
        "clamped_events": tally.clamped,
        "imported_cards": sum(deal.imported for deal in report.deals),
        "suspicions": suspicion_records(report.suspicions),
        "wip": _wip(report),
        "throughput": _throughput(report),
        "arrivals": report.arrivals,
        "cycle_time": _cycle_time(report),
        "time_in_column": {one.column: filled(records.StayRecord, one) for one in report.time_in_column},
        "pace": {one.column: one.ages for one in report.pace},
        "conversion": {one.column: _conversion(one) for one in report.conversion},
        "win_rate": _win_rate(report.win_rate),
        "age": [cast("records.AgeRecord", age_record(one)) for one in report.age],
        "next_action": report.next_action,
        "weighted_pipeline": {currency: _pipeline(one) for currency, one in money.currencies.items()},
        "incomplete": money.incomplete,
        "velocity": {one.currency: _velocity(one) for one in report.velocity},
        "loss_reasons": [
            filled(records.LossRecord, one, amounts=amounts_json(one.amounts)) for one in report.loss_reasons
        ],
        "slips": [filled(records.SlipRecord, one) for one in report.slips],
        "blocked": [filled(records.BlockerRecord, one) for one in report.blockers],
        "little": _little(report.little),
        "cuts": {
            "owners": [_cut(cut) for cut in found.owners],
            "sources": [_cut(cut) for cut in found.sources],
            "classes": [_cut(cut) for cut in found.classes],
        },
        "targets": [target_record(row) for row in report.targets],
    }


def _wip(report: Figures) -> records.WipRecord:
    wip = report.wip
    columns, classes = (
        {key: filled(records.LevelRecord, level) for key, level in levels.items()}
        for levels in (wip.columns, wip.classes)
    )
    return {"total": wip.total, "columns": columns, "classes": classes, "days_over_limit": dict(wip.breaches)}


def _throughput(report: Figures) -> records.ThroughputRecord:
    weeks = [filled(records.WeekRecord, week, week=week.key) for week in report.throughput.weeks]
    return filled(records.ThroughputRecord, report.throughput, weeks=weeks, natural_limits=report.throughput_limits)


def _cycle_time(report: Figures) -> records.CycleTimeRecord:
    return filled(records.CycleTimeRecord, report.cycle_time.won, decided=report.cycle_time.decided)


def _conversion(one: Conversion) -> records.ConversionRecord:
    plain, within = one.plain, one.within_90_days
    return filled(records.ConversionRecord, one, low=plain.low, high=plain.high, incidence_90d=within)


def _win_rate(rate: WinRate) -> records.WinRateRecord:
    amounts: dict[str, records.DecidedRecord] = {
        currency: {"won": decimal_text(sides.won), "lost": decimal_text(sides.lost), "rate": sides.rate}
        for currency, sides in rate.amounts.items()
    }
    won, lost, within = rate.won, rate.lost, rate.within_90_days
    return filled(records.WinRateRecord, rate.plain, won=won, lost=lost, amounts=amounts, won_90d=within)


def _pipeline(one: Pipeline) -> records.PipelineRecord:
    sums = {name: decimal_text(getattr(one, name)) for name in ("total", "past_due", "undated", "unweighted")}
    return filled(
        records.PipelineRecord, one, months=amounts_json(one.months), quarters=amounts_json(one.quarters), **sums
    )


def _velocity(one: Velocity) -> records.VelocityRecord:
    won = decimal_text(one.mean_won.quantize(CENT)) if one.mean_won is not None else None
    return filled(records.VelocityRecord, one, mean_won=won)


def _little(law: Little) -> records.LittleRecord:
    return filled(records.LittleRecord, law, since=law.window.since, until=law.window.until)


def _cut(cut: Cut) -> records.CutRecord:
    won, weighted = amounts_json(cut.won_amounts), amounts_json(cut.weighted)
    return filled(records.CutRecord, cut, won_amounts=won, weighted=weighted)


def target_record(row: TargetRow) -> records.TargetRecord:
    """One line of the table, name and action in the language in force."""
    window: records.WindowRecord | None = {"since": row.since, "until": row.until} if row.until is not None else None
    low, high = (row.low, row.high) if row.unit == SHARE else (None, None)
    return filled(
        records.TargetRecord, row, action=action_of(row), name=name_of(row.metric), low=low, high=high,
        interval=_interval(row), since=row.declared_since, weeks=row.span, window=window,
    )  # fmt: skip


def comparison_json(comparison: Comparison) -> records.ComparisonRecord:
    """The `compare` part: both windows and every figure of both."""
    now, then = comparison.now, comparison.then
    return {
        "now": {"since": now.since, "until": now.until, "observed_days": comparison.days_now},
        "then": {"since": then.since, "until": then.until, "observed_days": comparison.days_then},
        "rows": [_difference(row) for row in comparison.rows],
    }


def _difference(row: Difference) -> records.DifferenceRecord:
    now, then, change = row.now, row.then, row.change
    values = {"now": now.value, "then": then.value, "n_now": now.n, "n_then": then.n, "change": change.value}
    spans = {f"interval_{name}": _interval(one) for name, one in (("now", now), ("then", then), ("change", change))}
    return filled(records.DifferenceRecord, row, too_thin=now.too_thin or then.too_thin, **values, **spans)


def _interval(one: Figure | Shift) -> records.IntervalRecord:
    return {"low": one.low, "high": one.high}


def decimal_text(value: Decimal) -> str:
    """The exact value with two decimals, or more where it has more."""
    in_cents = value.quantize(CENT)
    return str(in_cents) if in_cents == value else f"{value.normalize():f}"


def amounts_json(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    """Exact amounts per currency or month."""
    return {currency: decimal_text(amount) for currency, amount in amounts.items()}
