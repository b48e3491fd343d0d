"""Texts that a rule must find, and ones that it must leave alone, as people write them."""

from __future__ import annotations

import pytest

from kanban.lint.engine import Request, lint
from kanban.lint.selection import Selection
from tests.lint.miniboard import context_of

BODY = "== prospects/acme.md\n---\naccount: ACME\n---\n\n## Notes\n\n- {text}\n"
ACTION = "== prospects/acme.md\n---\naccount: ACME\nnext_action: {action}\nnext_action_date: {day}\n---\n"


def found(text: str, code: str) -> bool:
    return bool(lint(context_of(text), Request(Selection(select=(code,)))).findings)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("KB604", "https://ana:s3cret!@crm.example.com/login", True),
        ("KB604", "postgres://kanban:hunter22@db.internal/sales", True),
        ("KB604", "see https://crm.example.com:8443/deals@2026", False),
        ("KB604", "mail ana@example.com", False),
        ("KB605", "notre contact est délégué CGT", True),
        ("KB605", "élue de la CFDT au CSE", True),
        ("KB605", "la CGT est un de leurs clients", False),
        ("KB602", "paid with 4111 1111 1111 1111", True),
        ("KB602", "contrat n° 4111 1111 1111 1111", False),
        ("KB602", "Commande 4111111111111111", False),
        ("KB506", "SSO\n  - SAML\n  - OIDC\n  - SCIM\n- price", False),
        ("KB506", "SSO\n- SAML\n- OIDC\n- price", True),
    ],
)
def test_a_note(code: str, text: str, expected: bool) -> None:
    assert found(BODY.format(text=text), code) is expected


@pytest.mark.parametrize(
    ("action", "day", "expected"),
    [
        ("call Ana", "2026-10-10", True),
        ("Salon des entrepreneurs", "2026-10-10", False),
        ("trade show in Lyon", "2026-10-11", False),
        ("call Ana", "2026-12-25", True),
        ("Salon des entrepreneurs", "2026-12-25", True),
        ("call Ana", "2026-12-24", False),
    ],
)
def test_a_day_off(action: str, day: str, expected: bool) -> None:
    assert found(ACTION.format(action=action, day=day), "KB517") is expected
