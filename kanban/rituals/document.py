"""The rituals as data: the documents `kanban-daily/1`, `kanban-weekly/1`."""

from __future__ import annotations

from typing import Any

from kanban.experiments.ticket import Ticket
from kanban.metrics.comparison import Difference
from kanban.model.cards.card import Card
from kanban.model.history.events import event_json
from kanban.model.settings.columns import Column
from kanban.pull.ranking import Task
from kanban.rituals.daily import Blocked, Daily, Share
from kanban.rituals.review import Review
from kanban.rituals.weekly import Weekly
from kanban.rituals.workshop import Workshop


def daily_document(daily: Daily) -> dict[str, Any]:
    """The daily; `changes` is null where the history cannot be read."""
    return {
        "schema": "kanban-daily/1",
        "as_of": daily.as_of.isoformat(),
        "since": daily.since.isoformat(),
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


def _blocked(one: Blocked) -> dict[str, Any]:
    return {
        **_card(one.card, one.column),
        "since": one.block.since.isoformat() if one.block.since else None,
        "days": one.days,
        "cause": one.block.cause or None,
        "next": one.block.next or None,
        "who": one.who or None,
    }


def _pull(daily: Daily) -> dict[str, Any]:
    rooms = [
        {
            "column": room.column.key,
            "from": room.source.key,
            "places": room.places,
            "ready": [card.id for card in room.ready],
        }
        for room in daily.rooms
    ]
    return {"stopped": daily.pulling_stopped, "unplanned": [card.id for card in daily.unplanned], "rooms": rooms}


def _share(share: Share) -> dict[str, Any]:
    return {
        "owner": share.owner or None,
        "blocked": list(share.blocked),
        "meetings": list(share.held),
        "due": list(share.due),
    }


def weekly_document(weekly: Weekly) -> dict[str, Any]:
    """The weekly; `purge` is null where the history cannot be read."""
    board = weekly.board
    return {
        "schema": "kanban-weekly/1",
        "as_of": weekly.as_of.isoformat(),
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
                "lacks": [{"rule": one.rule, "message": one.message, "cure": one.cure} for one in lead.lacks],
            }
            for lead in weekly.nearly
        ],
        "check": [{**_card(one.card, one.column), "doubts": list(one.doubts)} for one in weekly.doubts],
        "full_days": [
            {"day": one.day.isoformat(), "meetings": [card.id for card in one.cards], "limit": one.limit}
            for one in weekly.full_days
        ],
        "experiments": [ticket_json(ticket) for ticket in weekly.tickets],
    }


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """A micro-rule under trial."""
    return {
        "id": ticket.id,
        "path": ticket.path,
        "problem": ticket.problem or None,
        "rule": ticket.tried,
        "indicator": ticket.indicator or None,
        "start": ticket.start.isoformat() if ticket.start else None,
        "due": ticket.due_on.isoformat() if ticket.due_on else None,
    }


def _card(card: Card, column: Column) -> dict[str, Any]:
    return {
        "card": card.id,
        "column": column.key,
        "account": card.account or None,
        "owner": card.owner or None,
        "next_action": card.next_action or None,
        "next_action_date": card.next_action_date.isoformat() if card.next_action_date else None,
    }


def _task(task: Task) -> dict[str, Any]:
    return {**_card(task.card, task.column), "why": list(task.why)}


def review_document(review: Review) -> dict[str, Any]:
    """The flow review; rates as fractions, days as numbers."""
    found, rule = review.bottleneck, review.proposal
    return {
        "schema": "kanban-review/1",
        "as_of": review.as_of.isoformat(),
        "weeks": [{"week": week.key, "won": week.won, "lost": week.lost} for week in review.weeks],
        "figures": [_row(row) for row in review.comparison.rows if row.metric != "conversion"],
        "conversion": [{"column": row.column, **_row(row)} for row in review.comparison.rows if row.column],
        "bottleneck": None
        if found is None
        else {
            "column": found.column.key,
            "rate": found.rate,
            "n": found.n,
            "days": found.days,
            "symptom": found.symptom.id if found.symptom else None,
        },
        "proposal": None
        if rule is None
        else {
            "key": rule.key,
            "problem": rule.problem,
            "rule": rule.rule,
            "indicator": rule.indicator,
            "target": rule.target or None,
        },
        "running": [ticket_json(ticket) for ticket in review.running],
        "due": [ticket_json(ticket) for ticket in review.due],
    }


def _row(row: Difference) -> dict[str, Any]:
    return {
        "metric": row.metric,
        "unit": row.unit,
        "now": row.now,
        "before": row.then,
        "n": row.n_now,
        "verdict": row.verdict or None,
    }


def workshop_document(workshop: Workshop) -> dict[str, Any]:
    """The workshop: the deals to replay with their story, the scripts to rewrite."""
    return {
        "schema": "kanban-workshop/1",
        "as_of": workshop.as_of.isoformat(),
        "candidates": workshop.candidates,
        "replays": [
            {
                "card": one.card.id,
                "account": one.card.account or None,
                "owner": one.card.owner or None,
                "reason": one.reason or None,
                "lost_on": one.lost_on.isoformat(),
                "amount": str(one.card.amount.amount) if one.card.amount else None,
                "currency": one.card.amount.currency if one.card.amount else None,
                "days": one.days,
                "stays": [{"column": key, "days": days} for key, days in one.stays],
                "notes": [
                    {"day": note.day.isoformat() if note.day else None, "bullets": list(note.bullets)}
                    for note in one.notes
                ],
                "script": one.script or None,
            }
            for one in workshop.replays
        ],
        "scripts": list(workshop.scripts),
    }
