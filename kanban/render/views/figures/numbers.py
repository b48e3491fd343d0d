"""The numbers page: five figures with trend, target and light; then the charts, each over its table."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kanban.forecast.forecast import Forecast
from kanban.forecast.wording import method_text, notes_text, quota_text, stress_text
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_number
from kanban.metrics.flow.little import assumption_text
from kanban.metrics.report import Report
from kanban.metrics.suspicion_wording import suspicion_lines
from kanban.metrics.wording import light_word
from kanban.model.cards.board import Board
from kanban.model.text.plain import in_order
from kanban.render.charts.base.chart import Behind, Chart, Table
from kanban.render.markdown import NOTHING, with_code
from kanban.render.typography import typeset
from kanban.render.views.figures.headlines import Headline
from kanban.render.views.figures.targets import TargetLine, target_line


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it stands on the page; `drawing` is empty where there is nothing to draw, or nothing to draw with."""

    name: str
    title: str
    note: str
    drawing: Markup
    table: Table
    behind: tuple[Behind, ...] = ()
    over_time: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence beside the charts, with a light where there is one."""

    text: str
    light: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Charts that belong together."""

    anchor: str
    title: str
    figures: tuple[Figure, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class LawBox:
    """Little's law: both sides, and whether the ratio may be read."""

    sentence: str
    verdict: str
    light: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """What can be picked out in all charts: the cards of an owner or of a column, as the search index names them."""

    title: str
    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumbersView:
    """Everything the numbers page shows; `missing` says why nothing is known and how to get it."""

    missing: Markup
    headlines: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    law: LawBox | None = None
    cuts: tuple[Figure, ...] = ()
    undrawn: Markup = NOTHING
    suspicious: tuple[Markup, ...] = ()
    highlights: tuple[Highlight, ...] = ()


def remarks(forecast: Forecast) -> tuple[Remark, ...]:
    """What the forecast rests on (W, L), whether it is under stress, and how the quotas stand."""
    found = [Remark(stress_text(forecast), *(("red", light_word("red")) if forecast.stress.stressed else ()))]
    found += [Remark(text) for text in (*notes_text(forecast), method_text(forecast)) if text]
    lead = forecast.lead_time.p50
    if lead is not None:
        text = _("L: half of all {count} won deals took {days} or less from start to win")
        found.append(Remark(text.format(days=format_days(lead, short=False), count=forecast.lead_time.n)))
    found += [Remark(quota_text(one, forecast), one.light, light_word(one.light)) for one in forecast.quotas]
    return tuple(found)


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


def suspicious_lines(report: Report) -> tuple[Markup, ...]:
    """The commits whose dates the numbers should not trust, and what to type."""
    return tuple(map(with_code, suspicion_lines(report.suspicions)))


def target_lines(report: Report) -> tuple[TargetLine, ...]:
    """The table of targets, metrics without any value left out."""
    return tuple(target_line(row, report.ledger.config) for row in report.targets if row.value is not None)


def figures(charts: Iterable[tuple[Chart, Markup]], *, public: bool = False) -> tuple[Figure, ...]:
    """Charts with their drawings, and the cards behind their marks but for everybody."""
    return tuple(
        Figure(
            name=one.name,
            title=typeset(one.title),
            note=_kept(one.note),
            drawing=drawing,
            table=one.table,
            behind=() if public else one.behind,
            over_time=one.over_time,
        )
        for one, drawing in charts
    )


def highlights(board: Board) -> tuple[Highlight, ...]:
    """Owners of cards, then columns, exits too; what has one name only tells nothing apart."""
    owners = in_order(card.owner for card in board.cards if card.owner)
    columns = [column.title for column in board.config.columns]
    found = (Highlight(_("Owner"), "owner", tuple(owners)), Highlight(_("Column"), "column", tuple(columns)))
    return tuple(one for one in found if len(one.names) > 1)


def _kept(note: str) -> str:
    """The note without a line that ends in `n =`."""
    return typeset(note).replace("n = ", "n\u00a0=\u00a0")


def undrawn_note(count: int) -> Markup:
    """What to install when charts cannot be drawn."""
    text = ngettext(
        "The chart is not drawn, its figures stand in the table: the extra `charts` draws it.",
        "The charts are not drawn, their figures stand in the tables: the extra `charts` draws them.",
        count,
    )
    return with_code(text)
