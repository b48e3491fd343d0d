"""A board's figures as OpenMetrics text, for Prometheus and what reads it: a file for a node exporter's folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kanban.metrics.report import Report

Labels = Mapping[str, str]
Samples = Sequence[tuple[Labels, float]]
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}


def openmetrics_text(report: Report, board: str) -> str:
    """All families, each with its type, its help and a sample a line; the last line is `# EOF`."""
    lines = [line for family in _families(report) for line in _told(*family, {"board": board})]
    return "\n".join([*lines, "# EOF", ""])


Family = tuple[str, str, Samples]


def _families(report: Report) -> Iterator[Family]:
    journeys = report.ledger.journeys.values()
    columns = report.wip.columns
    yield "wip_cards", "Open cards in a column.", [({"column": key}, one.count) for key, one in columns.items()]
    limits = [({"column": key}, one.limit) for key, one in columns.items() if one.limit is not None]
    yield "wip_limit_cards", "The most cards that a column may hold.", limits
    outcomes = ("won", "lost", "parked")
    ended = [({"outcome": one}, sum(journey.outcome == one for journey in journeys)) for one in outcomes]
    yield "closed_cards", "Cards that stand in an exit.", ended
    cycle = report.cycle_time.won
    shares = (("50", cycle.p50), ("70", cycle.p70), ("85", cycle.p85), ("95", cycle.p95))
    took = [({"percentile": name}, value) for name, value in shares if value is not None]
    yield "cycle_time_days", "Days from start to won, both counted, nearest rank.", took
    money = [({"currency": key}, float(one.total)) for key, one in report.weighted_pipeline.currencies.items()]
    yield "weighted_pipeline", "Amount times probability of open cards.", money
    asked = report.next_action
    owed = [({"trouble": "missing"}, len(asked.missing)), ({"trouble": "overdue"}, len(asked.overdue))]
    yield "next_action_cards", "Open cards whose next action is missing or overdue.", owed


def _told(name: str, text: str, samples: Samples, common: Labels) -> Iterator[str]:
    family = f"kanban_{name}"
    yield f"# TYPE {family} gauge"
    yield f"# HELP {family} {text}"
    for labels, value in samples:
        said = ",".join(f'{key}="{_escaped(one)}"' for key, one in {**common, **labels}.items())
        yield f"{family}{{{said}}} {value:g}" if value != int(value) else f"{family}{{{said}}} {int(value)}"


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(one, one) for one in text)
