"""What every rule promises, checked over all of them: cures can be typed, problems have a rule, clocks only warn."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kanban.cli import VERBS
from kanban.commands.base.calling.invocation import ALIASES
from kanban.i18n import use_language
from kanban.lint.engine import Request, lint
from kanban.lint.reading_problems import OTHER, PROBLEM_RULES, rule_for
from kanban.lint.rule import Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection
from kanban.lint.waivers.baseline import read_baseline
from tests.lint.miniboard import context_of, problem

KANBAN = Path(__file__).parents[2] / "kanban"
COMMAND = re.compile(r"`kanban(?: -C \S+)? ([a-z-]+)")
HOSTILE = "a$(touch pwned) b"


def texts_of(rule: Rule) -> list[str]:
    """The rule's manual page and everything it says about its bad board."""
    report = lint(context_of(rule.manual.bad), Request(Selection(select=(rule.code, "KB501"))))
    said = [text for one in report.findings for text in (one.hit.message, one.hit.cure)]
    return [rule.doc, *said]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_command_that_is_named_exists(rule: Rule) -> None:
    named = {verb for text in texts_of(rule) for verb in COMMAND.findall(text)}
    assert named <= {*VERBS, *ALIASES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_cure_can_be_pasted_whatever_the_card_is_called(rule: Rule) -> None:
    text = re.sub(r"(?m)^(== (?:before: )?[\w/-]+/)acme\.md", rf"\g<1>{HOSTILE}.md".replace("$", "$"), rule.manual.bad)
    report = lint(context_of(text), Request(Selection(select=(rule.code,))))
    for finding in report.findings:
        for command in re.findall(r"`((?:kanban|git|chmod) [^`]*)`", finding.hit.cure):
            bare = re.sub(r"'[^']*'", "", command)
            assert "$(" not in bare, command


def test_every_problem_of_reading_has_a_rule() -> None:
    codes = set(_codes_in_the_model())
    assert len(codes) > 50
    assert codes - set(PROBLEM_RULES) == set(), "a problem nobody tells"
    assert set(PROBLEM_RULES) - codes == set(), "a rule for a problem nobody has"
    assert {rule.name for rule in RULES} >= {*PROBLEM_RULES.values(), OTHER}


def test_a_problem_nobody_foresaw_is_told_all_the_same() -> None:
    assert rule_for(problem("never-seen")) == OTHER


def _codes_in_the_model() -> list[str]:
    """Every text in the model's source that is handed over as the code of a problem."""
    found: list[str] = []
    for path in sorted((KANBAN / "model").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found += _codes_of(node)
    notes = ("config-value", "symlink", "submodule", "special", "too-large", "unreadable", "missing")
    return [*found, *notes]


def _codes_of(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = {"Problem": 3, "Read": 1, "_problem": 1, "problem": 99}.get(name)
    if place is None:
        return []
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    given += call.args[place : place + 1]
    kebab = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|bom|binary|unmerged")
    return [
        one.value
        for node in given
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and kebab.fullmatch(one.value)
    ]


def test_rules_that_the_calendar_decides_only_warn() -> None:
    """A rule whose verdict on an unchanged board changes with the day must be marked, and must not be an error."""
    for rule in RULES:
        verdicts = set()
        for year in (2020, 2033):
            board = f"== today {year}-10-05\n{rule.manual.bad}{rule.manual.good}"
            context = context_of(board) if "== baseline" not in board else context_of(rule.manual.bad)
            request = Request(Selection(select=(rule.code, "KB501")))
            verdicts.add(any(one.code == rule.code for one in lint(context, request).findings))
        if len(verdicts) > 1 and rule.severity == "error":
            assert rule.name in ENTRY_RULES, f"{rule.name} turns red with time"


ENTRY_RULES = {"entered-not-ready", "overfull-day"}
"""Errors that look at the day of the step, or at days to come."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_speaks_the_language_in_force(language: str) -> None:
    with use_language(language):
        summaries = [rule.summary for rule in RULES]
        prose = [text for rule in RULES for text in rule.manual.prose]
    assert len(set(summaries)) == len(RULES)
    if language == "fr":
        assert not {rule.manual.summary for rule in RULES} & set(summaries)
        english = {text for rule in RULES for text in (rule.manual.why, rule.manual.flags, rule.manual.cure)}
        assert not {text for text in english & set(prose) if not text.startswith("`")}


def test_a_baseline_nobody_wrote_is_refused() -> None:
    from kanban.errors import KanbanError

    for text in ("", "[]", '{"schema": "other/1", "findings": []}', '{"findings": [{}]}'):
        with pytest.raises(KanbanError):
            read_baseline(text, "baseline.json")
