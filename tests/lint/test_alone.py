"""Rules about cards judge each card by itself, unless they say that they look beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import pytest

from kanban.i18n import use_language
from kanban.lint.rule import LintContext, Rule
from kanban.lint.rules import RULES
from kanban.model.cards.board import Board
from tests.lint.miniboard import context_of

ALONE = [rule for rule in RULES if rule.is_alone]


@cache
def every_board() -> list[LintContext]:
    """The bad and the good board of every manual page, made once."""
    return [context_of(text) for rule in RULES for text in (rule.manual.bad, rule.manual.good)]


def said(rule: Rule, context: LintContext) -> set[tuple[object, ...]]:
    if not all(context.has(need) for need in rule.needs):
        return set()
    with use_language("en"):
        return {(hit.path, hit.line, hit.column, hit.message, hit.cure, hit.detail) for hit in rule.check(context)}


def one_by_one(context: LintContext) -> list[LintContext]:
    board: Board = context.board
    only = partial(replace, board)
    return [replace(context, board=only(cards=cards)) for cards in ((), *((card,) for card in board.cards))]


def test_there_are_such_rules_and_boards() -> None:
    assert len(ALONE) > 60
    assert every_board()[0].board.cards


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_what_it_says_of_a_card_is_the_same_without_the_others(rule: Rule) -> None:
    for context in every_board():
        whole = said(rule, context)
        assert whole == set().union(*(said(rule, one) for one in one_by_one(context)))
