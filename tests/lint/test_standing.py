"""A limit that was exceeded before the change is told, and fails the change only when something was added."""

from __future__ import annotations

import pytest

from kanban.lint.engine import Request, lint
from kanban.lint.finding import Finding
from kanban.lint.selection import Selection
from tests.lint.miniboard import context_of

BOARD = """\
== board.yml
columns: [{{key: prospects}}, {{key: rdv}}, {{key: offre, wip: {limit}}}, {{key: gagne, kind: won}}]
classes: [{{key: standard}}, {{key: expedite, wip: {expedites}}}]
policies: {{meetings_per_day: {meetings}}}
"""
MEETING = "account: ACME\nnext_action: demo\nnext_action_date: 2026-10-12T10:00"


def board_with(limit: int = 1, expedites: int = 9, meetings: int = 9) -> str:
    return BOARD.format(limit=limit, expedites=expedites, meetings=meetings)


def cards(before: str, after: str, fields: str = "account: ACME") -> str:
    """Both boards as text: the words are paths without `.md`."""
    return "".join(
        f"== {mark}{path}.md\n---\n{fields}\n---\n"
        for mark, paths in (("before: ", before), ("", after))
        for path in paths.split()
    )


def found(text: str, rule: str = "KB304", *, changed: bool = True) -> list[Finding]:
    request = Request(Selection(select=(rule,)), changed=frozenset() if changed else None)
    return list(lint(context_of(text), request).findings)


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ("offre/a offre/b offre/c", "offre/a offre/b gagne/c", "warning"),
        ("offre/a offre/b", "offre/a offre/b prospects/c", "warning"),
        ("offre/a", "offre/a offre/b", "error"),
        ("offre/a offre/b prospects/c", "offre/a offre/b offre/c", "error"),
        ("offre/a offre/b prospects/c", "gagne/a offre/b offre/c", "error"),
    ],
    ids=["taken out", "left alone", "newly exceeded", "exceeded further", "one for another"],
)
def test_a_column(before: str, after: str, severity: str) -> None:
    text = board_with() + cards(before, after)
    (one,) = found(text)
    assert one.severity == severity
    assert ("so it was before" in one.hit.message) is (severity == "warning")
    assert [one.severity for one in found(text, changed=False)] == ["error"], "without --changed-only all of it counts"


def test_a_limit_that_is_lowered_under_what_is_there_is_a_change() -> None:
    text = board_with(limit=1) + cards("offre/a offre/b offre/c", "offre/a offre/b offre/c")
    lowered = text.replace("== board.yml", "== before: board.yml") + board_with(limit=1)
    raised = lowered.replace("wip: 1", "wip: 2", 1)
    assert [one.severity for one in found(lowered)] == ["warning"]
    assert [one.severity for one in found(raised)] == ["error"]


@pytest.mark.parametrize("told", [", formerly: [offre]", ""])
def test_a_column_that_is_called_otherwise(told: str) -> None:
    """Key and folder renamed together, the old name told or not: the excess is the one from before."""
    before = board_with().replace("== board.yml", "== before: board.yml")
    now = board_with().replace("key: offre", f"key: devis{told}")
    text = before + now + cards("offre/a offre/b offre/c", "devis/a devis/b devis/c")
    assert [one.severity for one in found(text)] == ["warning"]
    assert [one.severity for one in found(text + "== devis/d.md\n---\naccount: D\n---\n")] == ["error"]


def test_a_class_a_day_and_a_card_that_was_renamed() -> None:
    three, two = "rdv/a rdv/b rdv/c", "rdv/a rdv/b"
    for rule, text, fields in (
        ("KB305", board_with(expedites=1), "class: expedite"),
        ("KB507", board_with(meetings=1), MEETING),
    ):
        assert [one.severity for one in found(text + cards(three, two, fields), rule)] == ["warning"]
        assert [one.severity for one in found(text + cards(two, three, fields), rule)] == ["error"]
    renamed = board_with() + cards("offre/a offre/b offre/c", "offre/a offre/b2", "account: ACME\nformerly: [b]")
    renamed = renamed.replace("== offre/a.md\n---\naccount: ACME\nformerly: [b]", "== offre/a.md\n---\naccount: ACME")
    assert [one.severity for one in found(renamed)] == ["warning"]


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ("prospects/a", "rdv/a", "warning"),
        ("prospects/a", "offre/a", "error"),
        ("offre/a", "offre/a", "warning"),
    ],
    ids=["moved on with it", "moved to where more is asked", "left alone"],
)
def test_what_a_card_had_before(before: str, after: str, severity: str) -> None:
    """A missing date goes on missing wherever the card goes; what a column asks for is new in that column."""
    rules = BOARD.format(limit=9, expedites=9, meetings=9).replace("{key: offre,", "{key: offre, dor: [priced],")
    rule = "KB511" if "offre/a" in after else "KB501"
    request = Request(Selection(select=(rule,)), changed=frozenset({f"{after}.md"}))
    (one,) = lint(context_of(rules + cards(before, after)), request).findings
    assert one.severity == severity
