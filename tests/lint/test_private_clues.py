"""The quick look before a pattern of private data never hides what the pattern finds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import pytest

from kanban.lint.rules.privacy import payment_card, secret, sensitive_words

TEXTS: dict[str, tuple[re.Pattern[str], Callable[[str], object], tuple[str, ...]]] = {
    "secret": (
        secret._SECRET,
        secret._MAY,
        (
            "password: hunter22!", "passwd=hunter22!", "mot de passe : hunter22!", "mdp: hunter22!", "pwd=hunter22!",
            "api key: hunter22!", "api_key=hunter22!", "apikey=hunter22!", "clé api : hunter22!", "secret: hunter22!",
            "-----BEGIN RSA PRIVATE KEY-----", "AKIA" + "A1" * 8, "ASIA" + "A1" * 8, "gho_" + "a1" * 18,
            "ghp_" + "a1" * 18, "ghu_" + "a1" * 18, "ghs_" + "a1" * 18, "ghr_" + "a1" * 18, "glpat-" + "a1" * 10,
            "xoxa-" + "a1" * 5, "xoxb-" + "a1" * 5, "xoxr-" + "a1" * 5, "sk_live_" + "a1" * 10,
            "postgres://zoe:secret1@db.example.org",
        ),
    ),
    "sensitive-words": (
        sensitive_words._WORDS,
        sensitive_words._MAY,
        (
            "sick leave", "pregnant", "pregnancy", "maternity leave", "chemotherapy", "depression", "depressive",
            "burnout", "burn-out", "disabled person", "trade unionist", "union member", "arrêt maladie",
            "arrêt de travail", "en congé maternité", "est enceinte", "chimiothérapie", "dépressif", "dépressive",
            "en dépression", "hospitalisé", "hospitalisée", "syndiqué", "déléguée syndicale",
            "de confession juive", "élue CGT", "adhérente de la CFDT", "membre du CFTC", "militante à la CFE-CGC",
            "élu UNSA", "délégué pour la Force ouvrière", "membre Solidaires", "CGT representative", "CFDT delegate",
        ),
    ),
    "payment-card": (
        payment_card._NUMBER,
        payment_card._DIGITS.search,
        ("4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111", "devis n° 4111 1111 1111 1111 9"),
    ),
}  # fmt: skip


def written(text: str) -> Iterator[str]:
    """The text as people write it, and with the letters that a pattern takes for others."""
    odd = (("i", "ı"), ("I", "İ"), ("s", "ſ"), ("k", "\N{KELVIN SIGN}"))
    for form in (text, text.upper(), text.title(), text.swapcase()):
        yield form
        for chosen in itertools.chain.from_iterable(itertools.combinations(odd, count) for count in range(1, 5)):
            told = form
            for letter, other in chosen:
                told = told.replace(letter, other)
            yield told


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_pattern_finds_is_looked_for(name: str) -> None:
    pattern, may, texts = TEXTS[name]
    forms = [form for text in texts for form in written(text)]
    hidden = [form for form in forms if pattern.search(form) and not may(f"Bonjour,\n{form}.\n")]
    assert hidden == []
    assert [text for text in texts if not pattern.search(text)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_most_texts_are_not_searched(name: str) -> None:
    assert not TEXTS[name][1]("## Notes\n\n### 2026-09-24 - appel\n\n- Besoin confirmé, budget 12 000 € à valider.\n")
