"""Closed cards are judged apart, some of them by a second process: what is told of them is the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cache

import pytest

from kanban import beside
from kanban.lint import engine, quiet
from kanban.lint.engine import Report, lint
from kanban.lint.rule import LintContext, Rule
from kanban.lint.rules import RULES
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from tests.lint.miniboard import TODAY, parse

US = os.getpid()
WAIVED = b"---\naccount: ACME\namount: 5 k\xe2\x82\xac\nlint_ignore:\n  - 'KB210 until 2026-12-31: as it came'\n---\n"


@cache
def context() -> LintContext:
    """What every manual page shows of cards, each as won or as lost, and a card that waives what it has not."""
    files = {"board.yml": parse("").files["board.yml"], "won/waives.md": BoardFile("won/waives.md", WAIVED)}
    for rule in RULES:
        for kind, text in (("bad", rule.manual.bad), ("good", rule.manual.good)):
            shown = (file for path, file in parse(text).files.items() if "/" in path and path.endswith(".md"))
            for number, file in enumerate(shown):
                column = ("won", "lost")[len(files) % 2]
                path = f"{column}/{rule.code.lower()}-{kind}-{number}.md"
                files[path] = replace(file, path=path, stage=0)
    return LintContext(read_board(files.values(), anchor=TODAY), TODAY)


class Memory:
    """What is remembered of cards between runs."""

    def __init__(self) -> None:
        self.learnt: list[str] = []

    def knows(self, cards: Iterable[Card]) -> Collection[Card]:
        return ()

    def learn(self, cards: Iterable[Card]) -> None:
        self.learnt += sorted(card.path for card in cards)


def judged(monkeypatch: pytest.MonkeyPatch, fewest: int, processors: int) -> tuple[Report, list[str]]:
    monkeypatch.setattr(engine, "FEWEST", fewest)
    monkeypatch.setattr(quiet, "BATCH", 7)
    monkeypatch.setattr(quiet, "_TOO_MANY", 2.0)
    monkeypatch.setattr(beside, "processors", lambda: processors)
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)  # workers of the tests have threads of their own
    memory = Memory()
    told = lint(context(), before=memory)
    return replace(
        told, findings=tuple(replace(one, hit=replace(one.hit, fix=None)) for one in told.findings)
    ), memory.learnt


@pytest.mark.parametrize(
    "processors", [1, pytest.param(2, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason=""))]
)
def test_what_is_told_and_learnt_is_the_same(monkeypatch: pytest.MonkeyPatch, processors: int) -> None:
    report, learnt = judged(monkeypatch, 1_000_000, 1)
    assert len({one.code for one in report.findings if one.card}) > 30
    assert len(learnt) > 10
    assert judged(monkeypatch, 1, processors) == (report, learnt)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_killed_process_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = judged(monkeypatch, 1_000_000, 1)
    marks: Callable[..., bytes] = quiet._marks

    def killed(*asked: object) -> bytes:
        if os.getpid() != US:
            os.kill(os.getpid(), signal.SIGKILL)
        return marks(*asked)

    monkeypatch.setattr(quiet, "_marks", killed)
    assert judged(monkeypatch, 1, 2) == expected


def test_a_board_with_much_to_tell_is_not_judged_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, 1, 1)  # sets how many at once
    monkeypatch.setattr(quiet, "_TOO_MANY", 0.3)
    asked: list[int] = []

    def check(seen: LintContext) -> Iterable[object]:
        asked.append(len(seen.board.cards))
        return [
            hit
            for card in seen.board.cards
            for hit in tells.check(replace(seen, board=replace(seen.board, cards=(card,))))
        ]

    tells = next(rule for rule in RULES if rule.name == "won-without-amount")
    counted = replace(tells, check=check)
    assert isinstance(counted, Rule)
    marks = quiet._marks(context(), [counted], [card for card in context().board.cards if card.column == "won"])
    assert asked == [7]
    assert set(marks[7:]) == {0}
