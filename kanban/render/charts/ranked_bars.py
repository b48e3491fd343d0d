"""Bars by size: why deals were lost, what blocks, how far close dates were put off."""

from typing import Any

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money, format_percent
from kanban.metrics.report import Report
from kanban.model.typed.values import Money
from kanban.render.charts.base.answers import behind
from kanban.render.charts.base.chart import Cell, Chart, Spec, table
from kanban.render.charts.base.labels import LETTER, ROW, name_axis, names_width, places
from kanban.render.charts.base.theme import FIRST, FULL, LOST, SOFT, days_axis, layer, quantity, specification, telling
from kanban.render.charts.base.wording import Links, flow_note, note

_MOST_BARS = 10


def loss_reasons(report: Report, links: Links) -> Chart:
    """Losses by normalised reason, with the amounts lost."""
    found = report.loss_reasons
    total = sum(one.count for one in found)
    names = {one.reason: _(one.reason) if one.reason else _("no reason") for one in found}
    title = _("No deal has been lost yet")
    if found:
        title = _("{reason} is behind {share} of the losses").format(
            reason=names[found[0].reason].capitalize(), share=format_percent(found[0].count / total, digits=0)
        )
    columns = {column.key: column.title for column in report.ledger.config.open_columns}
    rows = [
        [
            names[one.reason],
            str(one.count),
            " + ".join(format_money(Money(amount, currency)) for currency, amount in one.amounts.items()),
            ", ".join(f"{columns.get(key, '?')} {count}" for key, count in one.columns.items()),
        ]
        for one in found
    ]
    bars = [
        {
            "name": names[one.reason],
            "size": one.count,
            "text": " · ".join(
                [str(one.count), *(format_money(Money(value, code), short=True) for code, value in one.amounts.items())]
            ),
        }
        for one in found
    ]
    return Chart(
        "loss-reasons",
        title,
        flow_note(report, _("Lost deals by reason"), total),
        _bars(bars, LOST) if bars else None,
        table([_("Reason"), _("Losses"), _("Amount"), _("Lost from")], rows),
        tuple(behind(links, _said(bar), one.cards[::-1]) for bar, one in zip(bars, found, strict=True)),
    )


def blockers(report: Report, links: Links) -> Chart:
    """Days blocked by cause."""
    found = report.blockers
    days = sum(one.days for one in found)
    title = _("Nothing has been blocked")
    if found:
        title = _("{cause} has blocked longest: {days}").format(
            cause=found[0].cause or _("an unknown cause"), days=format_days(found[0].days, short=False)
        )
    rows = [
        [
            one.cause or _("no cause"),
            format_days(one.days),
            str(one.count),
            ", ".join(links.name(card) for card in one.cards),
        ]
        for one in found
    ]
    bars = [
        {"name": one.cause or _("no cause"), "size": one.days, "text": format_days(one.days)}
        for one in found[:_MOST_BARS]
    ]
    return Chart(
        "blockers",
        title,
        flow_note(report, _("Days blocked in active columns, by cause"), sum(one.count for one in found)),
        _bars(bars, FIRST) if days else None,
        table([_("Cause"), _("Days"), _("Blocks"), _("Cards")], rows),
        tuple(behind(links, _said(bar), one.cards) for bar, one in zip(bars, found[:_MOST_BARS], strict=True)),
    )


def slips(report: Report, links: Links) -> Chart:
    """First against present close date of the open cards that moved."""
    moved = [one for one in report.slips if one.days]
    late = sorted((one for one in moved if (one.days or 0) > 0), key=lambda one: -(one.days or 0))
    title = _("No close date has been put off")
    if late:
        title = ngettext(
            "{count} open card has been put off, by {days} at most",
            "{count} open cards have been put off, by {days} at most",
            len(late),
        ).format(count=len(late), days=format_days(late[0].days or 0, short=False))
    rows: list[list[str | Cell]] = [
        [
            links.cell(one.card),
            format_date(one.first, "medium"),
            format_date(one.current, "medium") if one.current else "",
            format_days(one.days or 0),
            str(one.pushes),
        ]
        for one in moved
    ]
    drawn: list[dict[str, Any]] = [
        {
            "name": links.name(one.card),
            "first": one.first.isoformat(),
            "current": one.current.isoformat() if one.current else None,
            "href": links.href(one.card),
        }
        for one in late[:_MOST_BARS]
    ]
    return Chart(
        "slips",
        title,
        note(report, _("Open cards: hollow the first close date, full the present one"), len(report.slips)),
        _dumbbells(drawn) if drawn else None,
        table([_("Card"), _("First date"), _("Now"), _("Slip"), _("Pushes")], rows),
    )


def _bars(rows: list[dict[str, Any]], color: str) -> Spec:
    """Horizontal bars with their figures at the end; no axis is needed then."""
    names = [row["name"] for row in rows]
    rows = [{**row, "place": place, "said": _said(row)} for row, place in zip(rows, places(names), strict=True)]
    y, size = name_axis(rows), quantity("size", axis=None)
    bars = telling(rows, "bar", {"color": color, "size": 16}, y=y, x=size)
    text = layer(rows, "text", {"align": "left", "dx": 5}, y=y, x=size, text="text")
    beside = names_width(names) + max(len(row["text"]) for row in rows) * LETTER + 14
    return specification(bars, text, width=FULL - beside, height=ROW * len(rows))


def _said(row: dict[str, Any]) -> str:
    return f"{row['name']}{_(': ')}{row['text']}"


def _dumbbells(rows: list[dict[str, Any]]) -> Spec:
    names = [row["name"] for row in rows]
    rows = [{**row, "place": place} for row, place in zip(rows, places(names), strict=True)]
    y, x = name_axis(rows), {"field": "first", **days_axis()}
    now = {"field": "current", **days_axis()}
    return specification(
        layer(rows, "rule", {"color": SOFT}, y=y, x=x, x2="current"),
        layer(rows, "point", {"filled": False}, y=y, x=x),
        layer(rows, "point", {"aria": True, "opacity": 1}, y=y, x=now, href="href", description="name"),
        width=FULL - names_width(names) - 16,
        height=ROW * len(rows),
    )
