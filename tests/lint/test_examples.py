"""Every rule's manual page, run: the bad board is flagged, the good one is not, and the page says what the rule is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from kanban.lint.engine import Request, lint
from kanban.lint.finding import SEVERITIES, Finding
from kanban.lint.fixes import changes_of
from kanban.lint.reading_problems import RULES as RELAYED
from kanban.lint.rule import BOARD, CARD, RANGE, SAFE, UNSAFE, WARNING, Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection
from kanban.model.cards.boardfile import BoardFile
from tests.lint.miniboard import baseline_of, context_of, context_with, parse

FOLDER = Path(__file__).parents[2] / "kanban/lint/rules"
BY_NAME = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


@cache
def findings(rule: Rule, text: str) -> tuple[Finding, ...]:
    report = lint(context_of(text), Request(Selection(select=_with_waived(rule)), baseline=baseline_of(text)))
    assert not report.skipped, f"{rule.name} needs {report.skipped}"
    return tuple(finding for finding in report.findings if finding.code == rule.code)


def _with_waived(rule: Rule) -> tuple[str, ...]:
    """Rules about waivers look at what other rules found."""
    return (rule.code, "KB501") if "audit" in rule.needs else (rule.code,)


@BY_NAME
def test_the_bad_board_is_flagged(rule: Rule) -> None:
    found = findings(rule, rule.manual.bad)
    assert found, rule.manual.bad
    for finding in found:
        assert finding.hit.message
        assert finding.hit.cure, "a finding ends with what to type"
        assert finding.severity in SEVERITIES
        assert finding.hit.line >= 1
        assert finding.hit.column >= 1


@BY_NAME
def test_the_good_board_is_not(rule: Rule) -> None:
    assert not findings(rule, rule.manual.good), rule.manual.good


@BY_NAME
def test_a_rule_that_offers_a_fix_has_one_and_it_cures(rule: Rule) -> None:
    fixes = [finding.hit.fix for finding in findings(rule, rule.manual.bad) if finding.hit.fix]
    assert bool(fixes) == (rule.fix in (SAFE, UNSAFE))
    if rule.fix == UNSAFE:
        assert not any(fix.safe for fix in fixes)


@BY_NAME
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert re.fullmatch(r"KB[0-7]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.scope in (CARD, BOARD, RANGE)
    assert rule.manual.summary.endswith(".")
    assert len(rule.manual.summary) <= 90
    if rule.timed:
        assert rule.severity in {WARNING, "info"}


def test_the_tables_hold_every_module_once_in_order() -> None:
    modules = {path.stem for path in FOLDER.glob("*/*.py")} - {"__init__"}
    assert {rule.name.replace("-", "_") for rule in RULES if rule not in RELAYED} == modules
    families = [
        import_module(f"kanban.lint.rules.{folder.parent.name}").RULES for folder in FOLDER.glob("*/__init__.py")
    ]
    for table in (RULES, RELAYED, *families):
        codes = [rule.code for rule in table]
        assert codes == sorted(set(codes))


def test_the_next_rule_is_a_module_and_one_line_of_its_familys_table(tmp_path: Path) -> None:
    """Tried in a copy, as CONTRIBUTING says it."""
    shutil.copytree(FOLDER.parents[1], tmp_path / "kanban", ignore=shutil.ignore_patterns("__pycache__"))
    family = tmp_path / "kanban/lint/rules/links"
    page = (family / "broken_link.py").read_text("utf-8")
    page = page.replace('"KB701", "broken-link"', '"KB799", "next-rule"')
    (family / "next_rule.py").write_text(page, "utf-8")
    table = family / "__init__.py"
    table.write_text(table.read_text("utf-8").replace(")\n", '    "next_rule",\n)\n'), "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "kanban", "rules", "KB799"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("KB799 next-rule: Links between cards lead somewhere.")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fix != "none"], ids=lambda rule: rule.name)
def test_a_fix_cures_and_asks_for_nothing_again(rule: Rule) -> None:
    mini = parse(rule.manual.bad)
    found = findings(rule, rule.manual.bad)
    data = {path: file.data for path, file in mini.files.items()}
    changes = changes_of(found, data.get, unsafe=True)
    assert changes.files
    assert not changes.failed
    files = dict(mini.files)
    for path, content in changes.files.items():
        files[path] = replace(files.get(path, BoardFile(path, None)), data=content, path=path)
    again = lint(context_with(rule.manual.bad, files), Request(Selection(select=_with_waived(rule))))
    left = [one for one in again.findings if one.code == rule.code and one.hit.fix]
    assert not left, [one.hit.message for one in left]
