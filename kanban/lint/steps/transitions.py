"""The steps that cards take: between two boards, or in the commits of a range."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from kanban.lint.steps.step import Step
from kanban.model.cards.board import Board
from kanban.model.history.events import History


def steps_between(before: Sequence[Board], after: Board, day: date, message: str | None = None) -> tuple[Step, ...]:
    """The steps from one board to the next, as far as they are not committed yet.

    A merge has several boards before it: it takes a step only where it differs from all of them.
    """
    places = [_places(board, after) for board in before]
    now = {card.id: card.column for card in after.cards}
    found = []
    for card in sorted(set(now).union(*places)):
        target = now.get(card)
        sources = [place.get(card) for place in places]
        if sources and target not in sources:
            found.append(Step(card, sources[0], target, day, message=message))
    return tuple(found)


def steps_in(history: History, commits: Container[str], messages: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps made in some commits, in the order of the history."""
    return tuple(
        Step(
            event.card,
            event.from_column,
            event.to_column,
            event.at.date(),
            event.commit,
            messages.get(event.commit, ""),
        )
        for event in history.told
        if event.places and event.commit in commits
    )


def _places(board: Board, after: Board) -> dict[str, str]:
    """Card id → column, under the ids that cards have now; the leftmost copy of a duplicate counts."""
    found: dict[str, str] = {}
    for card in board.cards:
        found.setdefault(after.renames.get(card.id, card.id), card.column)
    return found
