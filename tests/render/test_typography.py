"""Spaces that hold, where people typed spaces."""

from __future__ import annotations

import pytest

from kanban.i18n import use_language
from kanban.render.typography import typeset


@pytest.mark.parametrize(
    ("language", "typed", "set_as"),
    [
        ("fr", "Appel : combien ?", "Appel\u00a0: combien\u202f?"),
        ("fr", "dire « oui » ; puis signer !", "dire «\u00a0oui\u00a0»\u202f; puis signer\u202f!"),
        ("fr", "à 10:30, voir https://x.example/?a=1 :)", "à 10:30, voir https://x.example/?a=1 :)"),
        ("en", "why : what ?", "why : what ?"),
        ("en", "cause · Zoé", "cause\u00a0· Zoé"),
        ("fr", "Offre → Négociation", "Offre\u00a0→ Négociation"),
        ("en", "28 k€ since 3 days, 2 2 3", "28\u00a0k€ since 3\u00a0days, 2 2 3"),
        ("fr", "", ""),
    ],
)
def test_a_line_never_begins_with_a_sign_that_belongs_to_the_word_before(
    language: str, typed: str, set_as: str
) -> None:
    with use_language(language):
        assert typeset(typed) == set_as
