"""The numbers page: five figures with trend, target and light; then the charts, each over its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kanban.forecast.forecast import Forecast
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_days, format_money, format_number, format_percent
from kanban.metrics.cuts import Amounts, Cut
from kanban.metrics.little import assumption_text
from kanban.metrics.report import Report
from kanban.metrics.targets import CYCLE_TIME, NEXT_ACTION, PIPELINE, THROUGHPUT, TargetRow
from kanban.metrics.wording import light_word, name_of
from kanban.model.values import Money
from kanban.render.charts.chart import Chart, Table, table
from kanban.render.views.sparks import Spark, spark
from kanban.render.views.targets import TargetLine, amount_text, target_line

_TREND = 12
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures."""

    label: str
    value: str
    unit: str
    start: str
    target: str
    light: str
    word: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it stands on the page; `drawing` is empty where there is nothing to draw, or nothing to draw with."""

    name: str
    title: str
    note: str
    drawing: Markup
    table: Table


@dataclass(frozen=True, slots=True)
class Section:
    """Charts that belong together."""

    anchor: str
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LawBox:
    """Little's law: both sides, and whether the ratio may be read."""

    sentence: str
    verdict: str
    light: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumbersView:
    """Everything the numbers page shows; `missing` says why nothing is known and how to get it."""

    missing: str
    headlines: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    law: LawBox | None = None
    cuts: tuple[Figure, ...] = ()
    undrawn: str = ""


def headlines(report: Report, *, forecast: Forecast | None = None, public: bool = False) -> tuple[Headline, ...]:
    """Throughput, cycle time, weighted pipeline, cards without a next action, and the forecast when there is one."""
    rows = {row.metric: row for row in report.targets}
    weeks = report.throughput.weeks[-_TREND:]
    wins = spark([week.won for week in weeks], ", ".join(str(week.won) for week in weeks))
    won = [one.days for one in report.cycle_time.cards if one.outcome == "won"][-_TREND:]
    times = spark(won, ", ".join(format_days(days) for days in won))
    found = [
        _headline(rows[THROUGHPUT], _won_per_week(rows[THROUGHPUT]), wins),
        _cycle_headline(rows[CYCLE_TIME], report, times),
    ]
    if not public:
        found.append(_headline(rows[PIPELINE], _("amount × probability"), None))
        found.append(_headline(rows[NEXT_ACTION], _("of the open cards"), None))
    if forecast is not None and forecast.recommended:
        found.append(_outlook(forecast))
    return tuple(found)


def _outlook(forecast: Forecast) -> Headline:
    """The middle of the recommended forecast; its distribution stands where the others have their past."""
    levels = forecast.recommended
    unit = ngettext(
        "wins next week, {low} to {high} in eight cases of ten",
        "wins in {count} weeks, {low} to {high} in eight cases of ten",
        forecast.weeks,
    ).format(count=forecast.weeks, low=levels[10], high=levels[90])
    chances = [chance for chance in forecast.wins or () if chance >= _LEAST]
    words = ", ".join(format_percent(chance, digits=0) for chance in chances)
    sheet = forecast.sheet
    rule = _("sheet’s rule {count}").format(count=format_number(sheet.expected)) if sheet is not None else ""
    sure = _("at least {count}, 85% sure").format(count=forecast.at_least[85])
    return Headline(_("Forecast"), str(levels[50]), unit, rule, sure, "none", "", spark(chances, words, newest=False))


def _won_per_week(row: TargetRow) -> str:
    """The figure's window, as the chart below has another."""
    text = ngettext("won per week, over {count} week", "won per week, over {count} weeks", row.n)
    return text.format(count=row.n)


def _headline(row: TargetRow, unit: str, trend: Spark | None) -> Headline:
    target = amount_text(row.target, row.unit) if row.target is not None else ""
    start = amount_text(row.baseline, row.unit) if row.baseline is not None else ""
    return Headline(
        label=name_of(row.metric),
        value=amount_text(row.value, row.unit),
        unit=unit,
        start=_("before {value}").format(value=start) if start else "",
        target=_("target {value}").format(value=target) if target else "",
        light=row.light,
        word=light_word(row.light),
        spark=trend,
    )


def _cycle_headline(row: TargetRow, report: Report, trend: Spark | None) -> Headline:
    """Median and 85th percentile of all won deals; the light is that of the recent median against its target."""
    won = report.cycle_time.won
    found = _headline(row, "", trend)
    value = NO_NUMBER if won.p50 is None or won.p85 is None else f"{won.p50} / {format_days(won.p85)}"
    return Headline(
        found.label, value, _("p50 / p85, won deals"), found.start, found.target, found.light, found.word, trend
    )


def law_box(report: Report) -> LawBox | None:
    """Little's law on this board; the ratio is shown only where the assumptions hold."""
    found = report.little
    if found.wip is None or found.throughput_per_day is None or found.cycle_time_days is None:
        return None
    sentence = _("{wip} cards in progress ≈ {rate} leaving a day × {days} from start to end").format(
        wip=format_number(found.wip),
        rate=format_number(found.throughput_per_day, digits=2),
        days=format_days(found.cycle_time_days, short=False),
    )
    if found.valid and found.ratio is not None:
        verdict = _("It holds here: the two sides stand at {ratio} to 1.").format(
            ratio=format_number(found.ratio, digits=2)
        )
        return LawBox(sentence, verdict, "green", ())
    verdict = _("It cannot be read here, because:")
    return LawBox(sentence, verdict, "none", tuple(assumption_text(word) for word in found.failed_assumptions))


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
    return Figure(name, title, note, Markup(""), table(headers, rows))


def _amounts(amounts: Amounts) -> str:
    return " + ".join(format_money(Money(amount, code), short=True) for code, amount in amounts.items()) or NO_NUMBER


def target_lines(report: Report) -> tuple[TargetLine, ...]:
    """The table of targets, metrics without any value left out."""
    return tuple(target_line(row, report.ledger.config) for row in report.targets if row.value is not None)


def figures(charts: Iterable[tuple[Chart, Markup]]) -> tuple[Figure, ...]:
    """Charts with their drawings."""
    return tuple(Figure(one.name, one.title, one.note, drawing, one.table) for one, drawing in charts)


def undrawn_note(count: int) -> str:
    """What to install when charts cannot be drawn."""
    return ngettext(
        "The chart is not drawn, its figures stand in the table: `pip install 'git-kanban[charts]'` draws it.",
        "The charts are not drawn, their figures stand in the tables: `pip install 'git-kanban[charts]'` draws them.",
        count,
    )
