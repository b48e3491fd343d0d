"""The tables under the figures: columns, weeks, ages, money, reasons, people, and Little's law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kanban.commands.output.blocks import LIGHTS, Prose, definitions_of, lit, plain_table, section, word
from kanban.commands.output.console import AMBER
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.periods import week_head
from kanban.metrics.by_owner_source_class import FEWEST_OF_ONE, Cut
from kanban.metrics.flow.little import assumption_text
from kanban.metrics.report import Figures
from kanban.metrics.wording import definition_of, name_of, reason_name, weeks_text
from kanban.model.typed.values import Money
from kanban.pull.cadence import is_stale

WEEKS, CARDS, REASONS = 12, 12, 8


def sections(report: Figures, width: int) -> Iterator[RenderableType]:
    """All tables that have something in them, for a terminal of `width` cells."""
    yield section(_("Columns"), _columns(report), definitions_of("wip", "time_in_column"))
    yield section(name_of("conversion"), _conversion(report), definition_of("conversion"))
    if report.throughput.weeks:
        yield section(_("Weeks"), _weeks(report, width), definition_of("throughput"))
    if report.age:
        definitions = definitions_of("age", "column_days", "idle_days")
        if any(one.escalate for one in report.age):
            definitions += " · " + _("manager: past the column’s escalation limit")
        yield section(_("Oldest open cards"), _ages(report), definitions)
    if report.weighted_pipeline.currencies:
        yield section(name_of("weighted_pipeline"), _pipeline(report), definition_of("weighted_pipeline"))
    yield section(name_of("win_rate"), _won(report), definition_of("win_rate"))
    if report.loss_reasons:
        yield section(name_of("loss_reasons"), _losses(report), definition_of("loss_reasons"))
    if report.blockers:
        yield section(name_of("blocked"), _blockers(report), definition_of("blocked"))
    if any(slip.pushes for slip in report.slips):
        yield section(name_of("slips"), _slips(report), definition_of("slips"))
    for title, cuts in ((_("Sources"), report.cuts.sources), (_("Owners"), report.cuts.owners)):
        if len(cuts) > 1:
            yield section(title, _cuts(cuts), _("rates from {count} decided cards on").format(count=FEWEST_OF_ONE))
    yield section(name_of("little"), _little(report), definition_of("little"))


def _percent(number: float | None) -> str:
    return NO_NUMBER if number is None else format_percent(number, digits=0)


def _days(number: int | None) -> str:
    return NO_NUMBER if number is None else format_days(number)


def _interval(rate: Rate) -> str:
    if rate.rate is None or rate.low is None or rate.high is None:
        return NO_NUMBER
    low, high = (format_number(round(bound * 100), digits=0) for bound in (rate.low, rate.high))
    return f"{_percent(rate.rate)} ({low}–{high})"


def _money(amounts: dict[str, Decimal]) -> str:
    return " + ".join(format_money(Money(amount, currency)) for currency, amount in amounts.items()) or NO_NUMBER


def _columns(report: Figures) -> Table:
    table = plain_table(
        (_("Column"), "left"), (_("Cards"), "right"), (_("Light"), "left"), (_("Over the limit"), "right"),
        (_("Days p50"), "right"), ("p85", "right"), ("n", "right"),
    )  # fmt: skip
    for one in report.time_in_column:
        level, over = report.wip.columns[one.column], report.wip.breaches.get(one.column)
        cards = str(level.count) if level.limit is None else f"{level.count}/{level.limit}"
        table.add_row(
            _title(report, one.column), Text(cards, style=LIGHTS[level.light]), lit(level.light),
            format_days(over.days) if over else "", _days(one.p50), _days(one.p85), str(one.n),
        )  # fmt: skip
    return table


def _conversion(report: Figures) -> Table:
    table = plain_table(
        (_("Column"), "left"), (_("Entered"), "right"), (_("Went on"), "right"), (_("Left"), "right"),
        (_("Open"), "right"), (_("Rate"), "right"), (_("90 days"), "right"),
    )  # fmt: skip
    for one in report.conversion:
        counts = (one.entered, one.advanced, one.exited, one.open)
        table.add_row(
            _title(report, one.column), *(str(count) for count in counts), _percent(one.rate),
            _interval(one.within_90_days),
        )  # fmt: skip
    return table


def _title(report: Figures, key: str) -> str:
    column = report.tally.config.column(key)
    return word(column.title if column else key)


def _weeks(report: Figures, width: int) -> Group:
    weeks = report.throughput.weeks[-max(4, min(WEEKS, (width - 18) // 5)) :]
    table = plain_table(("", "left"), *((week_head(week.monday), "right") for week in weeks), (_("in all"), "right"))
    for name, counts in (
        (_("won"), [week.won for week in weeks]),
        (_("lost"), [week.lost for week in weeks]),
        (_("parked"), [week.parked for week in weeks]),
        (_("deleted"), [week.deleted for week in weeks]),
        (_("arrived"), [week.arrivals for week in weeks]),
    ):
        if any(counts) or name == _("won"):
            table.add_row(name, *(str(count) for count in counts), Text(str(sum(counts)), style="bold"))
    mean, limits = report.throughput.won_per_week, report.throughput_limits
    if mean is None or limits is None:
        return Group(table)
    text = _("mean of the last {count}: {mean} won per week; by chance alone a week has {low} to {high}").format(
        mean=format_number(mean, digits=2),
        count=weeks_text(len(report.throughput.recent)),
        low=format_number(limits.low),
        high=format_number(limits.high),
    )
    return Group(table, Prose(text))


def _ages(report: Figures) -> Group:
    table = plain_table(
        (_("Card"), "name"), (_("Column"), "left"), (name_of("age"), "right"), (name_of("column_days"), "right"),
        (name_of("idle_days"), "right"), (_("Light"), "left"),
    )  # fmt: skip
    config = report.tally.config
    for one in report.age[:CARDS]:
        light = lit(one.light)
        if one.escalate:
            light.append((" · " if light.plain else "") + _("manager"), style="bold")
        column = config.column(one.column)
        stale = column is not None and is_stale(config, column, one.clocks.idle_days)
        idle = Text(_days(one.clocks.idle_days), style="red" if stale else "")
        title = _title(report, one.column)
        table.add_row(word(one.card), title, _days(one.clocks.age_days), _days(one.clocks.column_days), idle, light)
    left = len(report.age) - CARDS
    more = ngettext("… and {count} younger card", "… and {count} younger cards", left).format(count=left)
    return Group(table, Text(more, style="dim")) if left > 0 else Group(table)


def _pipeline(report: Figures) -> Group:
    parts: list[RenderableType] = []
    for currency, one in report.weighted_pipeline.currencies.items():
        months = [(format_date(date.fromisoformat(f"{key}-01"), "month"), amount) for key, amount in one.months.items()]
        ends = [(_("past due"), one.past_due), (_("undated"), one.undated)]
        shown = [*(pair for pair in ends[:1] if pair[1]), *months, *(pair for pair in ends[1:] if pair[1])]
        table = plain_table(*((name, "right") for name, _amount in shown), (_("in all"), "right"))
        row = [Text(format_money(Money(amount, currency)), style=_late(name)) for name, amount in shown]
        table.add_row(*row, Text(format_money(Money(one.total, currency)), style="bold"))
        parts.append(table)
        if quarters := one.by_quarter(currency):
            parts.append(Prose(_("by quarter: {quarters}").format(quarters=quarters)))
    missing = report.weighted_pipeline.incomplete
    if missing:
        text = ngettext(
            "{count} open card has no amount or no probability: {ids}",
            "{count} open cards have no amount or no probability: {ids}",
            len(missing),
        ).format(count=len(missing), ids=", ".join(word(card) for card in missing))
        parts.append(Prose(text, style=AMBER))
    return Group(*parts)


def _late(name: str) -> str:
    return "red" if name == _("past due") else ""


def _won(report: Figures) -> Group:
    rate = report.win_rate
    text = _("{won} won, {lost} lost: {rate}; within 90 days of the start {soon}").format(
        won=rate.won, lost=rate.lost, rate=_interval(rate.plain), soon=_interval(rate.within_90_days)
    )
    parts: list[RenderableType] = [Prose(text)]
    for currency, sides in rate.amounts.items():
        won, lost = (format_money(Money(amount, currency)) for amount in (sides.won, sides.lost))
        text = _("{won} won, {lost} lost: {rate} of the amount").format(won=won, lost=lost, rate=_percent(sides.rate))
        parts.append(Prose(text))
    for one in report.velocity:
        if one.per_day is not None:
            shown = format_money(Money(Decimal(round(one.per_day)), one.currency))
            text = _("{name}: {amount} a day").format(name=name_of("velocity"), amount=shown)
            if not one.steady:
                text += " · " + _("not steady: really won {amount} a day").format(
                    amount=format_money(Money(Decimal(round(one.won_per_day)), one.currency))
                )
            parts.append(Prose(text))
    return Group(*parts)


def _losses(report: Figures) -> Table:
    table = plain_table((_("Reason"), "left"), (_("Cards"), "right"), (_("Amount"), "right"), (_("Lost from"), "left"))
    titles = {column.key: column.title for column in report.tally.config.columns}
    for one in report.loss_reasons[:REASONS]:
        origins = ", ".join(f"{word(titles.get(key, key))} {count}" for key, count in one.columns.items())
        reason = Text(word(reason_name(one.reason)) or _("no reason given"), style="" if one.reason else "red")
        table.add_row(reason, str(one.count), _money(dict(one.amounts)), origins)
    return table


def _blockers(report: Figures) -> Table:
    table = plain_table((_("Cause"), "left"), (_("Days"), "right"), (_("Blocks"), "right"), (_("Cards"), "right"))
    for one in report.blockers[:REASONS]:
        table.add_row(word(one.cause) or _("none given"), str(one.days), str(one.count), str(len(one.cards)))
    return table


def _slips(report: Figures) -> Table:
    table = plain_table(
        (_("Card"), "name"), (_("First"), "right"), (_("Now"), "right"), (_("Slip"), "right"), (_("Pushed"), "right")
    )
    for one in [slip for slip in report.slips if slip.pushes][:REASONS]:
        now = format_date(one.current, "medium") if one.current else NO_NUMBER
        pushed = Text(str(one.pushes), style="red" if one.flagged else "")
        table.add_row(word(one.card), format_date(one.first, "medium"), now, _days(one.days), pushed)
    return table


def _cuts(cuts: tuple[Cut, ...]) -> Table:
    table = plain_table(
        ("", "left"), (_("Open"), "right"), (_("Won"), "right"), (_("Lost"), "right"), (_("Rate"), "right"),
        (_("Amount won"), "right"), (_("Weighted"), "right"), (_("Late"), "right"),
    )  # fmt: skip
    for cut in cuts:
        name = word(cut.key) if cut.key else _("not given")
        rate = _interval(cut.win_rate) if cut.win_rate else NO_NUMBER
        table.add_row(
            name, str(cut.open), str(cut.won), str(cut.lost), rate, _money(dict(cut.won_amounts)),
            _money(dict(cut.weighted)), Text(str(cut.overdue), style="red" if cut.overdue else ""),
        )  # fmt: skip
    return table


def _little(report: Figures) -> Prose:
    law = report.little
    if law.wip is None or law.throughput_per_day is None or law.cycle_time_days is None:
        return Prose(_("nothing to check yet"))
    text = _("mean WIP {wip}, exits per day {rate}, mean cycle time {days}").format(
        wip=format_number(law.wip),
        rate=format_number(law.throughput_per_day, digits=2),
        days=format_days(law.cycle_time_days),
    )
    if law.valid and law.ratio is not None:
        return Prose(f"{text} → " + _("ratio {ratio}").format(ratio=format_number(law.ratio, digits=2)))
    failed = ", ".join(assumption_text(word) for word in law.failed_assumptions)
    return Prose(f"{text} → " + _("does not apply here: {reasons}").format(reasons=failed))
