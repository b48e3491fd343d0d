"""Every format: what its readers demand, relative paths, and card text that stays text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import jsonschema
import pytest

from kanban.commands.setup.schema import schema_of
from kanban.lint.engine import lint
from kanban.lint.report import FORMATS, written
from kanban.lint.report.statistics import statistics
from kanban.lint.report.view import View
from tests.lint.miniboard import context_of

HOSTILE = """\
== board.yml
columns: [{key: prospects}, {key: offre, wip: 1}, {key: perdu, kind: lost}]
== offre/a b, c%: d.md
---
account: "::error::owned | <script>alert(1)</script> @team #12 %0A \\u202e"
next_action: "[x](javascript:alert(1)) `code` *bold*"
---
== offre/second.md
---
account: Second
next_action: TBD
next_action_date: 2026-02-30
---
== perdu/third.md
---
account: "Third\\n::warning::injected"
---
"""
CLEAN = """\
== board.yml
columns: [{key: prospects}]
== prospects/README.md
# prospects
"""


def view_of(text: str = HOSTILE) -> View:
    context = context_of(text)
    texts = {card.path: card.text for card in context.board.cards}
    contents = {path: text.encode() for path, text in texts.items()}
    return View(lint(context), context.today, prefix="sales/", sources=texts, contents=contents.get)


@pytest.fixture(scope="module")
def view() -> View:
    return view_of()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_text_with_relative_paths(view: View, name: str) -> None:
    text = written(view, name)
    assert text == written(view_of(), name)
    assert text.endswith("\n")
    assert "sales/offre/" in text
    said = text if name != "suggestions" else "".join(one["path"] for one in json.loads(text)["comments"])
    assert "\\\\" not in said.replace("\\\\u", "")
    assert "\x1b" not in text
    assert "\u202e" not in text or name in ("json", "jsonl", "sarif", "gitlab", "rdjson")
    assert not re.search(r"(?<![\w.])/(?:tmp|home|work|Users)/", text)


FOUND = {
    "full": r"^\S.*?: (?:error|warning|info) (KB\d+): ",
    "concise": r"^\S.*?: (?:error|warning|info) (KB\d+): ",
    "grouped": r"^  \d+:\d+ +(?:error|warning|info) +(KB\d+) ",
    "json": r'"code": "(KB\d+)",\s+"name": "[a-z-]+",\s+"severity"',
    "jsonl": r'"code": "(KB\d+)",\s+"name": "[a-z-]+",\s+"severity"',
    "sarif": r'"ruleId": "(KB\d+)"',
    "gitlab": r'"description": "(KB\d+): ',
    "rdjson": r'"value": "(KB\d+) ',
    "junit": r' name="(KB\d+) ',
    "github": r"(?:title=|%2C )(KB\d+) [a-z-]+(?=%2C|::)",
    "markdown": r"^\| .*? \| .*? \| (KB\d+) ",
}
"""Where each format names the rule of a finding; `suggestions` are the fixes alone."""


@pytest.mark.parametrize("name", FOUND)
def test_every_format_carries_the_same_findings(view: View, name: str) -> None:
    told = re.findall(FOUND[name], written(view, name), re.MULTILINE)
    assert sorted(told) == sorted(one.code for one in view.findings)
    assert set(FOUND) == set(FORMATS) - {"suggestions"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_clean_board_is_written_too(name: str) -> None:
    written(view_of(CLEAN), name)


def test_json_is_what_its_schema_says(view: View) -> None:
    schema = schema_of("lint")
    document = json.loads(written(view, "json"))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert [json.loads(line) for line in written(view, "jsonl").splitlines()] == document["findings"]
    fingerprints = [one["fingerprint"] for one in document["findings"]]
    assert len(fingerprints) == len(set(fingerprints))


def test_sarif_is_what_the_published_schema_says(view: View) -> None:
    model = pytest.importorskip("pydantic_sarif.model")
    sarif = json.loads(written(view, "sarif"))
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(sarif)
    run = sarif["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert "sales/offre/a%20b%2C%20c%25%3A%20d.md" in uris


def test_gitlab_has_the_members_its_report_demands(view: View) -> None:
    issues = json.loads(written(view, "gitlab"))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 0


def test_rdjson_has_the_members_that_reviewdog_demands(view: View) -> None:
    document = json.loads(written(view, "rdjson"))
    assert document["source"]["name"] == "kanban"
    for diagnostic in document["diagnostics"]:
        assert diagnostic["message"]
        assert diagnostic["severity"] in ("UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO")
        assert diagnostic["location"]["path"].startswith("sales/")
        start = diagnostic["location"]["range"]["start"]
        assert start["line"] >= 1
        assert start["column"] >= 1
        assert diagnostic["code"]["value"]


def test_columns_are_counted_as_each_format_wants() -> None:
    """In characters, but in bytes for reviewdog."""
    view = view_of(
        "== board.yml\ncolumns: [{key: prospects}]\n== prospects/a.md\n---\naccount: A\n---\n\nÉté : délégué CGT\n"
    )
    (at,) = [one for one in view.findings if one.code == "KB605"]
    (told,) = [one for one in json.loads(written(view, "rdjson"))["diagnostics"] if "KB605" in one["code"]["value"]]
    assert (at.hit.column, told["location"]["range"]["start"]["column"]) == (7, 9)
    assert json.loads(written(view, "sarif"))["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_junit_is_well_formed_and_its_sums_are_right(view: View) -> None:
    suites = ET.fromstring(written(view, "junit"))  # noqa: S314 - our own text
    suite = suites[0]
    cases = suite.findall("testcase")
    assert suites.tag == "testsuites"
    assert suite.tag == "testsuite"
    assert all(case.get("name") and case.get("classname") for case in cases)
    assert int(suite.get("tests", "")) == len(cases) == len(view.findings)
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure")) == view.report.count("error")
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
    assert len({case.get("name") for case in cases}) == len(cases)
    passed = ET.fromstring(written(view_of(CLEAN), "junit"))[0]  # noqa: S314 - our own text
    assert passed.get("tests") == "1"
    assert passed.find("testcase/failure") is None


def test_github_prints_commands_alone_and_escapes_them(view: View) -> None:
    lines = written(view, "github").splitlines()
    assert all(
        re.match(r"::(error|warning|notice) file=[^:,]+,line=\d+,col=\d+,title=[^:,]+(%2C[^:,]+)*::", line)
        for line in lines
    )
    severities = [line[2:].split(" ")[0] for line in lines]
    assert severities == sorted(severities)
    assert "file=sales/offre/a b%2C c%25%3A d.md" in "\n".join(lines)
    assert not any(line.startswith("::error::owned") for line in lines)


def test_github_names_what_it_cannot_show() -> None:
    cards = "\n".join(f"== prospects/card-{at}.md\n---\naccount: A{at}\n---" for at in range(12))
    lines = written(view_of(f"== board.yml\ncolumns: [{{key: prospects}}]\n{cards}\n"), "github").splitlines()
    assert sum(line.startswith("::error file=") for line in lines) == 12
    assert any(line.startswith("::error::2 more") for line in lines)


def test_markdown_escapes_what_would_be_markup_or_a_mention(view: View) -> None:
    text = written(view, "markdown")
    assert "<script>" not in text
    assert "@team" not in text
    assert "#12" not in text
    assert "](javascript" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def test_full_shows_the_line_and_puts_the_caret_under_the_place() -> None:
    text = written(
        view_of("== offer/acme.md\n---\nâccount: 東京\naccount: 東京\nnext_action: '東京 ABC'\namount: x\n---\n"),
        "full",
    )
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if "KB202" in line)
    shown, caret = lines[at + 1], lines[at + 2]
    assert shown.endswith("amount: x")
    assert caret.index("^") == shown.index("x")


def test_the_caret_counts_wide_characters_twice() -> None:
    text = written(view_of("== prospects/acme.md\n---\n東京: 1\n---\n"), "full").splitlines()
    at = next(number for number, line in enumerate(text) if "KB109" in line)
    assert text[at + 2].index("^") == text[at + 1].index("東")


def test_the_sums_say_everything(view: View) -> None:
    last = written(view, "full").splitlines()[-1]
    report = view.report
    assert last.startswith(f"{report.count('error')} errors, {report.count('warning')} warning")
    assert statistics(view).splitlines()[0].split()[1].startswith("KB")
