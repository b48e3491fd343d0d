"""D41 · endless negotiation: cards stay in negotiation far longer than they should."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import (
    FOUND,
    Finding,
    Symptom,
    command,
    judged,
    lower_limit,
    no_column,
    setting,
    standing_too_long,
    too_little,
)
from kanban.i18n import N_, _
from kanban.paper.plain import typed
from kanban.pull.cadence import escalation_limit

REMEDIES = (
    N_("take one card fewer into negotiation at a time"),
    N_("agree on a day by which the customer decides, and write it down"),
    N_("leave two or three closed alternatives on the table, no open questions"),
)


def _look(case: Case) -> Finding:
    column = case.stage("negotiation")
    if column is None:
        return no_column("negotiation")
    standing = case.standing(column)
    if not standing:
        return too_little(_("no card in {column}").format(column=column.title), {"cards": 0})
    stuck, evidence = standing_too_long(case, column, "negotiation-days")
    actions = [command(f"kanban set {typed(card)} close_date=+7d") for card in stuck[:3]]
    actions.append(lower_limit(column.key, case.limit(column), len(standing)))
    if escalation_limit(column) is None:
        actions.append(setting(f"escalate: 7    # columns, key: {column.key}"))
    numbers = {"cards": len(standing), "stuck": len(stuck)}
    finding = Finding(FOUND, (evidence,), numbers, stuck, tuple(actions))
    return judged(len(stuck) >= case.threshold("negotiation-stuck"), finding)


SYMPTOM = Symptom("D41", N_("Endless negotiation"), REMEDIES, _look, "negotiation", "time_in_column")
