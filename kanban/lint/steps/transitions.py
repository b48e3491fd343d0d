"""The steps that cards take: between two boards, or in the commits of a range."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter

from kanban.lint.steps.step import OWN_RULE, Step, is_revert
from kanban.model.cards.board import Board
from kanban.model.history.events import Event, History
from kanban.model.history.hand_renames import renamed_between, with_former_columns
from kanban.model.settings.trusted import keys_now

Events = Iterable[Event]
_UNDOES = re.compile(r"^Undoes:[ \t]*([0-9a-f]{7,64})[ \t]*$", re.MULTILINE)


def steps_between(
    before: Sequence[Board], after: Board, day: date, message: str | None = None, undone: Events = ()
) -> tuple[Step, ...]:
    """The steps from one board to the next, as far as they are not committed yet.

    `undone` are the events of the commit that the message says it undoes, or of all when it says that it reverts.

    A merge has several boards before it: it takes a step only where it differs from all of them.
    """
    renamed = [_renamed(board, after) for board in before]
    if any(names or keys for names, keys in renamed):
        places = [_places(board, *told) for board, told in zip(before, renamed, strict=True)]
        stirred = {card.id for card in after.cards}.union(*places)
    else:
        stirred = _stirred(before, after)
        places = [{name: one.column for name in stirred if (one := board.find(name))} for board in before]
    now = {name: copies[-1].column for name in stirred if (copies := after.named_so(name))}
    revert = is_revert(message or "")
    found = []
    for card in sorted(card for card in stirred if all(place.get(card) != now.get(card) for place in places)):
        source, target = places[0].get(card), now.get(card)
        past = [one for one in undone if one.places and one.card == card]
        back = _left(past, target) if revert else _led_back(past, source, target)
        found.append(Step(card, source, target, day, message=message, takes_back=back))
    return tuple(found)


def steps_in(history: History, commits: Container[str], messages: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps made in some commits, in the order of the history, without those that they take back themselves.

    What an import tells happened elsewhere, under other rules: it is no step here.
    """
    past: dict[str, list[Event]] = {}
    walks: dict[str, list[tuple[int, Step]]] = {}
    for event in history.told:
        if not event.places:
            continue
        if event.commit in commits and event.commit not in history.imports:
            step = _step_of(event, messages, history, past.get(event.card, ()))
            _walk(walks.setdefault(event.card, []), event.order, step)
        past.setdefault(event.card, []).append(event)
    return tuple(step for _order, step in sorted((one for walk in walks.values() for one in walk), key=itemgetter(0)))


def _step_of(event: Event, messages: Mapping[str, str], history: History, past: Sequence[Event]) -> Step:
    message = messages.get(event.commit, "")
    back = history.undoes.get(event.commit, "") if event.undone else ""
    if not back and is_revert(message):
        back = _left(past, event.to_column)
    day, source, target = event.at.date(), event.from_column, event.to_column
    return Step(event.card, source, target, day, event.commit, message, back, event.blob)


def _walk(walk: list[tuple[int, Step]], order: int, step: Step) -> None:
    """Add a card's next step; one that rightly leads back to where the walk has been takes back what lies between.

    Rightly: with a reason, as a revert, by bringing back a card that was deleted, or by deleting one that was new. A
    card that comes back elsewhere than it was deleted has moved.
    """
    rightly = step.target is None or step.excused(OWN_RULE)
    if step.source is None and walk and walk[-1][1].target is None:
        step, rightly = replace(step, source=walk.pop()[1].source), True
    if step.source == step.target:
        return
    start, source = len(walk) if rightly else 0, step.source
    while start and walk[start - 1][1].target == source:
        start -= 1
        source = walk[start][1].source
        if source == step.target:
            del walk[start:]
            return
    walk.append((order, step))


def _left(past: Sequence[Event], target: str | None) -> str:
    """The commit by which a card left the place to which a revert brings it back; "" when it never stood there."""
    return next((one.commit for one in reversed(past) if one.from_column == target), "")


def _led_back(past: Sequence[Event], source: str | None, target: str | None) -> str:
    return next((one.commit for one in past if (one.from_column, one.to_column) == (target, source)), "")


def undone_by(message: str) -> str:
    """The commit that a message says it undoes, "" for none."""
    found = _UNDOES.search(message)
    return found[1] if found else ""


def _stirred(before: Sequence[Board], after: Board) -> set[str]:
    """The ids of the cards that may have taken a step: those that stand otherwise on a board before, and copies."""
    found = set[str]()
    for board in before:
        left, come = after.differs_from(board)
        found.update(card.id for card in (*left, *come))
        found.update(board.duplicates, after.duplicates)
    return found


def _renamed(board: Board, after: Board) -> tuple[dict[str, str], dict[str, str]]:
    """The cards and the columns of a board that have other ids and keys now."""
    names = {**renamed_between(board, after), **after.renames}
    return names, keys_now(board.config, with_former_columns(board, after))


def _places(board: Board, renames: Mapping[str, str], keys: Mapping[str, str]) -> dict[str, str]:
    """Card id → column, under the ids and keys of now; the leftmost copy of a duplicate counts."""
    found: dict[str, str] = {}
    for card in board.cards:
        found.setdefault(renames.get(card.id, card.id), keys.get(card.column, card.column))
    return found
