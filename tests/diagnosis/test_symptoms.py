"""Every symptom: a golden board on which it fires, a near miss on which it does not, and too little data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kanban.diagnosis.diagnosis import SYMPTOMS, diagnose
from kanban.diagnosis.symptom import ABSENT, FOUND, OFF, UNKNOWN
from kanban.diagnosis.thresholds import DEFAULTS, SYMPTOM_IDS, unknown_names
from kanban.metrics.base.ledger import Ledger
from tests.boards import board_of
from tests.diagnosis.telling import CONFIG, ledger_told, many, row

WON = "p04-01 r04-05 o04-10 n04-20 w06-10"
LOST = "p04-01 r04-05 o04-10 n04-20 l06-10"
IN_NEGOTIATION = "p06-01 r06-05 o06-10 n06-20"
EXPEDITE = {"class": "expedite"}
EARLY = {"early": "p04-01 l04-02"}


def negotiations(won: int, lost: int, standing: int) -> Ledger:
    return ledger_told(many("w", won, WON) | many("l", lost, LOST) | many("n", standing, IN_NEGOTIATION))


def meetings(stuck: int, put_off: int) -> Ledger:
    lines = many("s", stuck, "p04-01 r06-15") | many("m", put_off, "p04-01 r06-20") | {"ok": "p04-01 r06-25"}
    fields = {card: {"next_action": "demo", "next_action_date": "2025-06-27"} for card in lines}
    edits = {card: {"06-26": {"next_action_date": "2025-07-04"}} for card in lines if card[0] == "m"}
    edits["ok"] = {"06-27": {"next_action": "send the summary", "next_action_date": "2025-07-01"}}
    return ledger_told(lines, fields, edits)


def fixed_date(day: str, service: str = "fixed-date") -> Ledger:
    """Ten deals that were won 30 days after the negotiation began; one that began ten days ago."""
    lines = many("w", 10, "p04-01 r04-05 o04-10 n04-20 w05-20") | {"fair": IN_NEGOTIATION}
    return ledger_told(lines, {"fair": {"class": service, "fixed_date": day}})


def fruitless(advanced: int, exited: int) -> Ledger:
    went, left = many("a", advanced, "p05-01 r05-05 o05-20"), many("x", exited, "p05-01 r05-05 l05-20")
    return ledger_told(went | left)


def offers(old: int, fresh: int) -> Ledger:
    return ledger_told(many("o", old, "p05-01 r05-05 o06-19") | many("f", fresh, "p05-01 r05-05 o06-20"))


def endless(old: int, fresh: int) -> Ledger:
    return ledger_told(many("o", old, "p04-01 n06-09") | many("f", fresh, "p04-01 n06-10"))


def expedites(active: int, closed: int, standard: int) -> Ledger:
    lines = many("e", active, "p06-01") | many("c", closed, "p05-01 w05-20") | many("s", standard, "p05-01")
    return ledger_told(lines, {card: EXPEDITE for card in lines if card[0] in "ec"})


def weekly(*wins: int) -> Ledger:
    """Wins per week, the last one in the week of 23 June."""
    lines = dict(EARLY)
    for at, count in enumerate(reversed(wins)):
        day = date(2025, 6, 25) - timedelta(weeks=at)
        lines |= {f"w{at}-{number}": f"p04-01 w{day:%m-%d}" for number in range(count)}
    return ledger_told(lines)


CASES: list[tuple[str, str, Callable[[], Ledger], str]] = [
    ("D36", "1 of 20 won, negotiation full", lambda: negotiations(1, 19, 4), FOUND),
    ("D36", "2 of 8 won can be chance", lambda: negotiations(2, 6, 4), UNKNOWN),
    ("D36", "2 of 10 won can be chance", lambda: negotiations(2, 8, 4), UNKNOWN),
    ("D36", "3 of 10 won is not below 30 %", lambda: negotiations(3, 7, 4), ABSENT),
    ("D36", "one card below the limit", lambda: negotiations(2, 8, 3), ABSENT),
    ("D36", "seven offers decided", lambda: negotiations(1, 6, 4), UNKNOWN),
    ("D37", "three cards for 15 days", lambda: meetings(3, 0), FOUND),
    ("D37", "three meetings put off", lambda: meetings(0, 3), FOUND),
    ("D37", "two and two", lambda: meetings(2, 2), ABSENT),
    ("D37", "no card in the column", lambda: ledger_told({"a": "p06-01"}), UNKNOWN),
    ("D38", "a date that is too near", lambda: fixed_date("2025-07-05"), FOUND),
    ("D38", "a date that has passed", lambda: fixed_date("2025-06-29"), FOUND),
    ("D38", "a date far enough away", lambda: fixed_date("2025-08-13"), ABSENT),
    ("D38", "no card of the class", lambda: fixed_date("2025-07-05", "standard"), UNKNOWN),
    ("D39", "3 of 20 went on", lambda: fruitless(3, 17), FOUND),
    ("D39", "3 of 8 went on can be chance", lambda: fruitless(3, 5), UNKNOWN),
    ("D39", "3 of 10 went on can be chance", lambda: fruitless(3, 7), UNKNOWN),
    ("D39", "4 of 10 went on", lambda: fruitless(4, 6), ABSENT),
    ("D39", "seven decided", lambda: fruitless(0, 7), UNKNOWN),
    ("D40", "three of five for 11 days", lambda: offers(3, 2), FOUND),
    ("D40", "three of seven", lambda: offers(3, 4), ABSENT),
    ("D40", "two of three", lambda: offers(2, 1), ABSENT),
    ("D40", "two cards", lambda: offers(2, 0), UNKNOWN),
    ("D41", "two for 21 days", lambda: endless(2, 1), FOUND),
    ("D41", "one for 21 days, two for 20", lambda: endless(1, 2), ABSENT),
    ("D41", "nobody there", lambda: ledger_told({"a": "p06-01"}), UNKNOWN),
    ("D42", "two at a time", lambda: expedites(2, 0, 20), FOUND),
    ("D42", "2 of 12 started", lambda: expedites(1, 1, 10), FOUND),
    ("D42", "3 of 20 started", lambda: expedites(1, 2, 17), ABSENT),
    ("D42", "one of five", lambda: expedites(1, 0, 4), UNKNOWN),
    ("D43", "three bursts", lambda: weekly(0, 0, 6, 0, 0, 0, 5, 0, 0, 0), FOUND),
    ("D43", "as chance has it", lambda: weekly(1, 0, 3, 1, 0, 2, 1, 1, 0, 2), ABSENT),
    ("D43", "seven wins", lambda: weekly(0, 0, 4, 0, 0, 0, 3, 0, 0, 0), UNKNOWN),
]


@pytest.mark.parametrize(("symptom", "what", "told", "state"), CASES, ids=[f"{one[0]}-{one[1]}" for one in CASES])
def test_symptom(symptom: str, what: str, told: Callable[[], Ledger], state: str) -> None:
    found = row(told(), symptom)
    assert found.state == state, found
    assert found.evidence
    assert bool(found.remedies) == bool(found.actions) == (state == FOUND)


def test_every_symptom_has_its_boards() -> None:
    for one in SYMPTOMS:
        assert {state for symptom, _what, _told, state in CASES if symptom == one.id} == {FOUND, ABSENT, UNKNOWN}


def test_evidence_names_numbers_and_cards() -> None:
    full = row(negotiations(1, 19, 4), "D36")
    assert full.numbers["rate"] == 0.05
    assert full.cards == ("n0", "n1", "n2", "n3")
    assert [action.text for action in full.actions] == [
        "wip: 3    # columns, key: n (now 4)",
        "kanban forecast --wip n=3",
    ]
    late = row(fixed_date("2025-06-29"), "D38")
    assert late.cards == ("fair",)
    assert "29 Jun 2025" in late.evidence[0]
    stuck = row(offers(3, 2), "D40")
    said = stuck.evidence[0].replace("\xa0", " ")
    assert said == "cards more than 10 d in Offer: 3 of 5 (o0 11 d, o1 11 d, o2 11 d)"


def test_a_board_sets_thresholds_and_turns_symptoms_off() -> None:
    more = CONFIG + "diagnosis:\n  thresholds: {negotiation-days: 19, offer-dayz: 3}\n  off: [D36, D99]\n"
    ledger = ledger_told(many("o", 2, "p04-01 n06-10"), config=more)
    assert row(ledger, "D41").state == FOUND
    assert row(ledger, "D36").state == OFF
    assert unknown_names(board_of({}, more).config) == ("offer-dayz", "D99")
    assert tuple(one.id for one in SYMPTOMS) == SYMPTOM_IDS


def test_without_the_stages_nothing_is_guessed() -> None:
    plain = CONFIG.replace(", stage: meeting", "").replace(", stage: offer", "").replace(", stage: negotiation", "")
    states = {one.id: one.state for one in diagnose(ledger_told({"a": "p06-01 n06-02"}, config=plain)).rows}
    assert {states[symptom] for symptom in ("D36", "D37", "D39", "D40", "D41")} == {UNKNOWN}


def test_an_empty_board_has_no_symptom() -> None:
    assert all(one.state == UNKNOWN for one in diagnose(ledger_told({})).rows)


def test_every_threshold_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "diagnosis.md").read_text(encoding="utf-8")
    for name, (default, _meaning) in DEFAULTS.items():
        assert f"| `{name}` | {default} |" in page
