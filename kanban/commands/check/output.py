"""Tells what was found: on standard output or into a file, in the format that was asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.check.context import why_skipped
from kanban.commands.check.inputs.source import Source
from kanban.commands.output.printing import paint, put
from kanban.i18n import _
from kanban.lint.report import written
from kanban.lint.report.statistics import statistics
from kanban.lint.report.view import View
from kanban.paper.text import plain

if TYPE_CHECKING:
    from kanban.commands.check.wanted import Wanted
    from kanban.lint.engine import Report
    from kanban.lint.report.view import View

FOR_PEOPLE = ("full", "concise", "grouped")


def write_report(source: Source, report: Report, wanted: Wanted) -> None:
    """Write the report, or the new baseline; notes go to standard error."""
    for note in (*source.notes, why_skipped(source, report)):
        if note:
            click.echo(_("note:") + " " + note, err=True)
    if wanted.write_baseline or wanted.prune_baseline:
        from kanban.commands.check.accepting import accept

        accept(source, report, wanted)
        return
    _answer(_view(source, report, wanted), wanted)


def _view(source: Source, report: Report, wanted: Wanted) -> View:
    told = {finding.path for finding in report.findings}
    texts = {card.path: card.text for card in source.board.cards if card.path in told}
    for path, file in source.board.files.items():
        if file.data is not None:
            texts[path] = file.data.decode("utf-8", "replace").removeprefix("\ufeff")
    coloured = wanted.output_format in FOR_PEOPLE and not wanted.output_file
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
    if wanted.pre_push and not view.findings and wanted.output_format in FOR_PEOPLE and not wanted.output_file:
        return  # a hook that has nothing to say is silent, as git's own are: `kanban sync` tells what it hears
    text = statistics(view) if wanted.statistics else written(view, wanted.output_format)
    put(text, wanted.output_file)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and wanted.output_format == "github":
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(written(view, "markdown"))
