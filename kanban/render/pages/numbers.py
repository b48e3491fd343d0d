"""The numbers page."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from markupsafe import Markup

from kanban.forecast.forecast import Forecast
from kanban.i18n import _
from kanban.metrics.base.ledger import ledger_told, story_of
from kanban.metrics.base.track import track_of
from kanban.metrics.report import Report
from kanban.render.charts import age_trend, ageing, cycle_time, deals, flow, funnel, limits, money, throughput
from kanban.render.charts import ranked_bars as causes
from kanban.render.charts.base.chart import Chart
from kanban.render.charts.base.drawing import begin, can_draw, draw
from kanban.render.charts.base.wording import Links
from kanban.render.charts.fan import fan
from kanban.render.charts.forecasts import calibration, outcomes, pit_histogram, reliability
from kanban.render.environment import write_page
from kanban.render.markdown import with_code
from kanban.render.site_input import Material
from kanban.render.views.figures.by_owner_source_class import cut_figures
from kanban.render.views.figures.headlines import headlines
from kanban.render.views.figures.numbers import (
    NumbersView,
    Section,
    figures,
    highlights,
    law_box,
    remarks,
    suspicious_lines,
    target_lines,
    undrawn_note,
)
from kanban.render.views.monday import Chance, Counts, chances, counts, kept, read
from kanban.render.views.page import frame
from kanban.rituals.bottleneck import Bottleneck, bottleneck

ChartMaker = Callable[[Report, Links], Chart]

FLOW: tuple[ChartMaker, ...] = (
    throughput.throughput,
    cycle_time.cycle_time,
    ageing.ageing,
    flow.stock,
    flow.cumulative_flow,
    throughput.net_flow,
    limits.wip_against_limit,
    age_trend.age_trend,
)
SALES: tuple[ChartMaker, ...] = (money.months, deals.deals, causes.loss_reasons, causes.blockers, causes.slips)
PUBLIC_FLOW = (throughput.throughput, flow.stock, flow.cumulative_flow, throughput.net_flow, limits.wip_against_limit)
"""What everybody may see: counts over all cards, no card by itself, no group of fewer than three."""


class Numbers:
    """The numbers page: its charts are worked out once, and may be drawn beside until they are asked for."""

    def __init__(self, material: Material) -> None:
        self.material = material

    def begin(self) -> None:
        """Have the charts drawn: those of the past while the forecast is worked out."""
        if self.material.renderer is not None and self._report is not None and can_draw():
            self._begin(self._told.values())
            early = {id(one) for one in self._told.values()}
            self._begin(one for _anchor, _title, made in self._charts for one in made if id(one) not in early)

    def _begin(self, charts: Iterable[Chart]) -> None:
        specs = [one.spec for one in charts if one.spec is not None]
        if self.material.renderer is not None:
            begin(specs, self.material.known, self.material.renderer)

    def write(self) -> bytes:
        """The page."""
        page = replace(frame(self.material, "metrics.html", _("Numbers"), "numbers"), changes="")
        return write_page("numbers.html.jinja", page=page, numbers=self._view(page.root))

    @property
    def _report(self) -> Report | None:
        """The numbers, where there is one."""
        report = self.material.report
        return report if report is not None and report.ledger.first is not None else None

    @property
    def _outlook(self) -> Forecast | None:
        return None if self.material.is_public else self.material.forecast

    @cached_property
    def _told(self) -> dict[ChartMaker, Chart]:
        """The charts that ask nothing of the forecast."""
        if self._report is None:
            return {}
        links = Links(self.material.board)
        return {
            make: make(self._report, links) for make in (PUBLIC_FLOW if self.material.is_public else (*FLOW, *SALES))
        }

    @cached_property
    def _charts(self) -> list[tuple[str, str, list[Chart]]]:
        """Anchor, title and charts of each section."""
        material, report, told = self.material, self._report, self._told
        if report is None:
            return []
        held, fewest = _bottleneck(material), 3 if material.is_public else 1
        sales = [funnel.funnel(report, Links(material.board), fewest=fewest, held=held)]
        sales += [told[make] for make in SALES if make in told]
        flow_charts = [told[make] for make in FLOW if make in told]
        charts = [("flow", _("Flow"), flow_charts), ("sales", _("Sales"), sales)]
        outlook = self._outlook
        if outlook is not None:
            scored = outlook.backtest()
            looks = [calibration(report, scored), reliability(report, scored), pit_histogram(report, scored)]
            charts.append(("forecast", _("Forecast"), [outcomes(report, outlook), fan(report, outlook), *looks]))
        return charts

    def _view(self, root: str) -> NumbersView:
        """The page's view; without the whole history it says how to get it."""
        material, report, outlook = self.material, self._report, self._outlook
        if report is None:
            return NumbersView(missing=with_code(_missing(material)))
        charts = self._charts
        return NumbersView(
            missing=Markup(""),
            headlines=headlines(
                report,
                forecast=outlook,
                public=material.is_public,
                before=None if material.is_public else outlook_of(material)[1],
            ),
            sections=tuple(
                Section(
                    anchor,
                    title,
                    figures(((chart, drawing_of(chart, root, material)) for chart in made), public=material.is_public),
                    remarks(outlook) if outlook is not None and anchor == "forecast" else (),
                )
                for anchor, title, made in charts
            ),
            targets=() if material.is_public else target_lines(report),
            law=law_box(report),
            cuts=() if material.is_public else cut_figures(report),
            highlights=() if material.is_public else highlights(material.board),
            suspicious=() if material.is_public else suspicious_lines(report),
            undrawn=Markup("") if can_draw() else undrawn_note(sum(len(made) for _anchor, _title, made in charts)),
        )


def outlook_of(material: Material) -> tuple[tuple[Chance, ...], Counts | None]:
    """Forecast and last week's counts."""
    return read(material.recalled("monday", lambda: kept(chances(material.forecast), _week_ago(material))))


def _week_ago(material: Material) -> Counts | None:
    """The tiles' counts as the board stood seven days before; None where it was not there yet."""
    day = material.as_of - timedelta(days=7)
    history = material.history
    if history is None or not material.has_past or not history.events or history.events[0].at.date() > day:
        return None
    story = story_of(history, track_of(material.board.config), day)
    going = {card: journey for card, journey in story.journeys.items() if journey.is_open}
    told = ledger_told(replace(story, journeys=going), material.board, versions=material.versions)
    return counts(told.board, day)


def _bottleneck(material: Material) -> Bottleneck | None:
    """The one that the flow review names."""
    report, diagnosis = material.report, material.diagnosis
    return bottleneck(report, diagnosis.found) if report is not None and diagnosis is not None else None


def drawing_of(chart: Chart, root: str, material: Material) -> Markup:
    """The chart's drawing for a page from which `root` leads to the site's top; empty where it cannot be drawn."""
    if not can_draw() or chart.spec is None:
        return Markup("")
    return draw(chart.spec, root, material.known, material.renderer)


def _missing(material: Material) -> str:
    if material.history is None:
        return _("Numbers come from the git history, and there is none here: `kanban init . --git` begins one.")
    if material.history.shallow:
        return _(
            "This clone has only part of the history: `kanban doctor --repair` fetches the rest, then render again."
        )
    return _("Nothing has happened on this board yet: the first commit of a card begins the numbers.")
