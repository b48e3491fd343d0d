"""D43 · erratic forecasts: wins swing from week to week far more than chance alone would have it."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import FOUND, Finding, Symptom, command, judged, setting, too_little
from kanban.i18n import N_, _
from kanban.i18n.formats import format_days, format_number

REMEDIES = (
    N_("keep WIP steady: pull one when one is finished, never a batch"),
    N_("cut deals into smaller ones, so that they take similar times"),
    N_("watch the median cycle time, which a single long deal does not move"),
)


def _look(case: Case) -> Finding:
    weekly = case.forecast.evidence.weekly_wins[-case.weeks :]
    if len(weekly) < case.threshold("dispersion-weeks") or sum(weekly) < case.threshold("decided"):
        text = _("wins in {weeks} complete weeks: {wins}, too few to judge")
        return too_little(text.format(wins=sum(weekly), weeks=len(weekly)), {"weeks": len(weekly), "wins": sum(weekly)})
    mean = sum(weekly) / len(weekly)
    variance = sum((wins - mean) ** 2 for wins in weekly) / (len(weekly) - 1)
    ratio = variance / mean
    spread = case.report.cycle_time.won
    evidence = [
        _("weekly wins {wins}: variance {ratio} times their mean (1 is pure chance)").format(
            wins=" ".join(str(wins) for wins in weekly), ratio=format_number(ratio, digits=1)
        )
    ]
    if spread.p50 is not None and spread.p85 is not None:
        text = _("half of the {count} wins in {weeks} weeks took {p50} or less, 85% {p85} or less")
        evidence.append(
            text.format(count=spread.n, weeks=case.weeks, p50=format_days(spread.p50), p85=format_days(spread.p85))
        )
    actions = (
        command("kanban forecast --backtest"),
        setting("metrics: [throughput, cycle_time, without_next_action]    # rituals"),
    )
    numbers = {"weeks": len(weekly), "wins": sum(weekly), "dispersion": ratio, "p50": spread.p50, "p85": spread.p85}
    return judged(ratio > case.threshold("dispersion"), Finding(FOUND, tuple(evidence), numbers, (), actions))


SYMPTOM = Symptom("D43", N_("Erratic forecasts"), REMEDIES, _look, figure="cycle_time")
