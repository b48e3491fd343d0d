"""The steps that cards take: between two boards, or in the commits of a range."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from kanban.lint.steps.step import Step
from kanban.model.cards.board import Board
from kanban.model.history.events import Event, History

Events = Iterable[Event]
_UNDOES = re.compile(r"^Undoes:[ \t]*([0-9a-f]{7,64})[ \t]*$", re.MULTILINE)


def steps_between(
    before: Sequence[Board], after: Board, day: date, message: str | None = None, undone: Events = ()
) -> tuple[Step, ...]:
    """The steps from one board to the next, as far as they are not committed yet.

    `undone` are the events of the commit that the message says it undoes.

    A merge has several boards before it: it takes a step only where it differs from all of them.
    """
    places = [_places(board, after) for board in before]
    now = {card.id: card.column for card in after.cards}
    found = []
    for card in sorted(set(now).union(*places)):
        target = now.get(card)
        sources = [place.get(card) for place in places]
        if sources and target not in sources:
            back = next((one.commit for one in undone if _leads_back(one, card, sources[0], target)), "")
            found.append(Step(card, sources[0], target, day, message=message, takes_back=back))
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
            history.undoes.get(event.commit, "") if event.undone else "",
        )
        for event in history.told
        if event.places and event.commit in commits
    )


def undone_by(message: str) -> str:
    """The commit that a message says it undoes, "" for none."""
    found = _UNDOES.search(message)
    return found[1] if found else ""


def _leads_back(event: Event, card: str, source: str | None, target: str | None) -> bool:
    return event.places and (event.card, event.from_column, event.to_column) == (card, target, source)


def _places(board: Board, after: Board) -> dict[str, str]:
    """Card id → column, under the ids that cards have now; the leftmost copy of a duplicate counts."""
    found: dict[str, str] = {}
    for card in board.cards:
        found.setdefault(after.renames.get(card.id, card.id), card.column)
    return found
