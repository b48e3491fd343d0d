"""The quick look before a pattern of private data never hides what the pattern finds."""

from __future__ import annotations

import itertools
import random
import re
import sys
from collections.abc import Iterator

import pytest

from kanban.lint.facts import privacy
from kanban.lint.facts.privacy import May, Seen
from kanban.lint.rules.privacy import bank_account, payment_card, secret, sensitive_words, social_security_number

TEXTS: dict[str, tuple[re.Pattern[str], May, tuple[str, ...]]] = {
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
        payment_card._MAY,
        ("4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111", "devis n° 4111 1111 1111 1111 9"),
    ),
    "bank-account": (
        bank_account._IBAN,
        bank_account._MAY,
        ("FR14 2004 1010 0505 0001 3M02 606", "DE89370400440532013000", "FR١4 2004 1010 0505 0001 3M02 606"),
    ),
    "social-security-number": (
        social_security_number._NIR,
        social_security_number._MAY,
        ("2 69 05 49 588 157 80", "269054958815780", "1 55 08 2A 588 157 80", "155082B58815780", "2 69 05 49 588 ๑๕๗ 80"),
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
    hidden = [form for form in forms if pattern.search(form) and not may(Seen(f"Bonjour,\n{form}.\n"))]
    assert hidden == []
    assert [text for text in texts if not pattern.search(text)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_most_texts_are_not_searched(name: str) -> None:
    text = "## Notes\n\n### 2026-09-24 - appel\n\n- Besoin confirmé, budget 12 000 € à valider, RDV 12 à 15h30.\n"
    assert not TEXTS[name][1](Seen(text))


NUMBERS = ("bank-account", "payment-card", "social-security-number")


def test_what_is_made_of_pieces_of_numbers_is_looked_for() -> None:
    chance = random.Random(7)
    pieces = [
        "4",
        "111",
        "2 69",
        "05",
        "49",
        "2A",
        "588",
        "1111",
        " ",
        "-",
        "\u00a0",
        "FR",
        "14",
        "3M02",
        "x",
        "é",
        "٣",
        "\n",
    ]
    found = dict.fromkeys(NUMBERS, 0)
    for _text in range(60_000):
        text = "".join(chance.choices(pieces, k=chance.randint(5, 14)))
        for name in NUMBERS:
            pattern, may, _texts = TEXTS[name]
            if pattern.search(text):
                found[name] += 1
                assert may(Seen(text)), (name, text)
    assert min(found.values()) > 50, found


def test_every_digit_of_another_script_is_told() -> None:
    others = (chr(code) for code in range(128, sys.maxunicode + 1) if chr(code).isdecimal())
    assert {one.encode()[0] for one in others} == set(privacy._FOREIGN)
