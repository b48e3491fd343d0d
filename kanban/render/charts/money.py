"""The weighted pipeline by the month in which deals are expected to be decided."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_money
from kanban.metrics.cards.deals import probability_of
from kanban.metrics.cards.weighted_pipeline import Pipeline
from kanban.metrics.report import Report
from kanban.model.cards.card import Card
from kanban.model.typed.values import Money
from kanban.render.charts.base.answers import behind
from kanban.render.charts.base.chart import Behind, Chart, Spec, table
from kanban.render.charts.base.theme import (
    AMBER,
    FIFTH,
    FIRST,
    FULL,
    layer,
    quantity,
    specification,
    telling,
    told_apart,
)
from kanban.render.charts.base.wording import Links, note

_MOST_MONTHS = 9


def months(report: Report, links: Links) -> Chart:
    """Amount × probability of the open cards by month of their close date; past due and undated stand apart."""
    currency = report.ledger.config.currency
    pipelines = report.weighted_pipeline.currencies
    pipeline = pipelines.get(currency)
    title = _("No open card has both an amount and a probability")
    if pipeline is not None:
        title = _("The open cards weigh {weighted} out of {whole}").format(
            weighted=format_money(Money(pipeline.total, currency), short=True),
            whole=format_money(Money(pipeline.unweighted, currency), short=True),
        )
    rows = [
        [name, *([code] if len(pipelines) > 1 else []), format_money(Money(amount, code))]
        for code, one in sorted(pipelines.items(), key=lambda item: (item[0] != currency, item[0]))
        for name, amount, _kind in _places(one)
    ]
    quarters = pipeline.by_quarter(currency) if pipeline is not None else ""
    incomplete = len(report.weighted_pipeline.incomplete)
    population = _("Open cards, amount × probability by month of the close date; {count} without one of the two")
    said = note(report, population.format(count=incomplete), sum(one.cards for one in pipelines.values()))
    return Chart(
        "months",
        title,
        " · ".join(filter(None, (said, quarters, _others(pipelines, currency)))),
        _spec(pipeline, currency) if pipeline is not None else None,
        table([_("Month"), *([_("Currency")] if len(pipelines) > 1 else []), _("Weighted")], rows),
        _behind(report, links, currency),
    )


def _behind(report: Report, links: Links, currency: str) -> tuple[Behind, ...]:
    """The cards of each bar, the dearest first."""
    board, found = report.ledger.board, dict[str, list[Card]]()
    for card in board.open_cards:
        if card.amount is not None and card.amount.currency == currency and probability_of(card, board) is not None:
            found.setdefault(_place_of(card, report.as_of), []).append(card)
    pipeline = report.weighted_pipeline.currencies.get(currency)
    rows = []
    for name, amount, _kind in _places(pipeline) if pipeline is not None else ():
        cards = sorted(found.get(name, ()), key=lambda card: -card.amount.amount if card.amount else 0)
        rows.append(behind(links, _said(name, amount, currency), [card.id for card in cards]))
    return tuple(rows)


def _place_of(card: Card, as_of: date) -> str:
    if card.close_date is None:
        return _("no date")
    return _("past due") if card.close_date < as_of else format_date(card.close_date.replace(day=1), "month")


def _said(name: str, amount: Decimal, currency: str) -> str:
    return f"{name}{_(': ')}{format_money(Money(amount, currency))}"


def _others(pipelines: Mapping[str, Pipeline], home: str) -> str:
    """What the bars, which are in the board's currency, leave out; the table has it by month."""
    sums = [Money(one.total, code) for code, one in sorted(pipelines.items()) if code != home]
    told = " + ".join(format_money(one, short=True) for one in sums)
    return (
        _("drawn: {currency}; beside it, in the table: {amounts}").format(currency=home, amounts=told) if told else ""
    )


def _places(pipeline: Pipeline) -> list[tuple[str, Decimal, str]]:
    """Past due first, then months in order, then undated: name, amount and kind of each that is not empty."""
    found = [(_("past due"), pipeline.past_due, "late")]
    for key, amount in pipeline.months.items():
        year, month = key.split("-")
        found.append((format_date(date(int(year), int(month), 1), "month"), amount, "month"))
    found.append((_("no date"), pipeline.undated, "undated"))
    return [place for place in found if place[1]]


def _spec(pipeline: Pipeline, currency: str) -> Spec:
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "amount": float(amount),
            "kind": kind,
            "text": format_money(Money(amount, currency), short=True),
            "said": _said(name, amount, currency),
        }
        for name, amount, kind in _places(pipeline)[:_MOST_MONTHS]
    ]
    x = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": {"title": None, "labelAngle": 0, "labelLimit": FULL // max(1, len(rows))},
    }
    y = quantity("amount", axis=None)
    color = told_apart("kind", {"late": AMBER, "month": FIRST, "undated": FIFTH})
    return specification(
        telling(rows, "bar", {"width": {"band": 0.6}}, x=x, y=y, color=color),
        layer(rows, "text", {"dy": -7}, x=x, y=y, text="text"),
        width=FULL,
    )
