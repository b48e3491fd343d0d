"""D40 · offers stuck: most of what stands in the offer column has been there for long."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import (
    FOUND,
    Finding,
    Symptom,
    command,
    judged,
    no_column,
    setting,
    standing_too_long,
    too_little,
)
from kanban.i18n import N_, _
from kanban.paper.plain import typed
from kanban.pull.cadence import follow_up_days

REMEDIES = (
    N_("follow up two and seven days after sending"),
    N_("go over the value with the customer again: what it saves, what waiting costs"),
    N_("offer a first phase that can be decided now, and a second one later"),
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
    stuck, evidence = standing_too_long(case, offer, "offer-days")
    present = len(stuck) >= least and len(stuck) / len(standing) >= case.threshold("offer-share")
    actions = [command(f'kanban note {typed(card)} "…" --next "…" --on +2d') for card in stuck[:3]]
    if not follow_up_days(offer):
        actions.append(setting(f"follow_up: [2, 7]    # columns, key: {offer.key}"))
    numbers = {"cards": len(standing), "stuck": len(stuck)}
    return judged(present, Finding(FOUND, (evidence,), numbers, stuck, tuple(actions)))


SYMPTOM = Symptom("D40", N_("Offers stuck"), REMEDIES, _look, "offer", "time_in_column")
