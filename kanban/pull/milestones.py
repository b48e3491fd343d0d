"""The dated events of a sale that nobody writes down as such: derived here from what a card said and where it stood.

Offer sent, receipt acknowledged, follow-up made (D+2, D+7), meeting held or put off, told to the manager: `next`, the
rituals, the linter, the mails, a card's page and the numbers ask this module alone. Days in a column and days of
silence are differences of dates: 0 on the day of the move or of the last action.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day, working_day_from
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.text.notes import read_notes
from kanban.pull.cadence import escalation_limit, follow_up_days
from kanban.values import dataclass

OFFER_SENT, ACKNOWLEDGED, FOLLOWED_UP = "offer-sent", "receipt-acknowledged", "followed-up"
MEETING_HELD, MEETING_PUT_OFF, ESCALATED = "meeting-held", "meeting-put-off", "escalated"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One planned follow-up: `after` days from the start of the count, made on the day `on`; `number` counts from 1."""

    number: int
    after: int
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What a card said and where it stood from the day `since` on; `acted`: because somebody acted, not just edited."""

    since: date
    column: Column
    card: Card
    acted: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that happened: what kind, on which day, and when it was to happen where that was planned.

    `after` is the N of a follow-up at D+N. `told` is the day on which somebody wrote what came of a meeting.
    """

    kind: str
    on: date
    due: date | None = None
    after: int = 0
    told: date | None = None

    @property
    def name(self) -> str:
        """What happened, in a few words."""
        names = {
            OFFER_SENT: _("offer sent"),
            ACKNOWLEDGED: _("receipt acknowledged"),
            FOLLOWED_UP: _("follow-up at D+{days}"),
            MEETING_HELD: _("meeting held"),
            MEETING_PUT_OFF: _("meeting put off"),
            ESCALATED: _("told to the manager"),
        }
        return names[self.kind].format(days=self.after)


def offer_day(card: Card, entered: date | None) -> date | None:
    """The day from which follow-ups are counted: the offer's own (`offer_date`), else the one it came to its column."""
    sent = card.values.get("offer_date")
    return sent if isinstance(sent, date) else entered


def follow_ups(config: BoardConfig, column: Column, card: Card, entered: date | None) -> tuple[FollowUp, ...]:
    """The follow-ups that the card owes in its column, in order; none when nobody knows when to start counting.

    A day off moves one to the next working day. A day written on the card (`follow_up_date`) after the last of the
    column's is one more.
    """
    since, days = offer_day(card, entered), follow_up_days(column)
    if since is None or not days:
        return ()
    plan = [
        FollowUp(number, after, working_day_from(config.calendar, since + timedelta(days=after)))
        for number, after in enumerate(days, 1)
    ]
    written = card.values.get("follow_up_date")
    if isinstance(written, date) and written > max(one.on for one in plan):
        plan.append(FollowUp(len(plan) + 1, (written - since).days, written))
    return tuple(plan)


def follow_ups_open(
    config: BoardConfig, column: Column, card: Card, today: date, *, idle: int | None, standing: int | None
) -> tuple[FollowUp, ...]:
    """The follow-ups whose day has come without an action on it or since; those of today are still to be made.

    `idle` and `standing` are the days since the last action and in the column. Where nobody knows them, the day on the
    card (`offer_date`) and its dated notes speak.
    """
    plan = follow_ups(config, column, card, None if standing is None else today - timedelta(days=standing))
    if not plan:
        return ()
    noted = [note.day for note in read_notes(card.body) if note.day is not None and note.day <= today]
    acted = max([*noted, *([] if idle is None else [today - timedelta(days=idle)])], default=date.min)
    return tuple(one for one in plan if acted < one.on <= today)


def follow_ups_owed(
    config: BoardConfig, column: Column, card: Card, today: date, *, idle: int | None, standing: int | None
) -> tuple[FollowUp, ...]:
    """Those of them whose day is over, when no action is planned for now (D57)."""
    planned = card.next_action_date
    if planned is not None and today <= planned.day <= next_working_day(config.calendar, today):
        return ()
    found = follow_ups_open(config, column, card, today, idle=idle, standing=standing)
    return tuple(one for one in found if one.on < today)


def days_over_escalation(column: Column, column_days: int | None) -> int | None:
    """Days since the manager was to know: 0 on the day on which the card has been here `escalate` days (D29, D57).

    None before that day, in a column that does not escalate, and when nobody knows how long the card has been here.
    """
    limit = escalation_limit(column)
    over = None if limit is None or column_days is None else column_days - limit
    return over if over is not None and over >= 0 else None


def is_to_be_escalated(column: Column, card: Card, column_days: int | None) -> bool:
    """Whether the manager is to know of the card and nobody has written that he does (`escalated`)."""
    return days_over_escalation(column, column_days) is not None and not card.has("escalated")


def milestones(config: BoardConfig, past: Sequence[Standing], today: date) -> tuple[Milestone, ...]:
    """What happened to a card up to and with `today`, by day; `past` is how it stood, in order, from the start on."""
    known = [one for one in past if one.since <= today]
    found = [
        *_offers(config, known, today),
        *_meetings(known, today),
        *(one for before, after in pairwise(known) for one in _ticked(before, after)),
        *_escalations(known),
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.after)))


def _offers(config: BoardConfig, past: Sequence[Standing], today: date) -> Iterator[Milestone]:
    """For each stay among the offers: when it was sent, and each follow-up: the first action on its day or later."""
    stays = list(_stays(past))
    for at, stay in enumerate(stays):
        first, last = stay[0], stay[-1]
        if not follow_up_days(first.column):
            continue
        sent = offer_day(last.card, first.since)
        if sent is not None and sent <= today:
            yield Milestone(OFFER_SENT, sent)
        left = stays[at + 1][0].since if at + 1 < len(stays) else None
        acts = [one.since for one in stay if one.acted and one is not first] + ([left] if left is not None else [])
        for plan in follow_ups(config, last.column, last.card, first.since):
            made = next((act for act in acts if act >= plan.on), None)
            if made is not None and (left is None or plan.on <= left):
                yield Milestone(FOLLOWED_UP, made, plan.on, plan.after)


def _meetings(past: Sequence[Standing], today: date) -> Iterator[Milestone]:
    """Each planned meeting: held when its day had come before anything else was planned, else put off (D14).

    On its own day a meeting is put off where its date alone was moved: nothing noted, nothing ticked, the same to do.
    `told` is the day of the first action on the meeting's day or later; None while nobody has acted.
    """
    for at, one in enumerate(past):
        plan, column = one.card.next_action_date, one.column
        if column.effective_stage != "meeting" or plan is None:
            continue
        later = past[at + 1 :]
        other = next((two for two in later if two.card.next_action_date != plan or two.column != column), None)
        if at and past[at - 1].column == column and past[at - 1].card.next_action_date == plan:
            continue  # the same plan, told with its first standing
        if other is not None and (other.since < plan.day or (other.since == plan.day and _only_moved(one, other))):
            if other.column == column:
                yield Milestone(MEETING_PUT_OFF, other.since, plan.day)
        elif plan.day <= today and plan.day >= one.since:
            told = next((two.since for two in later if two.acted and two.since >= plan.day), None)
            yield Milestone(MEETING_HELD, plan.day, plan.day, told=told)


def _only_moved(before: Standing, after: Standing) -> bool:
    """Whether the next action stays to be done, and nothing says that anything came of it."""
    was, now = before.card, after.card
    same = (was.next_action, was.dod, was.body.split()) == (now.next_action, now.dod, now.body.split())
    return same and after.column == before.column and now.next_action_date is not None


def _ticked(before: Standing, after: Standing) -> Iterator[Milestone]:
    """What a change ticks of an offer's Definition of Done: the customer has it."""
    column = before.column
    asked = {one.id for one in column.dod if one.effective_check == "ticked"} if follow_up_days(column) else set()
    if any(tick in asked and tick not in before.card.dod for tick in after.card.dod):
        yield Milestone(ACKNOWLEDGED, after.since)


def _escalations(past: Sequence[Standing]) -> Iterator[Milestone]:
    """The day on which the manager was told, each once, beside the day on which he was to know."""
    seen: set[date] = set()
    for stay in _stays(past):
        limit = escalation_limit(stay[0].column)
        due = stay[0].since + timedelta(days=limit) if limit is not None else None
        for one in stay:
            day = one.card.values.get("escalated")
            if isinstance(day, date) and day not in seen:
                seen.add(day)
                yield Milestone(ESCALATED, day, due)


def _stays(past: Sequence[Standing]) -> Iterator[list[Standing]]:
    """The past cut where the card changed its column."""
    stay: list[Standing] = []
    for one in past:
        if stay and stay[-1].column != one.column:
            yield stay
            stay = []
        stay.append(one)
    if stay:
        yield stay
