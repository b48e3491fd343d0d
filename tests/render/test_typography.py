"""Spaces that hold, where people typed spaces."""

from __future__ import annotations

import pytest

from kanban.i18n import use_language
from kanban.render.typography import isolated, typeset


@pytest.mark.parametrize(
    ("language", "typed", "set_as"),
    [
        ("fr", "Appel : combien ?", "Appel\u00a0: combien\u202f?"),
        ("fr", "dire « oui » ; puis signer !", "dire «\u00a0oui\u00a0»\u202f; puis signer\u202f!"),
        ("fr", "à 10:30, voir https://x.example/?a=1 :)", "à 10:30, voir https://x.example/?a=1 :)"),
        ("en", "why : what ?", "why : what ?"),
        ("en", "cause · Zoé", "cause\u00a0· Zoé"),
        ("fr", "Offre → Négociation", "Offre\u00a0→ Négociation"),
        ("fr", "rien → 9 000 € ; 12 345,60 €", "rien\u00a0→ 9\u00a0000\u00a0€\u202f; 12\u00a0345,60\u00a0€"),
        ("en", "28 k€ since 3 days, 2 2 3", "28\u00a0k€ since 3\u00a0days, 2 2 3"),
        ("fr", "", ""),
    ],
)
def test_a_line_never_begins_with_a_sign_that_belongs_to_the_word_before(
    language: str, typed: str, set_as: str
) -> None:
    with use_language(language):
        assert typeset(typed) == set_as


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("مريم : 2 cards", "<bdi>مريم</bdi> : 2 cards"),
        ("2 · חברת הבדיקה בע״מ · Zoé", "2 · <bdi>חברת הבדיקה בע״מ</bdi> · Zoé"),
        ("<b>Zoé</b>", "&lt;b&gt;Zoé&lt;/b&gt;"),
    ],
)
def test_words_read_from_right_to_left_turn_nothing_beside_them_around(text: str, stands: str) -> None:
    assert isolated(text) == stands
