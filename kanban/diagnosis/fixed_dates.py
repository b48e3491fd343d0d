"""D38 · fixed dates at risk: a card that must be won by a day is unlikely to be."""

from datetime import date

from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import FOUND, Finding, Symptom, command, judged, setting, too_little
from kanban.i18n import N_, _
from kanban.i18n.formats import format_date, format_percent
from kanban.model.cards.card import Card
from kanban.paper.plain import typed

REMEDIES = (
    N_("pull Fixed Date cards before Standard ones until their day"),
    N_("give the class its own WIP limit, so that it does not crowd out the rest"),
    N_("agree with the customer on what can be ready by the day, and on the rest after it"),
)


def _look(case: Case) -> Finding:
    config = case.ledger.config
    kinds = [one for one in config.classes if one.effective_kind == "fixed-date"]
    cards = [card for card in case.ledger.board.open_cards if config.class_of(card.service_class) in kinds]
    if not cards:
        return too_little(_("no open card of class Fixed Date"), {"cards": 0})
    if not case.forecast.enough_history:
        return too_little(_("fewer than six complete weeks: no probability to hold the dates against"))
    lines, risky = [], []
    for card in cards:
        day = card.fixed_date
        days = (day - case.ledger.as_of).days if day is not None else None
        if day is not None and days is not None and days <= case.threshold("fixed-date-days"):
            chance = _chance(case, card, days)
            if chance < case.threshold("fixed-date-chance"):
                risky.append(card)
                lines.append(_line(case, card, day, chance))
    sound = _("open cards of class Fixed Date: {count}, none at risk within {days} days").format(
        count=len(cards), days=int(case.threshold("fixed-date-days"))
    )
    actions = [command(f"kanban show {typed(card.id)}") for card in risky[:3]]
    actions += [setting(f"- {{key: {one.key}, wip: 5}}    # classes") for one in kinds if one.wip is None]
    found = tuple(card.id for card in risky)
    numbers = {"cards": len(cards), "at_risk": len(risky)}
    return judged(bool(risky), Finding(FOUND, tuple(lines) or (sound,), numbers, found, tuple(actions)))


def _chance(case: Case, card: Card, days: int) -> float:
    """P(won by the date) by the card model, that day taken whole; 0 once it has passed."""
    return case.forecast.model.chance(card.id, max(days, 1)) if days >= 0 else 0.0


def _line(case: Case, card: Card, day: date, chance: float) -> str:
    title = case.ledger.board.column_of(card).title
    if day < case.ledger.as_of:
        text = _("{card}: its date was {day}, and it stands in {column}")
        return text.format(card=card.id, day=format_date(day, "medium"), column=title)
    return _("{card}: {share} likely to be won by {day} from {column}").format(
        card=card.id, share=format_percent(chance, digits=0), day=format_date(day, "medium"), column=title
    )


SYMPTOM = Symptom("D38", N_("Fixed dates at risk"), REMEDIES, _look)
