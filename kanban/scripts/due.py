"""Which mails are due: the reminder before a meeting (D45), the follow-ups of an offer (D44, D57)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_time
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import working_day_before
from kanban.model.settings.columns import Column
from kanban.model.text.notes import read_notes
from kanban.pull.cadence import follow_ups, offer_day
from kanban.pull.meetings import is_meeting

REMINDER = "meeting-reminder"
FIRST, AGAIN = "follow-up", "follow-up-again"


@dataclass(frozen=True, slots=True)
class DueMail:
    """One mail to send: by which script, on which day it fell due, and why in a few words."""

    card: Card
    script: str
    on: date
    why: str

    def late(self, today: date) -> int:
        """Days since it fell due, 0 on the day itself."""
        return (today - self.on).days


def due_mails(board: Board, today: date, entered: Mapping[str, date]) -> tuple[DueMail, ...]:
    """The mails due on `today`, the most overdue first. `entered`: card id → the day it came to its column."""
    found: list[DueMail] = []
    for card in board.open_cards:
        column = board.column_of(card)
        if is_meeting(board, card):
            found += _reminder(board, card, today)
        if card.block is None:
            found += _follow_up(board, column, card, today, entered.get(card.id))
    return tuple(sorted(found, key=lambda mail: (mail.on, mail.card.id)))


def marker(script: str) -> str:
    """What the note of a sent mail carries, so that the mail is not due a second time."""
    return f"({script})"


def _reminder(board: Board, card: Card, today: date) -> Iterator[DueMail]:
    meeting = card.next_action_date
    if meeting is None or meeting.time is None or meeting.day <= today:
        return
    on = working_day_before(board.config.calendar, meeting.day)
    if on > today or _sent(card, REMINDER, on):
        return
    when = f"{format_date(meeting.day, 'weekday')} {format_time(meeting.time)}"
    yield DueMail(card, REMINDER, on, _("meeting {when}").format(when=when))


def _follow_up(board: Board, column: Column, card: Card, today: date, entered: date | None) -> Iterator[DueMail]:
    past = [one for one in follow_ups(board.config, column, card, entered) if one.on <= today]
    since = offer_day(card, entered)
    if not past or since is None:
        return
    last = past[-1]
    script = FIRST if last.number == 1 else AGAIN
    if _sent(card, script, last.on) or (last.on < today and _cared_for(card, last.on, today)):
        return
    why = _("D+{days} after the offer of {day}").format(days=last.after, day=format_date(since, "short"))
    yield DueMail(card, script, last.on, why)


def _sent(card: Card, script: str, since: date) -> bool:
    notes = read_notes(card.body)
    return any(
        note.day is not None and note.day >= since and any(marker(script) in bullet for bullet in note.bullets)
        for note in notes
    )


def _cared_for(card: Card, since: date, today: date) -> bool:
    """Whether somebody noted something since that day, or has planned the next step for later."""
    planned = card.next_action_date
    noted = any(note.day is not None and note.day >= since for note in read_notes(card.body))
    return noted or (planned is not None and planned.day > today)
