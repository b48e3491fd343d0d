"""D42 · too many Expedites: what is urgent has become usual."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import FOUND, Finding, Symptom, command, judged, setting, too_little
from kanban.i18n import N_, _
from kanban.i18n.formats import format_percent
from kanban.paper.plain import typed
from kanban.pull.classes import retrospective_minutes

REMEDIES = (
    N_("write down what may be Expedite, and who decides; all else is Standard"),
    N_("take incidents through a channel of their own, not through the sales board"),
    N_("look back for ten minutes after each one: what would have made it unnecessary?"),
)


def _look(case: Case) -> Finding:
    config = case.ledger.config
    classes = {one.key: one for one in config.classes if one.effective_kind == "expedite"}
    if not classes:
        return too_little(_("the board has no class Expedite"))
    active = tuple(
        card.id for card in case.ledger.board.open_cards if config.class_of(card.service_class).key in classes
    )
    allowed = sum(one.wip if one.wip is not None else 1 for one in classes.values())
    started = [journey.card for journey in case.report.journeys if journey.started in case.window]
    urgent = sum(case.ledger.service_class(card) in classes for card in started)
    enough = len(started) >= case.threshold("decided")
    share = urgent / len(started) if started else None
    if not enough and len(active) <= allowed:
        text = _("cards started in {weeks} weeks: {count}, too few to judge")
        return too_little(text.format(count=len(started), weeks=case.weeks), {"started": len(started)})
    evidence = [_("Expedites open: {count}, allowed: {allowed}").format(count=len(active), allowed=allowed)]
    if share is not None:
        text = _("{urgent} of {count} cards started in {weeks} weeks were Expedite ({share})")
        shown = format_percent(share, digits=0)
        evidence.append(text.format(urgent=urgent, count=len(started), weeks=case.weeks, share=shown))
    often = enough and share is not None and share > case.threshold("expedite-share")
    standard = next((one.key for one in config.classes if one.effective_kind == "standard"), "standard")
    actions = [command(f"kanban set {typed(card)} class={standard}") for card in active[allowed:][:3]]
    actions += [command(f"kanban list --class {key}") for key in classes]
    actions += [
        setting(f"- {{key: {key}, wip: 1, retrospective_minutes: 10}}    # classes")
        for key, one in classes.items()
        if one.wip != 1 or retrospective_minutes(one) is None
    ]
    numbers = {"active": len(active), "allowed": allowed, "started": len(started), "expedite": urgent, "share": share}
    return judged(len(active) > allowed or often, Finding(FOUND, tuple(evidence), numbers, active, tuple(actions)))


SYMPTOM = Symptom("D42", N_("Too many Expedites"), REMEDIES, _look, figure="cycle_time")
