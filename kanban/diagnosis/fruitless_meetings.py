"""D39 · many meetings, few offers."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import FOUND, Finding, Symptom, command, judged_rate, no_column, setting, too_little
from kanban.i18n import N_, _
from kanban.i18n.formats import format_percent
from kanban.metrics.baselines import CONVERSION
from kanban.metrics.measures import measured

REMEDIES = (
    N_("qualify again before the meeting: need, budget, who decides"),
    N_("close every meeting the same way: sum up what was said, agree on the next step and its day"),
)


def _look(case: Case) -> Finding:
    meeting = case.stage("meeting")
    if meeting is None:
        return no_column("meeting")
    rate = measured(case.ledger, CONVERSION, case.window, meeting.key)
    if rate.value is None or rate.n < case.threshold("decided"):
        text = _("meetings decided in {weeks} weeks: {count}, too few to judge")
        return too_little(text.format(count=rate.n, weeks=case.weeks), {"decided": rate.n})
    low, high = (format_percent(bound or 0.0, digits=0) for bound in (rate.low, rate.high))
    text = _("{share} of {count} cards went on from {column} in {weeks} weeks (95% between {low} and {high})")
    share = format_percent(rate.value, digits=0)
    evidence = text.format(share=share, count=rate.n, column=meeting.title, weeks=case.weeks, low=low, high=high)
    actions = (
        setting(f"dod: [meeting-held, next-step-agreed]    # columns, key: {meeting.key}"),
        command(f'kanban experiment new "…" --problem "…" --indicator conversion-{meeting.key} --target "…"'),
    )
    numbers = {"decided": rate.n, "rate": rate.value, "low": rate.low, "high": rate.high}
    cards = tuple(one.card for one in case.standing(meeting))
    return judged_rate(rate, case.threshold("meeting-rate"), Finding(FOUND, (evidence,), numbers, cards, actions))


SYMPTOM = Symptom("D39", N_("Many meetings, few offers"), REMEDIES, _look, "meeting", "conversion")
