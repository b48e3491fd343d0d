"""`--fix`, thought through: changes are planned on the board in memory, again while one uncovers another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kanban.commands.check.inputs.source import Source
from kanban.lint.fixes import VEILING, changes_of
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.lint.engine import Report

ROUNDS = 5
"""One fix may uncover another; what is left after so many rounds is told."""


@dataclass(frozen=True)
class Fixing:
    """The board as it would be, what would still be found then, how many findings are cured, and what was refused."""

    source: Source
    report: Report
    cured: int
    refused: tuple[str, ...]


def plan_fixes(source: Source, report: Report, check: Callable[[Source], Report], *, unsafe: bool) -> Fixing:
    """Apply every fix in memory, again and again while one uncovers another."""
    cured = 0
    refused: tuple[str, ...] = ()
    for _round in range(ROUNDS):
        changes = changes_of(report.findings, source.content, unsafe=unsafe)
        refused = changes.failed
        if not changes.files:
            break
        cured += len(changes.cured)
        source = _with(source, changes.files)
        report = check(source)
    return Fixing(source, report, cured, refused)


def with_count(source: Source, report: Report, check: Callable[[Source], Report]) -> Report:
    """The report with how many findings `--fix` cures. Only where one may hide others is the board judged again."""
    safe = {one.code for one in report.findings if one.hit.fix is not None and one.hit.fix.safe}
    if not safe:
        return report
    if VEILING.isdisjoint(safe):
        return replace(report, fixable=len(changes_of(report.findings, source.content, unsafe=False).cured))
    return replace(report, fixable=plan_fixes(source, report, check, unsafe=False).cured)


def _with(source: Source, changed: Mapping[str, bytes | None]) -> Source:
    files = dict(source.files)
    for path, data in changed.items():
        if data is None:
            files.pop(path, None)
        else:
            old = files.get(path)
            files[path] = replace(old, data=data, blob="") if old is not None else BoardFile(path, data)
    return replace(source, files=files, board=read_board(files.values(), anchor=source.today))
