"""Tells what was found: on standard output or into a file, in the format that was asked for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.check.context import why_skipped
from kanban.commands.check.request import named_baseline
from kanban.commands.check.source import Source
from kanban.commands.output.page_output import paint, put
from kanban.i18n import _, ngettext
from kanban.lint.report import written
from kanban.lint.report.statistics import statistics
from kanban.lint.report.view import View
from kanban.lint.waivers.baseline import written_baseline
from kanban.paper.text import plain

if TYPE_CHECKING:
    from kanban.commands.check.wanted import Wanted
    from kanban.lint.engine import Report
    from kanban.lint.finding import Finding
    from kanban.lint.report.view import View
    from kanban.lint.waivers.baseline import Entry

_FOR_PEOPLE = ("full", "concise", "grouped")


def write_report(source: Source, report: Report, wanted: Wanted) -> None:
    """Write the report, or the new baseline; notes go to standard error."""
    for note in (*source.notes, why_skipped(source, report)):
        if note:
            click.echo(_("note:") + " " + note, err=True)
    if wanted.write_baseline or wanted.prune_baseline:
        _write_baseline(report, wanted)
        return
    _answer(_view(source, report, wanted), wanted)


def _write_baseline(report: Report, wanted: Wanted) -> None:
    """Accept what was found, or go on accepting what is still found, and say how much of each rule."""
    path = wanted.write_baseline or wanted.prune_baseline or ""
    found: Sequence[Finding] = report.findings
    unasked: Sequence[Entry] = ()
    if wanted.prune_baseline:
        known = named_baseline(path)
        new = {id(one) for one in known.split(found)[0]}
        found = [one for one in found if id(one) not in new]
        checked = {rule.code for rule in report.checked}
        unasked = [entry for entry in known.entries if entry.code not in checked]
    put(written_baseline(found, unasked), path)
    text = ngettext("{count} finding accepted in {path}", "{count} findings accepted in {path}", len(found))
    click.echo(text.format(count=len(found), path=path), err=True)
    for code, count in sorted(Counter(one.code for one in found).items()):
        click.echo(f"  {code}  {count}", err=True)


def _view(source: Source, report: Report, wanted: Wanted) -> View:
    told = {finding.path for finding in report.findings}
    texts = {card.path: card.text for card in source.board.cards if card.path in told}
    for path, file in source.board.files.items():
        if file.data is not None:
            texts[path] = file.data.decode("utf-8", "replace").removeprefix("\ufeff")
    coloured = wanted.output_format in _FOR_PEOPLE and not wanted.output_file
    return View(
        report,
        source.today,
        source.prefix,
        texts,
        paint if coloured else plain,
        wanted.fail_on,
        contents=source.content,
    )


def _answer(view: View, wanted: Wanted) -> None:
    text = statistics(view) if wanted.statistics else written(view, wanted.output_format)
    put(text, wanted.output_file)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and wanted.output_format == "github":
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(written(view, "markdown"))
