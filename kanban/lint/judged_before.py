"""Closed cards judged before: what had nothing to tell then has nothing to tell now, and need not be read again.

Only what rules say that judge each card by itself and whatever the day (`Rule.is_lasting`) is left out. A card in which
one of them found something, that asks for a waiver, or has a date without a year (which the day decides) is judged
each time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Protocol

from kanban.lint.rule import LintContext
from kanban.lint.waivers.comments import KEY
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of

_YEAR = re.compile(r"\d{4}")


class JudgedBefore(Protocol):
    """What is remembered of cards in which nothing was found, under the same rules, configuration and program."""

    def knows(self, cards: Iterable[Card]) -> Collection[Card]:
        """Those of the cards in which nothing is found, as is known."""

    def learn(self, cards: Iterable[Card]) -> None:
        """Nothing was found in these."""


def without_known(context: LintContext, before: JudgedBefore | None) -> LintContext:
    """The context without the closed cards that are known to have nothing to tell."""
    board = context.board
    if before is None:
        return context
    closed = (card for card in board.cards if not board.is_open(card) and (not card.is_read or not card.problems))
    known = {id(card) for card in before.knows(closed)}
    return replace(context, board=replace(board, cards=tuple(card for card in board.cards if id(card) not in known)))


def learn(context: LintContext, before: JudgedBefore | None, told: Collection[str], more: Iterable[Card]) -> None:
    """Remember the closed cards of the context about which nothing was told, and `more`; `told` are paths."""
    if before is not None:
        board = context.board
        closed = (card for card in board.cards if not board.is_open(card) and card.path not in told)
        lasting = (card for card in closed if card.readable and not card.has(KEY) and lasts(context, card))
        before.learn((*more, *lasting))


def lasts(context: LintContext, card: Card) -> bool:
    """Whether the card reads the same on every day."""
    for key, value in card.written.items():
        known = field_of(key, context.board.config)
        is_dated = known is not None and known.type in ("when", "day") and value
        if is_dated and not _YEAR.search(value if isinstance(value, str) else " ".join(value)):
            return False
    return True
