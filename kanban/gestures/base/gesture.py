"""What a person does to the pipeline, as a value: files that change, what the commit says, what the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Annotated, TypedDict

from kanban.gestures.base.change import Edit, PathChange
from kanban.model.cards.card import Card
from kanban.schemas.fields import Count, Day, Filled, Positive
from kanban.values import dataclass

MoveRecord = TypedDict(
    "MoveRecord",
    {
        "card": Filled,
        "from": Annotated[str, "key of the column that it left"],
        "to": Annotated[str, "key of the column where it stands now"],
        "path": Annotated[str, "where the card's file lies, from the board's folder"],
    },
)
MoveRecord.__doc__ = "One card that changed its column."


class Told(TypedDict, total=False):
    """What a gesture tells as data; which of these it has depends on the verb."""

    card: Annotated[Filled, "id of the card that it is about"]
    cards: Annotated[list[Filled], "ids of the cards that it is about"]
    path: Annotated[str, "the file that was written, from the board's folder"]
    column: Annotated[str, "key of the column of a new card"]
    formerly: Annotated[Filled, "the id before a rename"]
    fields: Annotated[dict[str, str | tuple[str, ...] | None], "the values set; null where a field was taken out"]
    moves: list[MoveRecord]
    reason: Annotated[str | None, "why, in the person's words"]
    forced: Annotated[bool, "whether rules were overridden; the commit names them"]
    since: Annotated[Day, "the first day of a block"]
    bullets: Annotated[list[str], "the lines of a note"]
    ticks: Annotated[list[Filled], "ids of the lines of the Definitions of Ready and Done"]
    off: Annotated[bool, "whether the ticks were taken away"]
    touches: Annotated[Positive, "how many touches were made, this one included"]
    most: Annotated[Count, "how many the board allows"]
    channel: Annotated[str, "the way of a touch"]
    template: Annotated[str, "the mail that was noted as sent"]
    script: Annotated[str, "the script that was noted as used"]
    id: Annotated[Filled, "id of an experiment"]
    decision: Annotated[str, "keep, adapt or drop"]
    decided_on: Day
    files: Annotated[list[str], "the files from which words were taken out"]
    gestures: Annotated[list[OneOfSeveral], "what a batch did, in its order"]


class OneOfSeveral(Told):
    """One gesture of a batch."""

    verb: Filled


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
    document: Told = field(default_factory=Told)
    refused: tuple[str, ...] = ()


def card_trailers(
    card: str, source: str = "", target: str = "", overrides: Sequence[str] = ()
) -> tuple[tuple[str, str], ...]:
    """The trailers of a commit about one card."""
    found = [("Card", card), ("From", source), ("To", target), *(("Override", override) for override in overrides)]
    return tuple(trailer for trailer in found if trailer[1])


def card_gesture(
    verb: str, card: Card, edit: Edit, done: str, *, warnings: Sequence[str] = (), told: Told | None = None
) -> Gesture:
    """A gesture that edits the card where it stands. The subject names the card and the verb, nothing of its text."""
    return Gesture(
        verb,
        f"{card.id}: {verb}",
        (PathChange.edited(card.path, edit),),
        (done,),
        card_trailers(card.id),
        tuple(warnings),
        {"card": card.id, **(told or Told())},
    )
