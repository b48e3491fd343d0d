"""Definition of Ready and Definition of Done: what a card still lacks (D13, D14).

A requirement is a person's tick stored on the card or a check of one of its fields. `future` and `timed` are asked
at the moment of entry only: a meeting that has been held is no longer in the future, and its card is still ready.
"""

from datetime import date, timedelta
from shlex import quote

from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.model.settings.columns import Column, Requirement
from kanban.model.typed.values import Money, When
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Lack:
    """One unmet requirement, with what to type to meet it. `key` is the field to fill or tick (`dor`, `dod`)."""

    requirement: Requirement
    message: str
    cure: str
    key: str


def lacking_to_enter(card: Card, column: Column, *, today: date, source: Column | None = None) -> tuple[Lack, ...]:
    """What the card lacks to be pulled into `column` on the day `today`.

    Out of a meeting (`source`), a day to come is one after today: the meeting's own day plans no follow-up (D13).
    """
    lacks = _lacking(card, column.dor, "dor", today)
    if source is None or source.effective_stage != "meeting" or column.effective_stage == "meeting":
        return lacks
    told = {lack.requirement.id for lack in lacks}
    later = _lacking(card, column.dor, "dor", today + timedelta(days=1))
    return (*lacks, *(_after_meeting(card, one.requirement) for one in later if one.requirement.id not in told))


def _after_meeting(card: Card, requirement: Requirement) -> Lack:
    text = _("{label} is still the meeting's: write when you follow up").format(label=label_of(requirement.field))
    cure = f'kanban set {quote(card.id)} next_action="…" {requirement.field}=+2d'
    return Lack(requirement, f"{requirement.text}{_(': ')}{text}", cure, requirement.field)


def lacking_to_stay(card: Card, column: Column) -> tuple[Lack, ...]:
    """What a card standing in `column` lacks of the column's Definition of Ready, day-bound checks aside."""
    return _lacking(card, column.dor, "dor", None)


def lacking_to_leave(card: Card, column: Column) -> tuple[Lack, ...]:
    """What the card lacks to leave `column` forward."""
    return _lacking(card, column.dod, "dod", None)


def _lacking(card: Card, requirements: tuple[Requirement, ...], ticks: str, today: date | None) -> tuple[Lack, ...]:
    ticked = card.dor if ticks == "dor" else card.dod
    found = []
    for requirement in requirements:
        if requirement.effective_check == "ticked":
            if requirement.id not in ticked:
                message = _("not ticked: {what}").format(what=requirement.text)
                cure = f"kanban tick {quote(card.id)} {requirement.id}"
                found.append(Lack(requirement, message, cure, ticks))
        elif not _holds(card, requirement, today):
            found.append(_field_lack(card, requirement, today))
    return tuple(found)


def _holds(card: Card, requirement: Requirement, today: date | None) -> bool:
    value = card.values.get(requirement.field)
    check = requirement.effective_check
    if check == "positive":
        number = value.amount if isinstance(value, Money) else value
        return number is not None and not isinstance(number, str | tuple | bool) and number > 0
    if check == "yes":
        return value is True
    if check in ("future", "timed") and today is not None:
        day = value.day if isinstance(value, When) else value
        if not isinstance(day, date) or day < today:
            return False
        return check == "future" or (isinstance(value, When) and value.time is not None)
    return value not in (None, "", ())


def _field_lack(card: Card, requirement: Requirement, today: date | None) -> Lack:
    field = requirement.field
    check = requirement.effective_check
    wanted = {
        "positive": _("{label} must be above 0"),
        "future": _("{label} must be today or later"),
        "timed": _("{label} must be a day to come, with a time"),
        "yes": _("{label} must be yes"),
    }
    text = (
        wanted.get(check, _("{label} is missing"))
        if (today or check in ("positive", "yes"))
        else _("{label} is missing")
    )
    example = {"positive": "28000", "future": "+2d", "timed": '"+2d 10:00"', "yes": "yes"}.get(check, "…")
    message = f"{requirement.text}{_(': ')}{text.format(label=label_of(field))}"
    return Lack(requirement, message, f"kanban set {quote(card.id)} {field}={example}", field)
