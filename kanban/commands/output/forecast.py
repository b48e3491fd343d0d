"""The forecast for a terminal: what to expect first, then what it rests on, card by card and month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kanban.commands.output.blocks import LIGHTS, plain_table, section, suspicious
from kanban.commands.output.console import AMBER
from kanban.forecast import wording
from kanban.forecast.backtest import REPORTED, Backtest
from kanban.forecast.deals import DealRecord
from kanban.forecast.ensemble.ensemble import SHEET
from kanban.forecast.forecast import Forecast
from kanban.forecast.wording import money_text, month_name, rate_text
from kanban.i18n import _
from kanban.i18n.formats import NO_NUMBER, format_date, format_number, format_percent
from kanban.metrics.suspicion import suspicions_of
from kanban.paper.plain import safe

CARDS, RECORD = 10, 12


def forecast_sheet(forecast: Forecast) -> Iterator[RenderableType]:
    """The forecast from top to bottom."""
    yield Text(wording.title(forecast), style="bold")
    lines = [
        (wording.recommended_text(forecast), "bold"),
        (wording.at_least_text(forecast), ""),
        *((text, AMBER) for text in wording.notes_text(forecast)),
        (wording.method_text(forecast), "dim"),
    ]
    yield Text("\n").join(Text(f"  {text}", style=style) for text, style in lines if text)
    yield from suspicious(suspicions_of(forecast.ledger))
    told = forecast.enough_history
    if forecast.sheet is not None and told:
        rule = Text("  " + wording.sheet_text(forecast))
        yield section(_("The sheet’s rule"), rule, wording.coverage_text(forecast.sheet_coverage))
    stress = Text("  " + safe(wording.stress_text(forecast)), style="bold red" if forecast.stress.stressed else "")
    yield section(_("What it rests on"), Group(Text("  " + safe(wording.inputs_text(forecast))), stress))
    if forecast.chances and told:
        yield section(
            _("Open cards by chance of being won"),
            _cards(forecast),
            _("by column and days there, over the weeks above"),
        )
    for at, one in enumerate(forecast.money):
        if not (one.months or told):
            continue
        note = _(
            "by month: the cards’ own probabilities; ahead: what cards like these did. Low, high: 10 and 90% of that"
        )
        if not told:
            note = _("by month: the cards’ own probabilities. Low, high: 10 and 90% of that")
        yield section(_("Money, {currency}").format(currency=one.currency), _money(forecast, at), note)
    if forecast.quotas:
        rows = [
            Text("  " + safe(wording.quota_text(one, forecast)), style=LIGHTS[one.light]) for one in forecast.quotas
        ]
        yield section(_("Quotas"), Group(*rows))


def _cards(forecast: Forecast) -> Table:
    table = plain_table((_("Card"), "left"), (_("Column"), "left"), (_("Chance"), "right"))
    for card, chance in list(forecast.chances.items())[:CARDS]:
        column = forecast.ledger.config.column(forecast.ledger.journeys[card].column)
        table.add_row(safe(card), safe(column.title if column else ""), format_percent(chance, digits=0))
    return table


def _money(forecast: Forecast, at: int) -> Table:
    one = forecast.money[at]
    table = plain_table(
        ("", "left"), (_("Deals"), "right"), (_("Expected"), "right"), (_("Low"), "right"), (_("High"), "right")
    )
    ahead = [(_("ahead"), one.ahead)] if forecast.enough_history else []
    for name, found in [(month_name(key), found) for key, found in one.months.items()] + ahead:
        amounts = (found.expected, found.quantiles[10], found.quantiles[90])
        table.add_row(name, str(found.deals), *(money_text(amount, one.currency) for amount in amounts))
    return table


def backtest_sheet(found: Backtest, horizons: Sequence[Backtest]) -> Iterator[RenderableType]:
    """How past forecasts did: over the weeks asked for by method, then over other weeks."""
    table = plain_table(
        (_("Method"), "left"), (_("Loss"), "right"), ("CRPS", "right"), (_("10–90% held"), "right"),
        (_("Bias"), "right"), (_("Against the sheet’s rule"), "right"),
    )  # fmt: skip
    for name, one in found.scores().items():
        skill = found.skill(name, SHEET)
        table.add_row(
            Text(wording.method_name(name), style="bold" if name == REPORTED else ""),
            format_number(one.pinball, digits=3), format_number(one.crps, digits=3),
            format_percent(one.coverage.rate or 0.0, digits=0), wording.signed(one.bias, digits=1),
            NO_NUMBER if skill is None else wording.signed_share(skill),
        )  # fmt: skip
    heading = _("Past forecasts of {weeks} weeks, made from what was known then: {count}")
    note = _("loss: mean pinball loss at 10, 25, 50, 75 and 90%, in wins, less is better; 80% should be held")
    yield section(heading.format(weeks=found.weeks, count=len(found.origins)), table, note)
    yield Text("\n".join("  " + line for line in wording.backtest_text(found)))
    if found.origins:
        yield section(_("The last ones"), _record(found))
        note = _("forecasts whose weeks do not overlap; in brackets, where the true share lies with 95% confidence")
        yield section(_("By how far ahead"), _horizons(horizons), note)


def _horizons(horizons: Sequence[Backtest]) -> Table:
    table = plain_table(
        (_("Weeks"), "right"), (_("Forecasts"), "right"), (_("10–90% held"), "right"), (_("Loss"), "right"),
        ("CRPS", "right"), (_("Against the sheet’s rule"), "right"),
    )  # fmt: skip
    for one in horizons:
        score, skill = one.scores().get(REPORTED), one.skill(REPORTED, SHEET)
        if score is not None:
            table.add_row(
                str(one.weeks), str(one.held.n), rate_text(one.held), format_number(score.pinball, digits=3),
                format_number(score.crps, digits=3), NO_NUMBER if skill is None else wording.signed_share(skill),
            )  # fmt: skip
    return table


def deals_sheet(found: DealRecord) -> Iterator[RenderableType]:
    """What people said of their deals against what came; nothing of what they never said."""
    if found.bins:
        table = plain_table((_("Probability said"), "right"), (_("Deals"), "right"), (_("Won"), "right"))
        for one in found.bins:
            table.add_row(format_percent(one.said, digits=0), str(one.came.n), rate_text(one.came))
        yield section(_("Probabilities that people wrote, and what came"), table, wording.brier_text(found))
    if found.months:
        table = plain_table((_("Month"), "left"), (_("Deals"), "right"), (_("Weighted"), "right"), (_("Came"), "right"))
        for month in found.months[-RECORD:]:
            amounts = (money_text(amount, month.currency) for amount in (month.said, month.came))
            table.add_row(month_name(month.month), str(month.deals), *amounts)
        note = _("deals that were to close in the month, as they stood on the day before, and what came of them in it")
        yield section(_("Weighted pipeline, month by month"), table, note)
    if found.dated:
        yield section(_("Close dates"), Text("  " + wording.late_text(found)))


def _record(found: Backtest) -> Table:
    table = plain_table(
        (_("Made on"), "left"), ("p10", "right"), ("p50", "right"), ("p90", "right"), (_("Came"), "right"), ("", "left")
    )
    for one in found.origins[-RECORD:]:
        levels = one.levels()
        outside = not levels[10] <= one.outcome <= levels[90]
        shown = [format_number(levels[level]) for level in (10, 50, 90)]
        mark = Text(_("outside") if outside else "", style=AMBER)
        table.add_row(format_date(one.day, "medium"), *shown, str(one.outcome), mark)
    return table
