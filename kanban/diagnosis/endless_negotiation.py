"""D41 · endless negotiation: cards stay in negotiation far longer than they should."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import (
    FOUND,
    Finding,
    Symptom,
    command,
    days_text,
    judged,
    lower_limit,
    no_column,
    setting,
    too_little,
)
from kanban.i18n import _
from kanban.i18n.formats import format_days


def _title() -> str:
    return _("Endless negotiation")


def _remedies() -> tuple[str, ...]:
    return (
        _("take one card fewer into negotiation at a time"),
        _("agree on a day by which the customer decides, and write it down"),
        _("leave two or three closed alternatives on the table, no open questions"),
    )


def _look(case: Case) -> Finding:
    column = case.stage("negotiation")
    if column is None:
        return no_column("negotiation")
    standing = case.standing(column)
    if not standing:
        return too_little(_("no card in {column}").format(column=column.title), {"cards": 0})
    limit = case.threshold("negotiation-days")
    stuck = tuple((one.card, one.clocks.column_days) for one in standing if one.clocks.column_days > limit)
    evidence = _("cards more than {days} in {column}: {count} of {all}").format(
        count=len(stuck), all=len(standing), days=format_days(int(limit)), column=column.title
    ) + (f" ({days_text(stuck)})" if stuck else "")
    actions = [command(f"kanban set {card} close_date=+7d") for card, _days in stuck[:3]]
    actions.append(lower_limit(column.key, case.limit(column), len(standing)))
    if column.escalate is None:
        actions.append(setting(f"escalate: 7    # columns, key: {column.key}"))
    numbers = {"cards": len(standing), "stuck": len(stuck)}
    finding = Finding(FOUND, (evidence,), numbers, tuple(card for card, _days in stuck), tuple(actions))
    return judged(len(stuck) >= case.threshold("negotiation-stuck"), finding)


SYMPTOM = Symptom("D41", _title, _remedies, _look, "negotiation", "time_in_column")
