"""The states of a card that a board shows: when its next action is due, how urgent its class is, in which order."""

from collections.abc import Iterable
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.text.plain import in_order
from kanban.pull.classes import class_rank
from kanban.pull.nextaction import is_due, is_overdue

HIDDEN = "hidden fields"
"""Under this key of a card's values stand the fields that its audience may not see; no field can have such a name."""

IDLENESS = "idle days"
"""Among them: how long nothing has happened to a card, where its edits may not be seen."""

NONE, LATE, TODAY, PLANNED = "none", "late", "today", "planned"


def due_state(card: Card, as_of: date) -> str:
    """`none` without a dated next action, `late`, `today` or `planned`; "" where the audience may not see it."""
    if is_hidden(card, "next_action_date"):
        return ""
    if not card.has_dated_next_action:
        return NONE
    if is_overdue(card, as_of):
        return LATE
    return TODAY if is_due(card, as_of) else PLANNED


def is_hidden(card: Card, key: str) -> bool:
    """Whether the audience may not see the field: then its absence says nothing."""
    return key in card.values.get(HIDDEN, ())


def reading_order(board: Board, card: Card, as_of: date) -> tuple[int, int, date, str]:
    """Top of the column first: expedite, then what cannot be read or is blocked, then class of service, then the date.

    No date counts as the earliest of all: it is what stops the pulling.
    """
    when = card.next_action_date
    day = when.day if when is not None and card.next_action else date.min
    rank = class_rank(board, card, as_of)
    trouble = 0 if card.block or not card.readable else 1
    return (rank and trouble + 1), rank, day, card.label.casefold()


def monograms(names: Iterable[str]) -> dict[str, str]:
    """Each name's initials, lengthened by letters of the first word until they tell the names apart."""
    wanted = in_order(names)
    found: dict[str, str] = {}
    for name in wanted:
        for letters in range(1, len(name) + 1):
            short = _initials(name, letters)
            if all(other == name or _initials(other, letters) != short for other in wanted):
                found[name] = short
                break
        else:
            found[name] = name
    return found


def _initials(name: str, letters: int) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()] or [name]
    return words[0][:letters].capitalize() + "".join(word[0].upper() for word in words[1:3])
