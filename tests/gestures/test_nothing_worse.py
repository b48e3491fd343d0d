"""Random gestures on random boards: what is accepted without force leaves no error that was not there before."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanban.errors import KanbanError
from kanban.gestures.base.judged import board_after
from kanban.gestures.table import GESTURES
from kanban.lint.engine import lint
from kanban.lint.rule import LintContext
from kanban.model.cards.board import Board
from tests.boards import TODAY, card_text
from tests.gestures.telling import situation

BOARD = """\
title: Pipeline
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: rdv, name: RDV, wip: 3, stage: meeting, dor: [agenda]}
  - {key: offre, name: Offre, wip: 2, dor: [{id: price, field: amount, check: positive}]}
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
classes: [standard, {key: expedite, wip: 1}, {key: fixed-date, wip: 1}]
owners: [{name: Zoé, wip: 3, role: AE}, Karim]
policies: {meetings_per_day: 1}
"""
NAMES = ("a", "b", "c", "d")
WHERE = st.sampled_from(("prospects", "rdv", "offre", "gagne", "perdu", "nurturing"))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "next_action": st.just(""),
        "next_action_date": st.sampled_from(("2026-10-06", "2026-10-08T10:00")),
        "class": st.sampled_from(("expedite", "fixed-date")),
        "amount": st.just("28000"),
        "owner": st.sampled_from(("Zoé", "Karim")),
        "dor": st.just("[agenda]"),
        "lost_reason": st.just("price"),
        "close_date": st.just("2026-10-30"),
    },
)
BOARDS = st.lists(st.tuples(WHERE, FIELDS), min_size=1, max_size=4)
CARD = st.sampled_from(NAMES)
ASSIGNMENTS = st.lists(
    st.sampled_from(
        (
            *("class=expedite", "class=fixed-date", "owner=Zoé", "next_action=", "next_action_date=", "amount="),
            *("amount=9", "next_action_date=2026-10-06", "tags=x", "dor=", "lost_reason=", "blocked_cause=x"),
        )
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda text: text.partition("=")[0],
).map(tuple)
WORDS: dict[str, Any] = {
    "set": st.fixed_dictionaries({"card": CARD, "assignments": ASSIGNMENTS}),
    "move": st.fixed_dictionaries({"cards": st.tuples(CARD), "column": WHERE, "reason": st.sampled_from(("", "why"))}),
    "note": st.fixed_dictionaries(
        {"card": CARD, "bullets": st.just(("yes",)), "on": st.sampled_from((None, "2026-10-06", "2026-10-08"))}
    ),
    "tick": st.fixed_dictionaries({"card": CARD, "ticks": st.just(("agenda",)), "off": st.booleans()}),
    "touch": st.fixed_dictionaries({"card": CARD, "on": st.sampled_from((None, "2026-10-06"))}),
    "reopen": st.fixed_dictionaries(
        {"card": CARD, "reason": st.just("why"), "column": st.sampled_from(("rdv", "offre"))}
    ),
    "win": st.fixed_dictionaries({"cards": st.tuples(CARD), "reason": st.just("signed")}),
    "lose": st.fixed_dictionaries({"cards": st.tuples(CARD), "reason": st.just("price")}),
    "park": st.fixed_dictionaries({"cards": st.tuples(CARD)}),
    "rename": st.fixed_dictionaries({"card": CARD, "new_id": st.just("z")}),
    "unblock": st.fixed_dictionaries({"card": CARD}),
    "new": st.fixed_dictionaries(
        {
            "account": st.just("New"),
            "on": st.sampled_from((None, "2026-10-06")),
            "next_action": st.sampled_from((None, "call")),
            "service": st.sampled_from((None, "expedite", "fixed-date")),
            "owner": st.sampled_from((None, "Zoé")),
        }
    ),
}
GESTURE = st.sampled_from(sorted(WORDS)).flatmap(lambda verb: st.tuples(st.just(verb), WORDS[verb]))


def errors(board: Board) -> dict[tuple[str, str, str], int]:
    """How often each error stands, and on what; a limit by how far it is exceeded."""
    found: dict[tuple[str, str, str], int] = {}
    for one in lint(LintContext(board, TODAY)).findings:
        if one.severity == "error":
            load = one.hit.load
            name = (one.code, "" if load else one.hit.card, one.hit.detail)
            found[name] = len(load.cards) if load else 1
    return found


@given(BOARDS, GESTURE)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_accepted_makes_nothing_worse(
    placed: list[tuple[str, dict[str, str]]], made: tuple[str, dict[str, Any]]
) -> None:
    cards = {f"{where}/{name}.md": card_text(**fields) for name, (where, fields) in zip(NAMES, placed, strict=False)}
    verb, words = made
    at = situation(cards, BOARD)
    try:
        gesture = GESTURES[verb](at, **words)
    except KanbanError:
        return
    before, after = errors(at.board), errors(board_after(at, gesture.changes))
    if verb == "rename":
        old = gesture.document["formerly"]
        after = {(code, old if card == "z" else card, what): n for (code, card, what), n in after.items()}
    worse = {name for name, count in after.items() if count > before.get(name, 0)}
    assert worse == set(), (verb, words)
