"""Waivers: data with a reason and an end, on the card or in board.yml; what each covers, and until when."""

from __future__ import annotations

from typing import Any

import pytest

from kanban.lint.engine import Report, Request, lint
from kanban.lint.selection import Selection
from tests.lint.miniboard import context_of

ONLY = Selection(select=("KB0", "KB501", "KB304", "KB303"))


def report(text: str, *, waive: bool = True, today: str = "2026-10-05") -> Report:
    return lint(context_of(f"== today {today}\n{text}"), Request(ONLY, waive=waive))


def codes(text: str, **more: Any) -> list[str]:
    return [one.code for one in report(text, **more).findings]


def card(waiver: str, *, name: str = "acme") -> str:
    """An open card without a next action, that waives something."""
    return f"== offer/{name}.md\n---\naccount: ACME\nlint_ignore: [{waiver}]\n---\n"


@pytest.mark.parametrize(
    ("waiver", "expected"),
    [
        ('"KB501 until 2026-12-31: waiting for legal"', []),
        ('"missing-next-action until 2026-12-31: waiting for legal"', []),
        ('"kb501 until 2026-10-05: the last day counts"', []),
        ('"KB501 jusqu’au 2026-12-31 : en attente du juridique"', []),
        ('"KB501 until 2026-10-04: the day before"', ["KB501", "KB002"]),
        ("KB501", ["KB501", "KB001"]),
        ('"KB501 until 2026-12-31:"', ["KB501", "KB001"]),
        ('"KB501: no end"', ["KB501", "KB001"]),
        ('"KB501 until soon: no day"', ["KB501", "KB001"]),
        ('"KB501 until 2026-13-01: no such day"', ["KB501", "KB001"]),
        ('"KB999 until 2026-12-31: no such rule"', ["KB501", "KB005"]),
        ('"KB502 until 2026-12-31: not what is wrong"', ["KB501"]),
        ('"KB304 until 2026-12-31: not a card’s to waive"', ["KB501", "KB004"]),
    ],
)
def test_a_card_waives_its_own_findings(waiver: str, expected: list[str]) -> None:
    assert sorted(codes(card(waiver))) == sorted(expected)


def test_a_card_waives_nothing_of_another() -> None:
    text = card('"KB501 until 2026-12-31: ours"') + card("", name="norvane").replace("lint_ignore: []\n", "")
    assert codes(text) == ["KB501"]


def test_what_is_waived_is_counted_and_can_be_shown() -> None:
    text = card('"KB501 until 2026-12-31: waiting"')
    assert report(text).waived == 1
    assert codes(text, waive=False) == ["KB501"]


def test_a_waiver_that_holds_nothing_is_told_only_when_its_rule_was_checked() -> None:
    text = card('"KB501 until 2026-12-31: waiting"').replace(
        "account: ACME", "account: ACME\nnext_action: call\nnext_action_date: 2026-10-08"
    )
    assert codes(text) == ["KB003"]
    context = context_of(text)
    assert not lint(context, Request(Selection(select=("KB0",)))).findings
    assert not lint(context, Request(ONLY, wanted=lambda path: True)).findings
    assert not lint(context, Request(ONLY, changed=frozenset({"offer/acme.md"}))).findings


BOARD = """\
== board.yml
columns: [{key: prospects}, {key: offer, wip: 1}]
lint:
  waivers:
    - {rule: RULE, reason: the fair, WHERE}
== offer/one.md
---
account: One
next_action: call
next_action_date: 2026-10-08
---
== offer/two.md
---
account: Two
next_action: call
next_action_date: 2026-10-08
---
"""


@pytest.mark.parametrize(
    ("rule", "where", "expected"),
    [
        ("wip-exceeded", "until: 2026-12-31", []),
        ("wip-exceeded", "path: offer", []),
        ("wip-exceeded", "path: offer/**", []),
        ("wip-exceeded", "path: prospects", ["KB304", "KB003"]),
        ("wip-exceeded", "until: 2026-09-30", ["KB304", "KB002"]),
        ("KB304", "card: one", ["KB304", "KB003"]),
        ("KB999", "until: 2026-12-31", ["KB304", "KB005"]),
    ],
)
def test_the_board_waives_limits(rule: str, where: str, expected: list[str]) -> None:
    assert sorted(codes(BOARD.replace("RULE", rule).replace("WHERE", where))) == sorted(expected)


def test_a_waiver_of_the_board_is_told_at_its_line() -> None:
    finding = report(BOARD.replace("RULE", "KB999").replace("WHERE", "card: one")).findings
    assert [(one.path, one.hit.line) for one in finding if one.code == "KB005"] == [("board.yml", 4)]
