"""The dearest open deals: the whole amount as a bar, the weighted part of it full."""

from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_money, format_percent
from kanban.metrics.cards.deals import probability_of
from kanban.metrics.report import Report
from kanban.model.cards.card import Card
from kanban.model.typed.values import Money
from kanban.render.charts.base.chart import Cell, Chart, Spec, table
from kanban.render.charts.base.labels import LETTER, ROW, name_axis, names_width, places
from kanban.render.charts.base.theme import FIRST, FULL, THIRD, layer, quantity, specification
from kanban.render.charts.base.wording import Links, note

_MOST, _LISTED = 10, 40
"""Deals that are drawn, and those of each currency that the table has."""


def deals(report: Report, links: Links) -> Chart:
    """The open cards with an amount, the dearest of the board's currency drawn; the table has every currency."""
    board, home = report.ledger.board, report.ledger.config.currency
    every = sorted(
        ((card, card.amount) for card in board.open_cards if card.amount is not None),
        key=lambda pair: (pair[1].currency != home, pair[1].currency, -pair[1].amount, pair[0].label),
    )
    drawn = [(card, amount) for card, amount in every if amount.currency == home][:_MOST]
    whole = sum(amount.amount for _card, amount in every if amount.currency == home)
    title = _("No open card has an amount")
    if drawn and whole:
        share = sum(amount.amount for _card, amount in drawn[:3]) / whole
        text = ngettext(
            "The dearest deal holds {share} of the open amounts",
            "The {count} dearest deals hold {share} of the open amounts",
            min(3, len(drawn)),
        )
        title = text.format(count=min(3, len(drawn)), share=format_percent(share, digits=0))
    population = _("Open cards by amount in {currency}; full: amount × probability").format(currency=home)
    columns = {column.key: column.title for column in report.ledger.config.open_columns}
    rows: list[list[str | Cell]] = [
        [links.cell(card.id), Cell(columns.get(card.column, card.column)), format_money(amount), _share(report, card)]
        for currency in dict.fromkeys(amount.currency for _card, amount in every)
        for card, amount in [pair for pair in every if pair[1].currency == currency][:_LISTED]
    ]
    return Chart(
        "deals",
        title,
        note(report, population, len(every)),
        _spec(report, links, drawn) if drawn else None,
        table([_("Card"), _("Column"), _("Amount"), _("Probability")], rows),
    )


def _share(report: Report, card: Card) -> str:
    probability = probability_of(card, report.ledger.board)
    return "–" if probability is None else format_percent(probability)


def _spec(report: Report, links: Links, drawn: list[tuple[Card, Money]]) -> Spec:
    names = [card.label for card, _amount in drawn]
    rows: list[dict[str, Any]] = []
    for (card, amount), place in zip(drawn, places(names), strict=True):
        probability, short = probability_of(card, report.ledger.board), format_money(amount, short=True)
        text = short if probability is None else f"{short} · {format_percent(probability)}"
        rows.append(
            {
                "place": place,
                "amount": float(amount.amount),
                "weighted": float(amount.amount * (probability or 0)),
                "text": text,
                "name": f"{card.label}{_(': ')}{text}",
                "href": links.href(card.id),
            }
        )
    y, size = name_axis(rows), quantity("amount", axis=None)
    bar: Spec = {"size": 16, "aria": True}
    whole = layer(rows, "bar", {"color": THIRD, **bar}, y=y, x=size, href="href", description="name")
    weighted = quantity("weighted", axis=None)
    part = layer(rows, "bar", {"color": FIRST, **bar}, y=y, x=weighted, href="href", description="name")
    figures = layer(rows, "text", {"align": "left", "dx": 5}, y=y, x=size, text="text")
    beside = names_width(names) + max(len(str(row["text"])) for row in rows) * LETTER + 14
    return specification(whole, part, figures, width=FULL - beside, height=ROW * len(rows))
