"""A report ready to be written: paths as the reader has them, the lines the findings point to, the sums."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date

from kanban import __version__
from kanban.lint.edits import Edit, edit_of
from kanban.lint.engine import Report
from kanban.lint.finding import Finding
from kanban.paper.plain import one_line
from kanban.paper.text import Paint, plain
from kanban.values import dataclass

URL = "https://git-kanban.readthedocs.io"


def _nothing_read(_path: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class View:
    """What the writers of formats are given.

    `prefix` is the board's folder inside the repository ("" or with a final slash): every path that is written is
    posix and relative to the repository's top. `sources` maps a board path to the text that findings point into.
    `paint` colours a text for a terminal: styles are `error`, `warning`, `info`, `path`, `code`, `dim`, `cure`.
    `contents` gives a file's bytes, which fixes change; None for one that was not read.
    """

    report: Report
    today: date
    prefix: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    paint: Paint = plain
    fail_on: str = "error"
    version: str = __version__
    contents: Callable[[str], bytes | None] = _nothing_read

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings by place."""
        return self.report.findings

    def path(self, finding: Finding) -> str:
        """The finding's file, relative to the repository's top."""
        return self.place(finding.path)

    def place(self, path: str) -> str:
        """A board path, relative to the repository's top."""
        return posixpath.normpath(self.prefix + path)

    def edit(self, finding: Finding) -> Edit | None:
        """What cures the finding, as an edit; None when nothing does that can be said so."""
        fix = finding.hit.fix
        return edit_of(fix, self.contents(fix.path)) if fix is not None else None

    def source_line(self, finding: Finding) -> str | None:
        """The line a finding points to; None when there is none."""
        return self.line(finding.path, finding.hit.line)

    def line(self, path: str, number: int) -> str | None:
        """One line of a board's file; None when there is none."""
        text = self.sources.get(path)
        lines = _lines(text) if text else []
        return lines[number - 1] if number <= len(lines) else None


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def sentence(finding: Finding) -> str:
    """Message and cure on one line."""
    cure = one_line(finding.hit.cure)
    return one_line(finding.hit.message) + (f" → {cure}" if cure else "")
