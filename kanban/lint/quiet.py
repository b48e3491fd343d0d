"""Closed cards of which there is nothing to tell: looked for a few hundred at a time, and by two processes at once.

Of nearly every closed card no rule says anything. What a lasting rule says of one is the same without the others
(`Rule.is_lasting`), so they are judged apart from the board, as copies that are let go with all that rules asked of
them. What comes back is a mark for each: whoever is told of is judged again with the board, where findings and their
fixes are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from kanban.beside import Beside
from kanban.lint.judged_before import lasts
from kanban.lint.rule import LintContext, Rule
from kanban.lint.waivers.comments import KEY
from kanban.model.cards.card import Card

BATCH = 500
"""Cards judged at once: enough for a rule to be worth asking, few enough to be held in memory."""
_TOO_MANY = 0.3
"""The part of a batch from which on what is told is more than what is saved."""

_TOLD, _QUIET, _LASTING = range(3)


class Quiet:
    """What is found out of the closed cards of a context by the lasting ones among some rules; begun at once.

    Where there is a past that may have to be waited for, the second process has that time too, and more of the cards.
    """

    def __init__(self, context: LintContext, rules: Iterable[Rule]) -> None:
        board = context.board
        self._context = context
        self._rules = [rule for rule in rules if rule.is_lasting]
        closed = [card for card in board.cards if not board.is_open(card)]
        self._there: list[Card] = []
        self._beside: Beside | None = None
        self._here = closed
        if all(card.kept is None for card in closed):  # what is not at hand is read by whoever keeps it
            here = len(closed) // (2 if context.past is None else 4)
            self._here, self._there = closed[:here], closed[here:]
            self._beside = Beside(partial(_marks, context, self._rules, self._there), patient=True)

    def taken(self) -> tuple[LintContext, list[Card]]:
        """The context without the cards of which nothing is told, and those of which that holds on every day."""
        marks = _marks(self._context, self._rules, self._here)
        if self._beside is not None:
            marks += self._beside.answer()
        told = dict(zip(map(id, (*self._here, *self._there)), marks, strict=True))
        board = self._context.board
        left = tuple(card for card in board.cards if not told.get(id(card)))
        lasting = [card for card in board.cards if told.get(id(card)) == _LASTING]
        return replace(self._context, board=replace(board, cards=left)), lasting


def _marks(context: LintContext, rules: Sequence[Rule], cards: Sequence[Card]) -> bytes:
    """A mark for each of some cards."""
    marks = bytearray()
    for at in range(0, len(cards), BATCH):
        batch = tuple([card.apart() for card in cards[at : at + BATCH]])
        apart = replace(context, board=replace(context.board, cards=batch))
        told = {hit.path for rule in rules for hit in rule.check(apart)}
        marks += bytes([_TOLD if card.path in told else _mark(context, card) for card in batch])
        if len(told) > _TOO_MANY * len(batch):
            break
    return bytes(marks.ljust(len(cards), b"\0"))


def _mark(context: LintContext, card: Card) -> int:
    """The mark of a card of which nothing is told."""
    if card.mentions(KEY):
        return _TOLD
    return _LASTING if card.readable and lasts(context, card) else _QUIET
