"""Earlier versions of a card: what was not yet known is not there, what stays keeps its bytes."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.demo.dossier import Dossier

CARD = """---
title: Astreinte
account: "Technivair"
next_action: Signature   # au siège
next_action_date: 2026-10-06T17:00
amount: 38 k€
probability: "80 %"
owner: Karim
dor:
  - contact-opt-in
  - need-explicit
  - agenda-sent
  - brief-validated
offer_date: 2026-09-24
concessions: [formation]
blocked_since: 2026-10-01
blocked_cause: juridique
---

## Notes

### 2026-10-02 — appel

- Accord.

### 2026-09-22 — démo

- Vue.
"""


def head_of(text: str) -> list[str]:
    return text.split("---\n")[1].splitlines()


def test_with_everything_known_it_is_the_last_text() -> None:
    assert Dossier(CARD).as_of(date(2026, 10, 2), 4, {}) == CARD


def test_as_a_prospect_it_has_no_money_no_offer_no_block_and_no_notes() -> None:
    early = Dossier(CARD).as_of(date(2026, 9, 10), 0, {})
    assert head_of(early) == [
        "title: Astreinte",
        'account: "Technivair"',
        "next_action: Signature   # au siège",
        "next_action_date: 2026-10-06T17:00",
        "owner: Karim",
    ]
    assert early.endswith("---\n\n## Notes\n")


def test_notes_and_blocks_appear_on_their_day() -> None:
    dossier = Dossier(CARD)
    before, after = dossier.as_of(date(2026, 9, 30), 4, {}), dossier.as_of(date(2026, 10, 1), 4, {})
    assert "blocked" not in before
    assert "blocked_cause: juridique" in after
    assert before.endswith("\n## Notes\n\n### 2026-09-22 — démo\n\n- Vue.\n")


@pytest.mark.parametrize(
    ("reach", "ticks"),
    [
        (1, "dor: [contact-opt-in, need-explicit]"),
        (2, "dor: [contact-opt-in, need-explicit, agenda-sent]"),
        (3, "dor:"),
    ],
)
def test_ticks_grow_with_the_columns_reached(reach: int, ticks: str) -> None:
    assert ticks in head_of(Dossier(CARD).as_of(date(2026, 9, 30), reach, {}))


def test_what_was_said_replaces_its_line_alone_and_new_fields_find_their_place() -> None:
    dossier = Dossier(CARD)
    said = {"probability": "80 %", "next_action": "Rappeler", "owner": None, "close_date": "2026-10-09"}
    lines = head_of(dossier.as_of(date(2026, 10, 2), 4, said))
    assert 'probability: "80 %"' in lines, "an unchanged value keeps its quotes"
    assert "next_action: Rappeler" in lines
    assert not any(line.startswith("owner") for line in lines)
    assert lines.index("close_date: 2026-10-09") > lines.index('probability: "80 %"')


@pytest.mark.parametrize(
    ("key", "value"),
    [("account", "Technivair"), ("next_action", "Signature"), ("probability", "80 %"), ("role", "")],
)
def test_values_come_without_quotes_and_comments(key: str, value: str) -> None:
    assert Dossier(CARD).value(key) == value
