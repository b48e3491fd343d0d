"""D40 · offers stuck: most of what stands in the offer column has been there for long."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import (
    FOUND,
    Finding,
    Symptom,
    command,
    days_text,
    judged,
    no_column,
    setting,
    too_little,
)
from kanban.i18n import _
from kanban.i18n.formats import format_days


def _title() -> str:
    return _("Offers stuck")


def _remedies() -> tuple[str, ...]:
    return (
        _("follow up two and seven days after sending"),
        _("go over the value with the customer again: what it saves, what waiting costs"),
        _("offer a first phase that can be decided now, and a second one later"),
    )


def _look(case: Case) -> Finding:
    offer = case.stage("offer")
    if offer is None:
        return no_column("offer")
    standing = case.standing(offer)
    least = int(case.threshold("offer-stuck"))
    if len(standing) < least:
        text = _("cards in {column}: {count}, too few to judge")
        return too_little(text.format(count=len(standing), column=offer.title), {"cards": len(standing)})
    limit = case.threshold("offer-days")
    stuck = tuple((one.card, one.clocks.column_days) for one in standing if one.clocks.column_days > limit)
    present = len(stuck) >= least and len(stuck) / len(standing) >= case.threshold("offer-share")
    evidence = _("cards more than {days} in {column}: {count} of {all}").format(
        count=len(stuck), all=len(standing), days=format_days(int(limit)), column=offer.title
    ) + (f" ({days_text(stuck)})" if stuck else "")
    actions = [command(f'kanban note {card} "…" --next "…" --on +2d') for card, _days in stuck[:3]]
    if not offer.follow_up:
        actions.append(setting(f"follow_up: [2, 7]    # columns, key: {offer.key}"))
    numbers = {"cards": len(standing), "stuck": len(stuck)}
    return judged(present, Finding(FOUND, (evidence,), numbers, tuple(card for card, _days in stuck), tuple(actions)))


SYMPTOM = Symptom("D40", _title, _remedies, _look, "offer", "time_in_column")
