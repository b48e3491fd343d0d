"""The weekly, thirty minutes (D20): purge what sleeps, pull the leads that are ready, check offers and negotiations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from shlex import quote

from kanban.experiments.ticket import Ticket, due_experiments
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.cadence import is_to_be_purged, purge_limit
from kanban.pull.meetings import FullDay, full_days
from kanban.pull.milestones import follow_ups_owed, is_to_be_escalated
from kanban.pull.nextaction import is_overdue
from kanban.pull.ranking import note_cure, pullable
from kanban.pull.reasons import Reason
from kanban.pull.wip import places

FAR_FOLLOW_UP = 14
"""Days within which an offer or a negotiation must be spoken about again; a follow-up further away is a wish."""

FAR_CLOSE = 180
"""Days within which an offer or a negotiation should be decided."""


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A card without an action for `idle` days where `limit` are allowed: proposed, never parked unasked."""

    card: Card
    column: Column
    idle: int
    limit: int


@dataclass(frozen=True, slots=True)
class Lead:
    """A card that may be pulled into the meeting column; `lacks` is what still speaks against it."""

    card: Card
    lacks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A card in offer or negotiation with what is not realistic or not clear about it, and what to type."""

    card: Card
    column: Column
    doubts: tuple[str, ...]
    cures: tuple[str, ...]


@dataclass(frozen=True)
class Weekly:
    """The agenda of the week. `target` is the meeting column, None on a board without one."""

    board: Board
    as_of: date
    owner: str
    purge: tuple[Sleeper, ...]
    purge_known: bool
    target: Column | None
    places: int | None
    ready: tuple[Lead, ...]
    nearly: tuple[Lead, ...]
    doubts: tuple[Doubt, ...]
    full_days: tuple[FullDay, ...]
    tickets: tuple[Ticket, ...]


def build_weekly(board: Board, clocks: Mapping[str, Clocks], today: date, *, owner: str = "") -> Weekly:
    """The weekly of `today`; with `owner` only that person's cards. Without clocks nothing is proposed for parking."""
    cards = [card for card in board.open_cards if not owner or plain(card.owner) == plain(owner)]
    target = _meeting_column(board)
    ready, nearly = _leads(board, target, clocks, today, owner)
    return Weekly(
        board=board,
        as_of=today,
        owner=owner,
        purge=_sleepers(board, cards, clocks),
        purge_known=bool(clocks) or not cards,
        target=target,
        places=None if target is None else places(board, target),
        ready=ready,
        nearly=nearly,
        doubts=tuple(_doubts(board, cards, clocks, today)),
        full_days=full_days(board, today),
        tickets=due_experiments(board.files, today, language=board.config.language),
    )


def _meeting_column(board: Board) -> Column | None:
    columns = board.config.open_columns
    return board.config.stage("meeting") or (columns[1] if len(columns) > 1 else None)


def _sleepers(board: Board, cards: list[Card], clocks: Mapping[str, Clocks]) -> tuple[Sleeper, ...]:
    found = []
    for card in cards:
        column = board.column_of(card)
        limit, clock = purge_limit(board.config, column), clocks.get(card.id)
        if limit is not None and clock is not None and is_to_be_purged(board.config, column, clock.idle_days):
            found.append(Sleeper(card, column, clock.idle_days, limit))
    return tuple(sorted(found, key=lambda one: (-one.idle, one.card.id)))


def _leads(
    board: Board, target: Column | None, clocks: Mapping[str, Clocks], today: date, owner: str
) -> tuple[tuple[Lead, ...], tuple[Lead, ...]]:
    """Ready leads, best first; then those that lack readiness alone, the nearest to ready first."""
    if target is None or target == board.config.open_columns[0]:
        return (), ()
    standing = {card: found.column_days for card, found in clocks.items()}
    idle = {card: found.idle_days for card, found in clocks.items()}
    ready, lacking = pullable(board, target, today, column_days=standing, idle_days=idle)

    def is_mine(card: Card) -> bool:
        return not owner or plain(card.owner) == plain(owner)

    nearly = [
        Lead(verdict.card, tuple(one for one in verdict.refusals if one.rule in ("dor", "dod")))
        for verdict in lacking
        if is_mine(verdict.card)
    ]
    nearly = [lead for lead in nearly if lead.lacks]
    return (
        tuple(Lead(verdict.card, ()) for verdict in ready if is_mine(verdict.card)),
        tuple(sorted(nearly, key=lambda lead: (len(lead.lacks), lead.card.id))),
    )


def _doubts(board: Board, cards: list[Card], clocks: Mapping[str, Clocks], today: date) -> Iterator[Doubt]:
    for card in reversed(cards):
        column = board.column_of(card)
        if column.effective_stage in ("offer", "negotiation"):
            clock = clocks.get(card.id)
            stay = (*_stay_doubts(column, card, clock, today), *_silence(board, card, clock, today))
            found = (*_owner_doubts(board, card), *_date_doubts(card, today), *stay)
            if found:
                yield Doubt(card, column, tuple(text for text, _cure in found), _cures(card, found))


Said = tuple[str, str]
"""A doubt in words, and what settles it: `note`, or the field to set with its value."""
NOTE = "note"


def _cures(card: Card, found: Sequence[Said]) -> tuple[str, ...]:
    """What to type: what was done, noted with its follow-up; and the fields to put right, in one command."""
    fields = list(dict.fromkeys(cure for _text, cure in found if cure != NOTE))
    noted = any(cure == NOTE for _text, cure in found)
    if noted:
        fields = [one for one in fields if not one.startswith("next_action")]
    setting = [f"kanban set {quote(card.id)} {' '.join(fields)}"] if fields else []
    return (*([note_cure(card)] if noted else []), *setting)


def _owner_doubts(board: Board, card: Card) -> Iterator[Said]:
    if not card.owner:
        yield _("nobody owns it"), "owner=…"
    elif board.config.owners and board.config.owner(card.owner) is None:
        yield _("{owner} is not on the team").format(owner=card.owner), "owner=…"


def _date_doubts(card: Card, today: date) -> Iterator[Said]:
    when, close = card.next_action_date, card.close_date
    if when is None:
        yield _("no dated follow-up"), NOTE
    elif is_overdue(card, today):
        yield _("follow-up of {day} not made").format(day=format_date(when.day, "short")), NOTE
    elif when.day > today + timedelta(days=FAR_FOLLOW_UP):
        text = _("next follow-up only on {day}, more than {days} days away")
        yield text.format(day=format_date(when.day, "short"), days=FAR_FOLLOW_UP), "next_action_date=+2d"
    if close is None:
        yield _("no close date"), "close_date=+30d"
    elif close < today:
        yield _("close date {day} is past").format(day=format_date(close, "short")), "close_date=+30d"
    elif when is not None and close < when.day:
        text = _("closes on {close}, before its next action of {day}")
        said = text.format(close=format_date(close, "short"), day=format_date(when.day, "short"))
        yield said, f"close_date={when.day.isoformat()}"
    elif close > today + timedelta(days=FAR_CLOSE):
        yield (
            _("close date {day} is more than {days} days away").format(
                day=format_date(close, "medium"), days=FAR_CLOSE
            ),
            "close_date=+30d",
        )


def _stay_doubts(column: Column, card: Card, clock: Clocks | None, today: date) -> Iterator[Said]:
    if clock is not None and is_to_be_escalated(column, card, clock.column_days):
        text = ngettext("{days} day here and not escalated", "{days} days here and not escalated", clock.column_days)
        yield text.format(days=clock.column_days), f"escalated={today.isoformat()}"


def _silence(board: Board, card: Card, clock: Clocks | None, today: date) -> Iterator[Said]:
    """The follow-ups that nobody made."""
    if clock is not None:
        days = {"idle": clock.idle_days, "standing": clock.column_days}
        owed = follow_ups_owed(board.config, board.column_of(card), card, today, **days)
        if owed:
            said = ", ".join(_("D+{days}").format(days=one.after) for one in owed)
            yield _("no follow-up at {days}").format(days=said), NOTE
