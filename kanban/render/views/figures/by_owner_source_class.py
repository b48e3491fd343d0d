"""The figures once more per owner, source and class of service."""

from collections.abc import Sequence

from kanban.i18n import _
from kanban.i18n.formats import NO_NUMBER, format_days, format_money, format_percent
from kanban.metrics.by_owner_source_class import Amounts, Cut
from kanban.metrics.report import Report
from kanban.model.typed.values import Money
from kanban.render.charts.base.chart import table
from kanban.render.markdown import NOTHING
from kanban.render.views.figures.numbers import Figure


def cut_figures(report: Report) -> tuple[Figure, ...]:
    """The figures once more per owner, source and class; groups with one member only are left out."""
    classes = {one.key: one.name or one.key for one in report.ledger.config.classes}
    found = (
        _cut_figure("owners", _("By owner"), _("Owner"), report.cuts.owners, {}),
        _cut_figure("sources", _("By source"), _("Source"), report.cuts.sources, {}),
        _cut_figure("classes", _("By class of service"), _("Class"), report.cuts.classes, classes),
    )
    return tuple(figure for figure in found if len(figure.table.rows) > 1)


def _cut_figure(name: str, title: str, head: str, cuts: Sequence[Cut], names: dict[str, str]) -> Figure:
    headers = [
        head,
        _("Open"),
        _("Won"),
        _("Lost"),
        _("Won, of decided"),
        _("Won amount"),
        _("Weighted"),
        "p50 / p85",
    ]
    rows = []
    for cut in cuts:
        rate = cut.win_rate.rate if cut.win_rate is not None else None
        time = cut.cycle_time
        rows.append(
            [
                names.get(cut.key, cut.key) or _("none"),
                str(cut.open),
                str(cut.won),
                str(cut.lost),
                NO_NUMBER if rate is None else format_percent(rate, digits=0),
                _amounts(cut.won_amounts),
                _amounts(cut.weighted),
                NO_NUMBER if time.p50 is None else f"{time.p50} / {format_days(time.p85 or 0)}",
            ]
        )
    note = _("Closed cards count for the owner they had then; a rate on fewer than ten decided deals is kept back.")
    return Figure(name, title, note, NOTHING, table(headers, rows))


def _amounts(amounts: Amounts) -> str:
    return " + ".join(format_money(Money(amount, code), short=True) for code, amount in amounts.items()) or NO_NUMBER
