"""D37 · meetings cancelled: cards stay in the meeting column, or their meetings are put off before they take place."""

from collections import Counter

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
from kanban.model.settings.columns import Column
from kanban.paper.plain import typed
from kanban.pull.meetings import most_meetings

REMEDIES = (
    N_("confirm each meeting by mail as soon as it is booked, with its agenda"),
    N_("remind the day before, with the three points and the link"),
    N_("no more than 10 meetings a day"),
)


def _look(case: Case) -> Finding:
    meeting = case.stage("meeting")
    if meeting is None:
        return no_column("meeting")
    standing = case.standing(meeting)
    if not standing:
        return too_little(_("no card in {column}").format(column=meeting.title), {"cards": 0})
    stuck, too_long = standing_too_long(case, meeting, "meeting-days")
    moved = _put_off(case, meeting)
    crowded = _crowded(case, meeting)
    evidence = [
        too_long,
        _("meetings put off before they took place: {count}").format(count=len(moved))
        + (f" ({', '.join(moved)})" if moved else ""),
    ]
    if crowded:
        evidence.append(_("meetings planned on one day: {count}").format(count=crowded))
    present = len(stuck) >= case.threshold("meeting-stuck") or len(moved) >= case.threshold("meeting-replanned")
    cards = tuple(dict.fromkeys((*stuck, *moved)))
    actions = [command(f'kanban note {typed(card)} "…" --next "…" --on "+1d 10:00"') for card in cards[:3]]
    if all(one.id != "agenda-sent" for one in meeting.dor):
        actions.append(setting(f"dor: [slot-confirmed, agenda-sent]    # columns, key: {meeting.key}"))
    numbers = {"cards": len(standing), "stuck": len(stuck), "put_off": len(moved), "on_one_day": crowded}
    return judged(present, Finding(FOUND, tuple(evidence), numbers, cards, tuple(actions)))


def _put_off(case: Case, meeting: Column) -> tuple[str, ...]:
    """Cards in the column of which one and the same next action was moved to a later day before its day was over."""
    found = []
    for one in case.standing(meeting):
        action, planned = "", None
        for event, card in case.ledger.versions_of(one.card, "next_action"):
            if card is None or event.to_column != meeting.key:
                planned = None
                continue
            day = card.next_action_date.day if card.next_action_date else None
            if planned and day and card.next_action == action and event.at.date() <= planned < day:
                found.append(one.card)
                break
            action, planned = card.next_action, day
    return tuple(found)


def _crowded(case: Case, meeting: Column) -> int:
    """The most meetings planned on one day, when that is more than the board allows; else 0."""
    board = case.ledger.board
    days = Counter(card.next_action_date.day for card in board.in_column(meeting.key) if card.next_action_date)
    most = max(days.values(), default=0)
    return most if most > most_meetings(case.ledger.config) else 0


SYMPTOM = Symptom("D37", N_("Meetings cancelled or put off"), REMEDIES, _look, "meeting", "time_in_column")
