"""Fixes travel: what is exported as an edit is what `--fix` does, in every format that carries edits."""

from __future__ import annotations

import json
import re

import pytest

from kanban.lint.edits import Edit, edit_of
from kanban.lint.engine import Request, lint
from kanban.lint.finding import Finding, Fix
from kanban.lint.fixes import replacing
from kanban.lint.report import written
from kanban.lint.report.view import View
from kanban.lint.rule import NONE, Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection
from tests.lint.miniboard import baseline_of, context_of, parse

FIXING = [rule for rule in RULES if rule.fix != NONE]


def view_of(rule: Rule) -> View:
    """The rule's bad board with everything that the rule finds there."""
    text = rule.manual.bad
    context, files = context_of(text), parse(text).files
    report = lint(context, Request(Selection(select=(rule.code,)), baseline=baseline_of(text)))
    sources = {path: (file.data or b"").decode("utf-8", "replace") for path, file in files.items()}
    return View(report, context.today, sources=sources, contents=lambda path: getattr(files.get(path), "data", None))


def applied(text: str, start: int, end: int, new: str) -> str:
    """The text with these lines replaced."""
    lines = text.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return "".join((*lines[: start - 1], new, *lines[end:]))


@pytest.mark.parametrize("rule", FIXING, ids=[rule.code for rule in FIXING])
def test_every_format_carries_what_fix_does(rule: Rule) -> None:
    view = view_of(rule)
    told = json.loads(written(view, "json"))["findings"]
    review = json.loads(written(view, "rdjson"))["diagnostics"]
    scan = json.loads(written(view, "sarif"))["runs"][0]["results"]
    for finding, record, diagnostic, result in zip(view.findings, told, review, scan, strict=True):
        if finding.hit.fix is None or not record["fix"]["edits"]:
            assert diagnostic["suggestions"] == []
            assert "fixes" not in result
            continue
        before, after = wanted(view, finding)
        (edit,) = record["fix"]["edits"]
        assert applied(before, edit["start_line"], edit["end_line"], edit["text"]) == after
        (change,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        region = change["deletedRegion"]
        inserted = change["insertedContent"]["text"]
        assert applied(before, region["startLine"], region["endLine"] - 1, inserted) == after
        for one in diagnostic["suggestions"]:
            lines = one["range"]["start"]["line"], one["range"]["end"]["line"] - 1
            assert applied(before, *lines, one["text"]) == after


def wanted(view: View, finding: Finding) -> tuple[str, str]:
    fix = finding.hit.fix
    assert fix is not None
    before = view.contents(fix.path)
    assert before is not None
    return before.decode(), (fix.change(before) or b"").decode()


def test_a_suggestion_block_can_be_taken_over_with_a_click() -> None:
    taken = 0
    for view in map(view_of, FIXING):
        review = json.loads(written(view, "suggestions"))
        assert review["event"] == "COMMENT"
        fixed = [finding for finding in view.findings if view.edit(finding)]
        for finding, comment in zip(fixed, review["comments"], strict=True):
            before, after = wanted(view, finding)
            block = re.search(r"^(`{3,})suggestion\n(.*?)\1$", comment["body"], re.DOTALL | re.MULTILINE)
            assert block is not None
            first = comment.get("start_line", comment["line"])
            assert applied(before, first, comment["line"], block[2]) == after
            taken += 1
    assert taken > 10


@pytest.mark.parametrize(
    ("before", "old", "new", "edit"),
    [
        ("a\nb\nc\n", "b", "x", Edit("f", 2, 2, "x\n")),
        ("a\r\nb\r\n", "b", "x", Edit("f", 2, 2, "x\r\n")),
        ("a\nb\n", "b\n", "", Edit("f", 2, 2, "")),
        ("a\nb", "a\n", "a\nx\n", Edit("f", 2, 1, "x\n")),
        ("a\n", "z", "x", None),
    ],
)
def test_the_smallest_edit(before: str, old: str, new: str, edit: Edit | None) -> None:
    assert edit_of(Fix("f", "label", replacing(old, new)), before.encode()) == edit
