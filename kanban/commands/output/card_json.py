"""A card as data: the fields of the `kanban-list` document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanban.commands.output.card_records import CardRecord
    from kanban.metrics.clock_days import Clocks
    from kanban.model.cards.board import Board
    from kanban.model.cards.card import Card


def card_json(board: Board, card: Card, clocks: Clocks | None) -> CardRecord:
    """One entry of `cards`: amounts as decimal strings, days in ISO form, ages null when unknown."""
    when = card.next_action_date
    block = card.block
    return {
        "card": card.id,
        "column": card.column,
        "path": card.path,
        "title": card.title,
        "account": card.account or None,
        "owner": card.owner or None,
        "amount": str(card.amount.amount) if card.amount else None,
        "currency": card.amount.currency if card.amount else None,
        "probability": float(card.probability) if card.probability is not None else None,
        "next_action": card.next_action or None,
        "next_action_date": when.isoformat() if when else None,
        "close_date": card.close_date.isoformat() if card.close_date else None,
        "class": board.config.class_of(card.service_class).key,
        "blocked": block is not None,
        "block": None
        if block is None
        else {
            "since": block.since.isoformat() if block.since else None,
            "cause": block.cause or None,
            "next": block.next or None,
            "owner": block.owner or None,
        },
        "readable": card.readable,
        "problems": [
            {"line": one.line, "column": one.column, "message": one.message, "cure": one.cure} for one in card.problems
        ],
        "age_days": clocks.age_days if clocks else None,
        "column_days": clocks.column_days if clocks else None,
        "idle_days": clocks.idle_days if clocks else None,
    }
