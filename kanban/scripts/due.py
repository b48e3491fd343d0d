"""Which mails are due: the reminder before a meeting (D45), the follow-ups of an offer (D44, D57)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_time
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import working_day_before
from kanban.model.settings.columns import Column
from kanban.model.text.notes import read_notes
from kanban.pull.meetings import is_meeting
from kanban.pull.milestones import follow_ups_open, follow_ups_owed, offer_day

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


Days = Mapping[str, tuple[int, int]]
"""Card id → days in its column and days since the last action on it."""


def due_mails(board: Board, today: date, days: Days) -> tuple[DueMail, ...]:
    """The mails due on `today`, the most overdue first."""
    found: list[DueMail] = []
    for card in board.open_cards:
        column = board.column_of(card)
        if is_meeting(board, card):
            found += _reminder(board, card, today)
        if card.block is None:
            found += _follow_up(board, column, card, today, days.get(card.id))
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


def _follow_up(
    board: Board, column: Column, card: Card, today: date, days: tuple[int, int] | None
) -> Iterator[DueMail]:
    """The follow-up of today, else the last one that is owed."""
    standing, idle = days or (None, None)
    plan = follow_ups_open(board.config, column, card, today, idle=idle, standing=standing)
    owed = follow_ups_owed(board.config, column, card, today, idle=idle, standing=standing)
    found = [one for one in plan if one.on == today or one in owed]
    since = offer_day(card, None if standing is None else today - timedelta(days=standing))
    if not found or since is None:
        return
    last = found[-1]
    why = _("D+{days} after the offer of {day}").format(days=last.after, day=format_date(since, "short"))
    yield DueMail(card, FIRST if last.number == 1 else AGAIN, last.on, why)


def _sent(card: Card, script: str, since: date) -> bool:
    notes = read_notes(card.body)
    return any(
        note.day is not None and note.day >= since and any(marker(script) in bullet for bullet in note.bullets)
        for note in notes
    )
