"""What a person does to the pipeline, as a value: files that change, what the commit says, what the person is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kanban.gestures.change import Edit, PathChange
from kanban.model.cards.card import Card


@dataclass(frozen=True)
class Gesture:
    """What is to be done. Paths are relative to the board.

    `subject` is made of ids and column keys only, never of card text; `done` is what the user is told afterwards.
    `refused` says why a part of what was asked for is left out, where the person wanted the rest kept.
    """

    verb: str
    subject: str
    changes: tuple[PathChange, ...]
    done: tuple[str, ...]
    trailers: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    document: dict[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def card_trailers(
    card: str, source: str = "", target: str = "", overrides: Sequence[str] = ()
) -> tuple[tuple[str, str], ...]:
    """The trailers of a commit about one card."""
    found = [("Card", card), ("From", source), ("To", target), *(("Override", override) for override in overrides)]
    return tuple(trailer for trailer in found if trailer[1])


def card_gesture(
    verb: str, card: Card, edit: Edit, done: str, *, warnings: Sequence[str] = (), **document: Any
) -> Gesture:
    """A gesture that edits the card where it stands. The subject names the card and the verb, nothing of its text."""
    return Gesture(
        verb,
        f"{card.id}: {verb}",
        (PathChange.edited(card.path, edit),),
        (done,),
        card_trailers(card.id),
        tuple(warnings),
        {"card": card.id, **document},
    )
