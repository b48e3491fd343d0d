"""Reports made of literal boards."""

from __future__ import annotations

from collections.abc import Mapping

from kanban.lint.engine import Request, lint
from kanban.lint.rule import LintContext
from kanban.lint.selection import Selection
from kanban.review.from_boards import Change, make_report
from kanban.review.report import Report, Side
from tests.boards import FIVE_COLUMNS, TODAY, board_of

Cards = Mapping[str, str | bytes]
RULES = Request(Selection(select=("missing-next-action", "wip-exceeded")))
"""Two rules are enough to have findings; what else the linter learns is no business of these tests."""


def report_of(
    before: Cards,
    after: Cards,
    merged: Cards | None = None,
    *,
    rules: str = FIVE_COLUMNS,
    old_rules: str = FIVE_COLUMNS,
    reveal: bool = False,
) -> Report:
    base, head = board_of(before, old_rules), board_of(after, rules)
    return make_report(
        Change(
            base,
            head,
            Side("main", "a" * 40),
            Side("branch", "b" * 40),
            TODAY,
            merged=None if merged is None else board_of(merged, rules),
            findings=(lint(LintContext(base, TODAY), RULES).findings, lint(LintContext(head, TODAY), RULES).findings),
            reveal=reveal,
        )
    )


ATTACKS = (
    "::error::owned",
    "::set-output name=x::y",
    "::stop-commands::t",
    "@acme-sales look",
    "fixes #12, acme/web#7, GH-9, !4 and ~bug",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a | b | c",
    "`code` **bold** _it_ [x](https://evil.example) ![i](https://evil.example/i.png)",
    "https://evil.example www.evil.example mail@evil.example",
    "<!-- kanban-diff -->",
    "</details></summary>",
    "\u202egnp.exe",
    ":smile: $x$ {+y+}",
)
