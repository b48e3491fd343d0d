"""The numbers for a terminal: five figures first, then the targets, then the tables they come from."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kanban.commands.output.blocks import FittingTable, Prose, lit, plain_table, section, suspicious, word
from kanban.commands.output.number_tables import sections
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_number
from kanban.metrics.base.figure import CARDS, Figure, plain_figure
from kanban.metrics.base.window import Window
from kanban.metrics.baselines import CONVERSION, CYCLE_TIME, NEGOTIATION, NEXT_ACTION, PIPELINE, THROUGHPUT
from kanban.metrics.comparison import Comparison
from kanban.metrics.figure_wording import (
    amount_text,
    change_text,
    doubt_text,
    figure_text,
    interval_text,
    value_text,
    verdict_name,
    window_text,
)
from kanban.metrics.report import Figures
from kanban.metrics.targets import TargetRow
from kanban.metrics.wording import action_of, name_of


def sheet(report: Figures, width: int) -> Iterator[RenderableType]:
    """The report from top to bottom, for a terminal of `width` cells."""
    yield _heading(report)
    yield from suspicious(report.suspicions)
    yield _figures(report)
    yield section(_("Targets"), _targets(report), _("what flows: the weeks of the target against as many before"))
    yield from sections(report, width)


def _heading(report: Figures) -> Text:
    heading = Text(word(report.tally.config.title or _("Board")), style="bold")
    heading.append("  " + format_date(report.as_of, "full"), style="dim")
    if report.window.since is not None:
        span = _("flow from {since} to {until}").format(
            since=format_date(report.window.since, "medium"), until=format_date(report.window.until, "medium")
        )
        heading.append("  " + span, style="dim")
    if report.count.calendar is not None:
        heading.append("  " + _("working days"), style="dim")
    imported = sum(deal.imported for deal in report.deals)
    if imported:
        text = ngettext(
            "{count} imported card counts from its next event",
            "{count} imported cards count from their next event",
            imported,
        )
        heading.append("  " + text.format(count=imported), style="dim")
    commit = (report.tally.head or "")[:8]
    heading.append("  " + (commit or _("no commit yet")), style="dim")
    return heading


def _figures(report: Figures) -> Table:
    """Five figures: value, name, light and target; those that flow over the weeks their target gives itself."""
    rows = {row.metric: row for row in report.targets if not row.column}
    wip = plain_figure(report.wip.total, CARDS, report.wip.total)
    grid = FittingTable(box=None, pad_edge=False, show_header=False, padding=(1, 3, 0, 0))
    cells = [_figure(rows[THROUGHPUT], name_of(THROUGHPUT)), _figure(rows[CYCLE_TIME], name_of(CYCLE_TIME))]
    cells.append(_figure(wip, name_of("wip")))
    cells += [_figure(rows[key], name_of(key)) for key in (PIPELINE, NEXT_ACTION)]
    for _cell in cells:
        grid.add_column()
    grid.add_row(*cells)
    return grid


def _figure(one: Figure, name: str) -> Text:
    lines = [Text(value_text(one), style="bold"), Text(name)]
    if isinstance(one, TargetRow) and one.target is not None:
        if one.light != "none":
            lines.append(lit(one.light))
        lines.append(Text(_("target {value}").format(value=_goal(one)), style="dim"))
    said = [interval_text(one), window_text(one)]
    if isinstance(one, TargetRow):
        said.append(doubt_text(one, chance=one.chance))
    lines += [Text(text, style="dim") for text in said if text]
    return Text("\n").join(lines)


def _goal(row: TargetRow) -> str:
    if row.target is None:
        return NO_NUMBER
    goal = amount_text(row.target, row.unit)
    return goal if row.target_high is None else f"{goal} – {amount_text(row.target_high, row.unit)}"


def _targets(report: Figures) -> Group:
    table = plain_table(
        (_("Metric"), "left"), (_("Now"), "right"), ("95 %", "right"), (_("Start"), "right"), (_("Target"), "right"),
        ("n", "right"), (_("Light"), "left"),
    )  # fmt: skip
    advice = []
    for row in report.targets:
        name, shown = _row_name(row, report), lit(row.light)
        doubt = doubt_text(row, chance=row.chance)
        if doubt:
            shown.append((" · " if shown.plain else "") + doubt, style="dim")
        start = amount_text(row.baseline, row.unit)
        table.add_row(name, value_text(row), interval_text(row), start, _goal(row), format_number(row.n), shown)
        if row.light == "red":
            advice.append(Prose("→ " + name + _(": ") + word(action_of(row))))
    return Group(table, *advice)


def _row_name(row: TargetRow, report: Figures) -> str:
    column = report.tally.config.column(row.column)
    if column is None:
        return name_of(row.metric)
    if row.metric in (CONVERSION, NEGOTIATION):
        return _("{metric}, {column}").format(metric=name_of(row.metric), column=word(column.title))
    return name_of(row.metric)


def comparison_sheet(report: Figures, comparison: Comparison) -> Iterator[RenderableType]:
    """Two periods side by side."""
    yield _heading(report)
    yield from suspicious(report.tally.suspicions)
    table = plain_table(
        (_("Metric"), "left"), (_period(comparison.now), "right"), ("n", "right"), (_period(comparison.then), "right"),
        ("n", "right"), (_("Change"), "right"), ("", "left"),
    )  # fmt: skip
    styles = {"better": "green", "worse": "red"}
    for one in comparison.rows:
        column = report.tally.config.column(one.column)
        name = name_of(one.metric)
        if column is not None:
            name = _("{metric}, {column}").format(metric=name, column=word(column.title))
        judged = Text(verdict_name(one.told), style=styles.get(one.told, "dim"))
        now, then, change = figure_text(one.now), figure_text(one.then), change_text(one.change, one.unit)
        table.add_row(name, now, str(one.now.n), then, str(one.then.n), change, judged)
    yield section(_("Comparison"), table, _("conversion by the day on which a card went on or left"))


def _period(window: Window) -> str:
    since = format_date(window.since, "medium") if window.since else ""
    return f"{since}\n– {format_date(window.until, 'medium')}"
