"""The numbers for a terminal: five figures first, then the targets, then the tables they come from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kanban.commands.output.blocks import FittingTable, Prose, lit, plain_table, section, word
from kanban.commands.output.number_tables import sections
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.base.window import Window
from kanban.metrics.comparison import Comparison, Difference
from kanban.metrics.report import Report
from kanban.metrics.targets import CONVERSION, CYCLE_TIME, NEGOTIATION, NEXT_ACTION, PIPELINE, THROUGHPUT, TargetRow
from kanban.metrics.wording import action_of, name_of, weeks_text
from kanban.model.typed.values import Money


def sheet(report: Report, width: int) -> Iterator[RenderableType]:
    """The report from top to bottom, for a terminal of `width` cells."""
    yield _heading(report)
    yield _figures(report)
    yield section(_("Targets"), _targets(report), _("what flows: the weeks of the target against as many before"))
    yield from sections(report, width)


def _heading(report: Report) -> Text:
    ledger = report.ledger
    heading = Text(word(ledger.config.title or _("Board")), style="bold")
    heading.append("  " + format_date(report.as_of, "full"), style="dim")
    if report.window.since is not None:
        span = _("flow from {since} to {until}").format(
            since=format_date(report.window.since, "medium"), until=format_date(report.window.until, "medium")
        )
        heading.append("  " + span, style="dim")
    if report.count.calendar is not None:
        heading.append("  " + _("working days"), style="dim")
    imported = sum(journey.imported for journey in ledger.journeys.values())
    if imported:
        text = ngettext(
            "{count} imported card counts from its next event",
            "{count} imported cards count from their next event",
            imported,
        )
        heading.append("  " + text.format(count=imported), style="dim")
    commit = (ledger.history.head or "")[:8]
    heading.append("  " + (commit or _("no commit yet")), style="dim")
    return heading


def _figures(report: Report) -> Table:
    """Five figures: value, name, light and target; those that flow over the weeks their target gives itself."""
    rows = {row.metric: row for row in report.targets if not row.column}
    throughput, cycle, pipeline, action = (rows[key] for key in (THROUGHPUT, CYCLE_TIME, PIPELINE, NEXT_ACTION))
    cells = (
        _figure(value(throughput), name_of(THROUGHPUT), throughput, _span(throughput)),
        _figure(value(cycle), name_of(CYCLE_TIME), cycle, _span(cycle)),
        _figure(format_number(report.wip.total), name_of("wip")),
        _figure(value(pipeline), name_of(PIPELINE), pipeline),
        _figure(value(action), name_of(NEXT_ACTION), action),
    )
    grid = FittingTable(box=None, pad_edge=False, show_header=False, padding=(1, 3, 0, 0))
    for _cell in cells:
        grid.add_column()
    grid.add_row(*cells)
    return grid


def _span(row: TargetRow) -> str:
    if row.since is not None:
        return _("since {day}").format(day=format_date(row.since, "medium"))
    return weeks_text(row.weeks)


def _figure(shown: str, name: str, row: TargetRow | None = None, span: str = "") -> Text:
    lines = [Text(shown, style="bold"), Text(name)]
    if row is not None and row.target is not None:
        if row.light != "none":
            lines.append(lit(row.light))
        lines.append(Text(_("target {value}").format(value=_goal(row)), style="dim"))
    if span:
        lines.append(Text(span, style="dim"))
    return Text("\n").join(lines)


def _per_week(number: float | None) -> str:
    return NO_NUMBER if number is None else _("{number}/week").format(number=format_number(number, digits=2))


def _days(number: float | None) -> str:
    return NO_NUMBER if number is None else format_days(number)


def value(row: TargetRow, number: float | None = None) -> str:
    """A number of the row's unit as text; the row's value unless another is given."""
    found = row.value if number is None else number
    return NO_NUMBER if found is None else _amount(found, row.unit)


def _amount(number: float, unit: str) -> str:
    """A number of a unit: `per-week`, `days`, `share`, `cards` or a currency."""
    if unit == "per-week":
        return _per_week(number)
    if unit == "days":
        return _days(number)
    if unit == "share":
        return format_percent(number)
    return format_number(number) if unit == "cards" else format_money(Money(Decimal(str(number)), unit))


def _goal(row: TargetRow) -> str:
    if row.target is None:
        return NO_NUMBER
    goal = value(row, row.target)
    return goal if row.target_high is None else f"{goal} – {value(row, row.target_high)}"


def _targets(report: Report) -> Group:
    table = plain_table(
        (_("Metric"), "left"), (_("Now"), "right"), (_("Start"), "right"), (_("Target"), "right"), ("n", "right"),
        (_("Light"), "left"),
    )  # fmt: skip
    advice = []
    for row in report.targets:
        name = _row_name(row, report)
        start = NO_NUMBER if row.baseline is None else value(row, row.baseline)
        table.add_row(name, value(row), start, _goal(row), format_number(row.n), lit(row.light))
        if row.light == "red":
            advice.append(Prose("→ " + name + _(": ") + word(action_of(row))))
    return Group(table, *advice)


def _row_name(row: TargetRow, report: Report) -> str:
    column = report.ledger.config.column(row.column)
    if column is None:
        return name_of(row.metric)
    if row.metric in (CONVERSION, NEGOTIATION):
        return _("{metric}, {column}").format(metric=name_of(row.metric), column=word(column.title))
    return name_of(row.metric)


def comparison_sheet(report: Report, comparison: Comparison) -> Iterator[RenderableType]:
    """Two periods side by side."""
    yield _heading(report)
    table = plain_table(
        (_("Metric"), "left"), (_period(comparison.now), "right"), ("n", "right"), (_period(comparison.then), "right"),
        ("n", "right"), (_("Change"), "right"), ("", "left"),
    )  # fmt: skip
    words = {"better": _("better"), "worse": _("worse"), "same": _("same")}
    styles = {"better": "green", "worse": "red"}
    for one in comparison.rows:
        column = report.ledger.config.column(one.column)
        name = name_of(one.metric)
        if column is not None:
            name = _("{metric}, {column}").format(metric=name, column=word(column.title))
        verdict = Text(words.get(one.verdict, ""), style=styles.get(one.verdict, ""))
        shown = [NO_NUMBER if number is None else _amount(number, one.unit) for number in (one.now, one.then)]
        table.add_row(name, shown[0], str(one.n_now), shown[1], str(one.n_then), _change(one), verdict)
    yield section(_("Comparison"), table, _("conversion by the day on which a card went on or left"))


def _period(window: Window) -> str:
    since = format_date(window.since, "medium") if window.since else ""
    return f"{since}\n– {format_date(window.until, 'medium')}"


def _change(one: Difference) -> str:
    if one.change is None:
        return NO_NUMBER
    sign = "+" if one.change > 0 else "−" if one.change < 0 else ""
    if one.unit == "share":
        return sign + _("{number} points").format(number=format_number(abs(one.change) * 100))
    return sign + _amount(abs(one.change), one.unit)
