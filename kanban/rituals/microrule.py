"""Which micro-rule the review proposes to try: a symptom's remedy, else what helps at the bottleneck (D50)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from math import ceil

from kanban.diagnosis.diagnosis import Row
from kanban.experiments.indicators import indicator
from kanban.i18n import _
from kanban.i18n.formats import format_percent
from kanban.metrics.base.figure import DAYS, PER_WEEK, SHARE, Figure
from kanban.metrics.base.window import weeks_before
from kanban.metrics.comparison import WEEKS
from kanban.metrics.measures import REPORTS
from kanban.metrics.report import Report
from kanban.rituals.bottleneck import Bottleneck

POINTS = 0.05
"""What a share should gain while the rule is tried."""

MORE = 1.15
"""What a figure per week should become (D24: 15 to 30 % more)."""

REPORTED = 0.8
"""The share of meetings reported in time under which a rule is proposed."""

SHORTER = 0.8
"""What should be left of a number of days."""


@dataclass(frozen=True, slots=True)
class MicroRule:
    """One rule proposed for a trial, in the words of its ticket. `key` names the rule among those we know.

    `indicator` is one that can be measured, such as `conversion-offre`; `target` where it should go, as tickets have
    it (`45 %`, `12`), "" when nothing is known of today's value; `evidence` what shows the problem, where the
    bottleneck does not tell it.
    """

    key: str
    problem: str
    rule: str
    indicator: str
    target: str = ""
    evidence: tuple[str, ...] = ()


def remedy(symptoms: tuple[Row, ...], tried: Collection[str]) -> MicroRule | None:
    """The first remedy of the first symptom that no ticket has tried yet, all symptoms in their order."""
    for row in symptoms:
        for number, text in enumerate(row.remedies, 1):
            if text not in tried:
                evidence = () if row.column else row.evidence
                return MicroRule(f"{row.id.lower()}-{number}", row.title, text, row.indicator, evidence=evidence)
    return None


def propose(found: Bottleneck, *, slower: bool, reports: Figure | None = None) -> MicroRule | None:
    """One micro-rule for the bottleneck: a lower limit when fewer deals are won, else the remedy of its stage.

    Where meetings hold the flow up and too few of them are reported within a day (`reports`), that comes first.
    """
    if found.rate is None:
        return None
    column = found.column
    problem = _("only {rate} of the cards decided in {column} go on").format(
        rate=format_percent(found.rate, digits=0), column=column.title
    )
    figure = f"conversion-{column.key}"
    stage = column.effective_stage
    if column.wip is not None and column.wip > 1 and (slower or stage not in ("qualified", "meeting", "offer")):
        rule = _("WIP of {column}: {less} instead of {now}").format(
            column=column.title, less=column.wip - 1, now=column.wip
        )
        return MicroRule(f"wip-{column.key}", problem, rule, figure)
    told = reports
    if stage == "meeting" and told is not None and told.value is not None and told.value < REPORTED:
        problem = _("of {count} meetings, {rate} were reported within a day").format(
            count=told.n, rate=format_percent(told.value, digits=0)
        )
        return MicroRule("report-24-h", problem, _("what came of a meeting is written within 24 h"), REPORTS)
    rules = {
        "qualified": ("decision-maker-first", _("no meeting is asked for before the decision maker is named")),
        "meeting": ("close-of-meeting", _("no meeting ends without a summary and a dated next step")),
        "offer": ("follow-up-d2-d7", _("every offer is followed up at D+2 and D+7")),
    }
    key, rule = rules.get(stage, (f"decision-date-{column.key}", _("every card in {column} has a decision date")))
    return MicroRule(key, problem, rule.format(column=column.title), figure)


def aimed(rule: MicroRule, report: Report) -> MicroRule:
    """The rule with a target from the last weeks: a share 5 points or wins 15 % up, days a fifth down."""
    found = indicator(rule.indicator, report.ledger.config)
    value = found.over(report.ledger, weeks_before(report.as_of, WEEKS)).value if found is not None else None
    if found is None or value is None:
        return rule
    if found.unit == SHARE:
        return replace(rule, target=f"{round(100 * min(1.0, value + POINTS))} %")
    if found.unit == PER_WEEK and value > 0:
        return replace(rule, target=f"{MORE * value:.2f}")
    return replace(rule, target=str(ceil(SHORTER * value))) if found.unit == DAYS else rule
