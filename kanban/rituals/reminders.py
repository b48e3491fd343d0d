"""What is due, as single reminders: for a message in the morning, a job on a server, or a calendar.

Kinds: `block`, `action` (a next action due), `meeting` (one to be held today), `outcome` (one whose day is over),
`escalation`, `answer` (a partner waits), `wake` (a parked card's day has come), `close` (the close date is here or
past), `decision` (a micro-rule's weeks are over).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kanban.experiments.ticket import due_experiments
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_time
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.typed.values import When
from kanban.pull.cadence import is_awake
from kanban.pull.meetings import is_held, is_meeting
from kanban.pull.milestones import days_over_escalation, is_to_be_escalated
from kanban.pull.sla import promise_of

LENGTH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing due: its kind, the card (or ticket) it is about, when, whose, and what to do in one line."""

    kind: str
    card: str
    when: When
    owner: str
    text: str

    def late(self, today: date) -> int:
        """Days since it was due, never below 0."""
        return max(0, (today - self.when.day).days)


def reminders(
    board: Board, clocks: Mapping[str, Clocks], today: date, *, days: int = 0, owner: str = ""
) -> tuple[Reminder, ...]:
    """Everything due on `today` or before, and with `days` what is planned for so many days to come; oldest first."""
    until = today + timedelta(days=days)
    found = [
        *(one for card in board.open_cards for one in _of_open(board, card, clocks.get(card.id), today, until)),
        *(one for column in board.config.exits("parked") for one in _waking(board.in_column(column.key), until)),
        *_deciding(board, today),
    ]
    mine = [one for one in found if not owner or plain(one.owner) == plain(owner)]
    return tuple(sorted(mine, key=lambda one: (one.when.sort_key(), one.card, one.kind)))


def _of_open(board: Board, card: Card, clock: Clocks | None, today: date, until: date) -> Iterator[Reminder]:
    column, when = board.column_of(card), card.next_action_date
    if card.block is not None:
        block = card.block
        text = _("unblock {account}: {next}").format(account=card.label, next=block.next or block.cause or "?")
        yield Reminder("block", card.id, When(block.since or today), block.owner or card.owner, text)
    elif when is not None and when.day <= until:
        yield _action(board, card, when, today)
    promise = promise_of(board, card)
    if promise is not None and promise.answered is None and promise.due.day <= until:
        text = _("answer the partner of {account}").format(account=card.label)
        yield Reminder("answer", card.id, promise.due, card.owner, text)
    if clock is not None and is_to_be_escalated(column, card, clock.column_days):
        since = today - timedelta(days=days_over_escalation(column, clock.column_days) or 0)
        yield Reminder("escalation", card.id, When(since), card.owner, _escalation(card, column.title, clock))
    if card.close_date is not None and card.close_date <= min(today, until):
        yield Reminder(
            "close", card.id, When(card.close_date), card.owner, _("decide {account}").format(account=card.label)
        )


def _escalation(card: Card, column: str, clock: Clocks) -> str:
    text = ngettext(
        "{account}: {days} day in {column}, tell the manager",
        "{account}: {days} days in {column}, tell the manager",
        clock.column_days,
    )
    return text.format(account=card.label, days=clock.column_days, column=column)


def _action(board: Board, card: Card, when: When, today: date) -> Reminder:
    if is_meeting(board, card):
        if is_held(board, card, today):
            text = _("outcome of the meeting with {account}?").format(account=card.label)
            return Reminder("outcome", card.id, when, card.owner, text)
        text = _("meeting with {account}: {action}").format(account=card.label, action=card.next_action or "?")
        return Reminder("meeting", card.id, when, card.owner, text)
    text = _("{account}: {action}").format(account=card.label, action=card.next_action or _("plan the next action"))
    return Reminder("action", card.id, when, card.owner, text)


def _deciding(board: Board, today: date) -> Iterator[Reminder]:
    for one in due_experiments(board.files, today, language=board.config.language):
        yield Reminder("decision", one.id, When(one.due_on or today), "", one.tried)


def _waking(cards: tuple[Card, ...], until: date) -> Iterator[Reminder]:
    for card in cards:
        if is_awake(card, until):
            text = _("{account} is parked until today: look at it again").format(account=card.label)
            yield Reminder("wake", card.id, When(card.values["parked_until"]), card.owner, text)


def reminder_line(reminder: Reminder, today: date) -> str:
    """The reminder in one line: when, what, who."""
    day = _("today") if reminder.when.day == today else format_date(reminder.when.day, "short", as_of=today)
    at = f" {format_time(reminder.when.time)}" if reminder.when.time else ""
    late = reminder.late(today)
    delay = " (" + ngettext("{days} day late", "{days} days late", late).format(days=late) + ")" if late else ""
    who = f" · {reminder.owner}" if reminder.owner else ""
    return f"{day}{at}{delay} · {reminder.text}{who}"


def calendar_file(board: Board, found: tuple[Reminder, ...], today: date, namespace: str) -> bytes:
    """The reminders as a calendar (RFC 5545), each an entry of its day or hour.

    An entry keeps its UID as long as card and kind stay the same, so that importing again moves it and never doubles
    it; `namespace` tells boards apart. The time stamp is the day's: the same board and day give the same bytes.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//git-kanban//remind//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", board.config.title or "kanban")
    for one in found:
        event = Event()
        event.add("uid", f"{_identity(namespace, one)}@git-kanban")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("summary", " ".join(one.text.split()))
        start = max(one.when.day, today)
        if one.when.time is None or one.when.day < today:
            event.add("dtstart", start)
            event.add("dtend", start + timedelta(days=1))
        else:
            moment = datetime.combine(one.when.day, one.when.time, board.config.zone)
            event.add("dtstart", moment.astimezone(UTC))
            event.add("dtend", (moment + LENGTH).astimezone(UTC))
        event.add("description", " · ".join(part for part in (one.card, one.owner) if part))
        made.add_component(event)
    return bytes(made.to_ical())


def _identity(namespace: str, one: Reminder) -> str:
    """The same recipe as the site's calendars, so that a next action has one identity in both."""
    kind = "action" if one.kind in ("action", "meeting", "outcome") else one.kind
    return hashlib.sha256(f"{namespace}\0{kind}\0{one.card}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
