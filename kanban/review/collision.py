"""What goes wrong when two people's work comes together although git sees no conflict."""

from __future__ import annotations

from dataclasses import dataclass

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.pull.wip import Limit, limits


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that the two sides together exceed. `mine` are the cards that only our side brings under it."""

    limit: Limit
    mine: tuple[Card, ...]
    theirs: tuple[Card, ...]


def breaches(before: Board, theirs: Board, result: Board) -> tuple[Breach, ...]:
    """The limits that the result exceeds by more than the others' board already did.

    `before` is the board on which both started: a card of `theirs` that was not there then is what they brought.
    """
    shared = {_key(limit): limit for limit in limits(theirs)}
    start = {_key(limit): _ids(limit) for limit in limits(before)}
    found = []
    for limit in limits(result):
        other = shared.get(_key(limit))
        known = _ids(other) if other is not None else frozenset()
        if not limit.is_exceeded or limit.count <= len(known):
            continue
        mine = tuple(card for card in limit.cards if card.id not in known)
        fresh = known - start.get(_key(limit), frozenset())
        if mine:
            found.append(Breach(limit, mine, tuple(card for card in limit.cards if card.id in fresh)))
    return tuple(found)


def doubled(theirs: Board, result: Board) -> tuple[str, ...]:
    """Cards that would stand in several columns, and did not on the others' board."""
    return tuple(sorted(set(result.duplicates) - set(theirs.duplicates)))


def _key(limit: Limit) -> tuple[str, str, str]:
    return limit.scope, limit.key, limit.owner


def _ids(limit: Limit) -> frozenset[str]:
    return frozenset(card.id for card in limit.cards)
