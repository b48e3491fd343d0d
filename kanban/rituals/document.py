"""The rituals as data: the documents `kanban-daily/1`, `kanban-weekly/1`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypedDict

from kanban.experiments.ticket import Ticket
from kanban.model.cards.card import Card
from kanban.model.history.events import EventRecord, event_json
from kanban.model.settings.columns import Column
from kanban.pull.ranking import Task
from kanban.rituals.daily import Blocked, Daily, Share
from kanban.rituals.weekly import Weekly
from kanban.schemas.fields import DayOrTime
from kanban.schemas.filling import filled


class CardRecord(TypedDict):
    """A card in a list of a ritual."""

    card: str
    column: str
    account: str | None
    owner: str | None
    next_action: str | None
    next_action_date: DayOrTime | None


class BlockedRecord(CardRecord):
    """A blocked card, and what gets it going again."""

    since: date | None
    days: int | None
    cause: str | None
    next: str | None
    who: str | None


class MeetingRecord(CardRecord):
    """A meeting that was held, or should have been, so many days ago."""

    days: int


class TaskRecord(CardRecord):
    """A card that is due, and why."""

    why: tuple[str, ...]


PlaceRecord = TypedDict("PlaceRecord", {"column": str, "from": str, "places": int | None, "ready": list[str]})
PlaceRecord.__doc__ = "Free places in a column, and the cards that may be pulled into it."


class PullRecord(TypedDict):
    """What may be pulled; nothing while pulling is stopped."""

    stopped: bool
    unplanned: list[str]
    rooms: list[PlaceRecord]


class ChangeRecord(EventRecord):
    """What happened to a card since the last daily."""

    label: str
    count: int


class TicketRecord(TypedDict):
    """A micro-rule under trial."""

    id: str
    path: str
    problem: str | None
    rule: str
    indicator: str | None
    start: date | None
    due: date | None


class ShareRecord(TypedDict):
    """The cards that one owner answers for."""

    owner: str | None
    blocked: tuple[str, ...]
    meetings: tuple[str, ...]
    due: tuple[str, ...]


class DailyDocument(TypedDict):
    """The daily, owner by owner."""

    schema: Literal["kanban-daily/1"]
    as_of: date
    since: date
    owner: str | None
    blocks: list[BlockedRecord]
    meetings: list[MeetingRecord]
    due: list[TaskRecord]
    attention: list[TaskRecord]
    pull: PullRecord
    changes: Annotated[list[ChangeRecord] | None, "null where the history cannot be read"]
    experiments: list[TicketRecord]
    owners: list[ShareRecord]


class PurgeRecord(CardRecord):
    """A card that has lain idle beyond its column's limit."""

    idle_days: int
    limit: int


class LackRecord(TypedDict):
    """What a card lacks for its next column."""

    rule: str
    message: str
    cure: str


class NearlyRecord(CardRecord):
    """A card that lacks little to be pulled."""

    lacks: list[LackRecord]


class DoubtRecord(CardRecord):
    """A card whose place on the board may be wrong."""

    doubts: tuple[str, ...]


class FullDayRecord(TypedDict):
    """A day with more meetings than the board allows."""

    day: date
    meetings: list[str]
    limit: int


class WeeklyDocument(TypedDict):
    """The weekly: what to purge, what to pull, what to check."""

    schema: Literal["kanban-weekly/1"]
    as_of: date
    owner: str | None
    purge: Annotated[list[PurgeRecord] | None, "null where the history cannot be read"]
    target: str | None
    places: int | None
    ready: list[CardRecord]
    nearly: list[NearlyRecord]
    check: list[DoubtRecord]
    full_days: list[FullDayRecord]
    experiments: list[TicketRecord]


def daily_document(daily: Daily) -> DailyDocument:
    """The daily; `changes` is null where the history cannot be read."""
    return {
        "schema": "kanban-daily/1",
        "as_of": daily.as_of,
        "since": daily.since,
        "owner": daily.owner or None,
        "blocks": [_blocked(one) for one in daily.blocks],
        "meetings": [{**_card(one.card, one.column), "days": one.days} for one in daily.held],
        "due": [_task(task) for task in daily.due],
        "attention": [_task(task) for task in daily.attention],
        "pull": _pull(daily),
        "changes": None
        if daily.changes is None
        else [{**event_json(one.event), "label": one.label, "count": one.count} for one in daily.changes],
        "experiments": [ticket_json(ticket) for ticket in daily.tickets],
        "owners": [_share(share) for share in daily.shares],
    }


def _blocked(one: Blocked) -> BlockedRecord:
    block = one.block
    card = _card(one.card, one.column)
    return filled(BlockedRecord, one, **card, since=block.since, cause=block.cause, next=block.next)


def _pull(daily: Daily) -> PullRecord:
    rooms: list[PlaceRecord] = [
        {
            "column": room.column.key,
            "from": room.source.key,
            "places": room.places,
            "ready": [card.id for card in room.ready],
        }
        for room in daily.rooms
    ]
    return {"stopped": daily.pulling_stopped, "unplanned": [card.id for card in daily.unplanned], "rooms": rooms}


def _share(share: Share) -> ShareRecord:
    return filled(ShareRecord, share, meetings=share.held)


def weekly_document(weekly: Weekly) -> WeeklyDocument:
    """The weekly; `purge` is null where the history cannot be read."""
    board = weekly.board
    return {
        "schema": "kanban-weekly/1",
        "as_of": weekly.as_of,
        "owner": weekly.owner or None,
        "purge": [{**_card(one.card, one.column), "idle_days": one.idle, "limit": one.limit} for one in weekly.purge]
        if weekly.purge_known
        else None,
        "target": weekly.target.key if weekly.target else None,
        "places": weekly.places,
        "ready": [_card(lead.card, board.column_of(lead.card)) for lead in weekly.ready],
        "nearly": [
            {
                **_card(lead.card, board.column_of(lead.card)),
                "lacks": [filled(LackRecord, one) for one in lead.lacks],
            }
            for lead in weekly.nearly
        ],
        "check": [{**_card(one.card, one.column), "doubts": one.doubts} for one in weekly.doubts],
        "full_days": [filled(FullDayRecord, one, meetings=[card.id for card in one.cards]) for one in weekly.full_days],
        "experiments": [ticket_json(ticket) for ticket in weekly.tickets],
    }


def ticket_json(ticket: Ticket) -> TicketRecord:
    """A micro-rule under trial."""
    return filled(TicketRecord, ticket, rule=ticket.tried, due=ticket.due_on)


def _card(card: Card, column: Column) -> CardRecord:
    return {
        "card": card.id,
        "column": column.key,
        "account": card.account or None,
        "owner": card.owner or None,
        "next_action": card.next_action or None,
        "next_action_date": card.next_action_date.isoformat() if card.next_action_date else None,
    }


def _task(task: Task) -> TaskRecord:
    return {**_card(task.card, task.column), "why": task.why}
