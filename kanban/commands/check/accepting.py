"""Writes the baseline: what is accepted is asked for by name, and nothing new slips in beside it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.check.request import named_baseline
from kanban.commands.output.printing import put
from kanban.errors import KanbanError, Refused
from kanban.i18n import _, ngettext
from kanban.lint.waivers.baseline import Baseline, written_baseline
from kanban.model.typed.dates import read_due_when

if TYPE_CHECKING:
    from datetime import date

    from kanban.commands.check.inputs.source import Source
    from kanban.commands.check.wanted import Wanted
    from kanban.lint.engine import Report
    from kanban.lint.finding import Finding

_NAMED = 8
"""Findings that are named; of more, their number is said."""


def accept(source: Source, report: Report, wanted: Wanted) -> None:
    """Write the baseline that was asked for, and say how much of each rule it accepts.

    Pruning leaves what is still found. Writing a file that stands already adds nothing to it unless the user says
    `--accept-new`: raises `Refused` then, with nothing written.
    """
    path = wanted.write_baseline or wanted.prune_baseline or ""
    first = wanted.write_baseline is not None and not Path(path).exists()
    known = Baseline(path, ()) if first else _known(path, wanted)
    found = [one for one in report.findings if one.code != "KB006"]
    new = known.split(found, source.today)[0]
    if wanted.prune_baseline:
        new = []
    elif new and not (first or wanted.accept_new):
        raise _refused(new, path)
    checked = {rule.code for rule in report.checked}
    unasked = [entry for entry in known.entries if entry.code not in checked and not entry.expired(source.today)]
    still = known.still(found, source.today)
    put(written_baseline(new, (*still, *unasked), _until(source, wanted)), path)
    counts = Counter(one.code for one in new)
    for entry in (*still, *unasked):
        counts[entry.code] += entry.count
    text = ngettext("{count} finding accepted in {path}", "{count} findings accepted in {path}", counts.total())
    click.echo(text.format(count=counts.total(), path=path), err=True)
    for code, count in sorted(counts.items()):
        click.echo(f"  {code}  {count}", err=True)


def _known(path: str, wanted: Wanted) -> Baseline:
    """What stands in the file; a file that cannot be read is made anew only by who accepts everything."""
    try:
        return named_baseline(path)
    except KanbanError:
        if wanted.write_baseline and wanted.accept_new:
            return Baseline(path, ())
        raise


def _refused(new: list[Finding], path: str) -> Refused:
    said = ngettext(
        "{count} finding is new, and {path} stands: nothing is accepted in passing",
        "{count} findings are new, and {path} stands: nothing is accepted in passing",
        len(new),
    )
    named = [f"{one.path}:{one.hit.line}  {one.code}  {one.hit.message}" for one in new[:_NAMED]]
    rest = len(new) - _NAMED
    more = [ngettext("and {count} more", "and {count} more", rest).format(count=rest)] if rest > 0 else []
    cure = _("settle them; or accept them by name: add `--accept-new`")
    return Refused(said.format(count=len(new), path=path), [*named, *more], cure=cure)


def _until(source: Source, wanted: Wanted) -> date | None:
    if not wanted.accepted_until:
        return None
    read = read_due_when(wanted.accepted_until, today=source.today, language=source.board.config.language)
    if read.value is None:
        raise KanbanError(f"--until: {read.message}", cure=read.cure or _("as in `--until 2026-12-31`"))
    if read.value.day < source.today:
        raise KanbanError(_("--until: that day has passed"), cure=_("as in `--until 2026-12-31`"))
    return read.value.day
