"""D36 · many offers, few wins: negotiation is full and little of it is won."""

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import FOUND, Finding, Symptom, command, judged_rate, lower_limit, no_column, too_little
from kanban.forecast.stress import FACTOR
from kanban.i18n import N_, _
from kanban.i18n.formats import format_number, format_percent
from kanban.metrics.base.figure import share
from kanban.metrics.base.intervals import rate_of
from kanban.metrics.base.journeys import LOST, PARKED, WON
from kanban.model.settings.columns import Column

REMEDIES = (
    N_("take one card fewer into negotiation at a time"),
    N_("one agreed answer to each frequent objection, written down"),
    N_("a dated follow-up for every offer that is out"),
    N_("check need, budget and decision maker earlier, before the offer"),
)


def _look(case: Case) -> Finding:
    offer, negotiation = case.stage("offer"), case.stage("negotiation")
    if offer is None or negotiation is None:
        return no_column("offer" if offer is None else "negotiation")
    won, decided = _decided(case, offer)
    if decided < case.threshold("decided"):
        text = _("offers decided in {weeks} weeks: {count}, too few to judge")
        return too_little(text.format(count=decided, weeks=case.weeks), {"decided": decided})
    count, limit = len(case.standing(negotiation)), case.limit(negotiation)
    load = _load(case, negotiation, count, limit)
    rate = won / decided
    full = load >= case.threshold("negotiation-load")
    room = _("no limit") if limit is None else format_number(limit)
    evidence = (
        _("{won} of {decided} offers decided in {weeks} weeks were won ({share})").format(
            won=won, decided=decided, weeks=case.weeks, share=format_percent(rate, digits=0)
        ),
        _("cards in {column}: {count}, limit: {limit}").format(column=negotiation.title, count=count, limit=room),
    )
    actions = (
        lower_limit(negotiation.key, limit, count),
        command(f"kanban forecast --wip {negotiation.key}={max(1, (limit or count) - 1)}"),
    )
    numbers = {"won": won, "decided": decided, "rate": rate, "cards": count, "limit": limit, "load": load}
    cards = tuple(one.card for one in case.standing(negotiation))
    found = Finding(FOUND, evidence, numbers, cards, actions)
    return judged_rate(share(rate_of(won, decided)), case.threshold("negotiation-win-rate"), found, also=full)


def _decided(case: Case, offer: Column) -> tuple[int, int]:
    """Cards that had come as far as an offer and were won, lost or parked in the weeks: won, and all."""
    ranks = case.ledger.track.ranks
    last = len(case.ledger.track.open_columns)
    ends = [
        journey.outcome
        for journey in case.report.journeys
        if journey.ended in case.window
        and journey.outcome in (WON, LOST, PARKED)
        and any(ranks[offer.key] <= ranks.get(stay.column, -1) < last for stay in journey.stays)
    ]
    return ends.count(WON), len(ends)


def _load(case: Case, negotiation: Column, count: int, limit: int | None) -> float:
    """Cards against the limit; without one, W against what the stress test allows."""
    if limit is not None:
        return count / limit if limit else float(count > 0)
    history = case.forecast.stress.history
    return count / (FACTOR * history) if history and case.forecast.stress.column == negotiation.key else 0.0


SYMPTOM = Symptom("D36", N_("Many offers, few wins"), REMEDIES, _look, "negotiation", "conversion")
