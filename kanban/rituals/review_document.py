"""The rituals as data: the documents `kanban-review/1`, `kanban-workshop/1`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypedDict

from kanban.metrics.comparison import Difference
from kanban.rituals.document import TicketRecord, ticket_json
from kanban.rituals.review import Review
from kanban.rituals.workshop import Workshop
from kanban.schemas.fields import Outcome, Share, Week
from kanban.schemas.filling import filled


class WeekRecord(TypedDict):
    """What one complete week brought."""

    week: Week
    won: int
    lost: int


class FigureRecord(TypedDict):
    """One figure now and before; `n`: the cards or days that it rests on now; its interval and its days."""

    metric: str
    unit: str
    now: float | None
    before: float | None
    n: int
    verdict: Outcome | None
    chance: Annotated[bool, "the difference may be chance"]
    n_before: int
    low: float | None
    high: float | None
    since: date | None
    until: date | None
    too_thin: Annotated[bool, "now or before on too few to be judged"]


class ConversionRecord(FigureRecord):
    """The conversion of one column."""

    column: str


class BottleneckRecord(TypedDict):
    """The column that holds the flow up most; `symptom` is one of `kanban diagnose`."""

    column: str
    rate: Share | None
    n: int
    days: int | None
    symptom: str | None


class ProposalRecord(TypedDict):
    """A micro-rule to try."""

    key: str
    problem: str
    rule: str
    indicator: str
    target: str | None


class ReviewDocument(TypedDict):
    """The flow review; rates as fractions, days as numbers."""

    schema: Literal["kanban-review/1"]
    as_of: date
    weeks: list[WeekRecord]
    figures: list[FigureRecord]
    conversion: list[ConversionRecord]
    bottleneck: BottleneckRecord | None
    proposal: ProposalRecord | None
    running: list[TicketRecord]
    due: list[TicketRecord]


class StayRecord(TypedDict):
    """How long a deal stood in a column."""

    column: str
    days: int


class NoteRecord(TypedDict):
    """What was noted on one day."""

    day: date | None
    bullets: tuple[str, ...]


class ReplayRecord(TypedDict):
    """A lost deal to go through again."""

    card: str
    account: str | None
    owner: str | None
    reason: str | None
    lost_on: date
    amount: Decimal | None
    currency: str | None
    days: int | None
    stays: list[StayRecord]
    notes: list[NoteRecord]
    script: str | None


class WorkshopDocument(TypedDict):
    """The workshop: the deals to replay with their story, the scripts to rewrite."""

    schema: Literal["kanban-workshop/1"]
    as_of: date
    candidates: int
    replays: list[ReplayRecord]
    scripts: tuple[str, ...]


def review_document(review: Review) -> ReviewDocument:
    """The flow review; rates as fractions, days as numbers."""
    found, rule = review.bottleneck, review.proposal
    return {
        "schema": "kanban-review/1",
        "as_of": review.as_of,
        "weeks": [filled(WeekRecord, week, week=week.key) for week in review.weeks],
        "figures": [_row(row) for row in review.comparison.rows if row.metric != "conversion"],
        "conversion": [{"column": row.column, **_row(row)} for row in review.comparison.rows if row.column],
        "bottleneck": None
        if found is None
        else filled(
            BottleneckRecord, found, column=found.column.key, symptom=found.symptom.id if found.symptom else None
        ),
        "proposal": None if rule is None else filled(ProposalRecord, rule),
        "running": [ticket_json(ticket) for ticket in review.running],
        "due": [ticket_json(ticket) for ticket in review.due],
    }


def _row(row: Difference) -> FigureRecord:
    now, before = row.now, row.then
    return filled(
        FigureRecord, row, now=now.value, before=before.value, n=now.n, n_before=before.n, low=now.low, high=now.high,
        since=now.since, until=now.until, too_thin=now.too_thin or before.too_thin,
    )  # fmt: skip


def workshop_document(workshop: Workshop) -> WorkshopDocument:
    """The workshop: the deals to replay with their story, the scripts to rewrite."""
    return {
        "schema": "kanban-workshop/1",
        "as_of": workshop.as_of,
        "candidates": workshop.candidates,
        "replays": [
            {
                "card": one.card.id,
                "account": one.card.account or None,
                "owner": one.card.owner or None,
                "reason": one.reason or None,
                "lost_on": one.lost_on,
                "amount": one.card.amount.amount if one.card.amount else None,
                "currency": one.card.amount.currency if one.card.amount else None,
                "days": one.days,
                "stays": [{"column": key, "days": days} for key, days in one.stays],
                "notes": [{"day": note.day, "bullets": note.bullets} for note in one.notes],
                "script": one.script or None,
            }
            for one in workshop.replays
        ],
        "scripts": workshop.scripts,
    }
