"""The gesture that most verbs are: one card, some fields changed in place, one commit."""

from __future__ import annotations

from typing import Any

from kanban.commands.gesture import Edit, Gesture, card_trailers
from kanban.model.card import Card


def card_gesture(
    verb: str, card: Card, edit: Edit, done: str, *, warnings: tuple[str, ...] = (), **document: Any
) -> Gesture:
    """A gesture that edits the card where it stands. The subject names the card and the verb, nothing of its text."""
    from kanban.repository.publication import PathChange

    return Gesture(
        verb,
        f"{card.id}: {verb}",
        (PathChange.edited(card.path, edit),),
        (done,),
        card_trailers(card.id),
        warnings,
        {"card": card.id, **document},
    )
