"""The language in force, and what may be typed whichever it is."""

from __future__ import annotations

import pytest

from kanban.i18n import N_, _, current_language, in_every_language, ngettext, use_language
from kanban.i18n.catalogue import set_language


def test_texts_are_in_the_language_in_force() -> None:
    assert _("Account") == "Account"
    with use_language("fr"):
        assert _("Account") == "Compte"
        with use_language("en"):
            assert _("Account") == "Account"
        assert current_language() == "fr"
    assert current_language() == "en"


@pytest.mark.parametrize("language", ["de", "", "../../etc"])
def test_an_unknown_language_is_english(language: str) -> None:
    with use_language("fr"), use_language(language):
        assert current_language() == "en"
    with use_language("fr"):
        set_language(language)
        assert current_language() == "en"


@pytest.mark.parametrize(
    ("count", "french", "english"), [(0, "0 jour", "0 days"), (1, "1 jour", "1 day"), (2, "2 jours", "2 days")]
)
def test_french_counts_nothing_as_one(count: int, french: str, english: str) -> None:
    for language, expected in (("fr", french), ("en", english)):
        with use_language(language):
            said = ngettext("{count} day", "{count} days", count).format(count=count)
            assert said.replace("\u00a0", " ") == expected


def test_an_empty_text_is_not_the_catalogues_header() -> None:
    with use_language("fr"):
        assert _("") == ""
        assert _("no such text") == "no such text"


def test_words_in_every_language() -> None:
    assert N_("price") == "price"
    assert in_every_language("price") == ("price", "prix")
    assert in_every_language("no such word") == ("no such word",)
