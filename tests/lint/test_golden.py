"""What every rule says about its bad board, word for word, in both languages (`pytest --update-golden` rewrites)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanban.i18n import use_language
from kanban.lint.engine import Request, lint
from kanban.lint.report import written
from kanban.lint.report.view import View
from kanban.lint.rule import Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection
from tests.lint.miniboard import baseline_of, context_with

GOLDEN = Path(__file__).parent / "golden"


def said(rule: Rule, language: str, style: str) -> str:
    """The report on the rule's bad board."""
    with use_language(language):
        context = context_with(rule.manual.bad, {})
        select = (rule.code, "KB501") if "audit" in rule.needs else (rule.code,)
        report = lint(context, Request(Selection(select=select), baseline=baseline_of(rule.manual.bad)))
        texts = {card.path: card.text for card in context.board.cards}
        for path, file in context.board.files.items():
            texts[path] = (file.data or b"").decode("utf-8", "replace")
        return written(View(report, context.today, sources=texts), style)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_what_is_said(rule: Rule, update_golden: bool) -> None:
    file = GOLDEN / f"{rule.code}-{rule.name}.txt"
    text = said(rule, "en", "full") + "\n" + said(rule, "fr", "concise")
    if update_golden:
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {f"{rule.code}-{rule.name}" for rule in RULES}
