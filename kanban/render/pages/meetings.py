"""Meeting pages: daily, weekly, flow review, objection workshop, diagnosis; internal sites only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kanban.i18n import _, current_language, ngettext
from kanban.i18n.formats import format_time
from kanban.metrics.report import Report
from kanban.model.settings.policies import WEEKDAYS
from kanban.paper.page import Page
from kanban.render.charts.base.drawing import can_draw
from kanban.render.charts.base.wording import Links
from kanban.render.charts.funnel import funnel
from kanban.render.charts.throughput import throughput
from kanban.render.environment import write_page
from kanban.render.markdown import with_code
from kanban.render.pages.numbers import drawing_of
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.figures.numbers import Figure, figures
from kanban.render.views.meetings import (
    CardNames,
    MeetingLine,
    agenda,
    cards_on,
    links_of,
    to_settle,
    verdict_of,
    words_of_lights,
)
from kanban.render.views.page import frame
from kanban.rituals.daily import build_daily
from kanban.rituals.daily_sheet import daily_sheet
from kanban.rituals.review import build_review
from kanban.rituals.review_sheet import review_sheet
from kanban.rituals.weekly import build_weekly
from kanban.rituals.weekly_sheet import weekly_sheet
from kanban.rituals.workshop import build_workshop
from kanban.rituals.workshop_sheet import workshop_sheet
from kanban.scripts.script import find_script, script_names

if TYPE_CHECKING:
    from kanban.diagnosis.diagnosis import Diagnosis

_SHOWN = 8
"""Entries of a step that are shown at once; the rest is folded."""

WORKING_SHEETS, FLOW_SHEETS = ("daily", "weekly"), ("review", "workshop")


def meeting_pages(material: Material) -> Iterator[PlannedFile]:
    """`meetings/….html`, but for those about the flow."""
    if material.is_public:
        return
    room = MeetingRoom(material)
    yield PlannedFile("meetings/index.html", room.overview)
    for name in WORKING_SHEETS:
        yield PlannedFile(f"meetings/{name}.html", partial(room.sheet_page, name))
    if material.open_findings is not None:
        yield PlannedFile("meetings/findings.html", partial(room.sheet_page, "findings"))


class MeetingRoom:
    """The sheets, each made when first asked for."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._made: dict[str, Page] = {}

    def sheet(self, name: str) -> Page:
        """The agenda of a meeting."""
        makers: dict[str, Callable[[], Page]] = {
            "daily": self._daily,
            "weekly": self._weekly,
            "review": self._review,
            "workshop": self._workshop,
            "findings": self._findings,
        }
        if name not in self._made:
            self._made[name] = makers[name]()
        return self._made[name]

    def _daily(self) -> Page:
        material = self.material
        past = material.past if material.has_past else None
        return daily_sheet(build_daily(material.board, past, material.clocks, material.as_of))

    def _weekly(self) -> Page:
        return weekly_sheet(build_weekly(self.material.board, self.material.clocks, self.material.as_of))

    @cached_property
    def _report(self) -> Report:
        report = self.material.report
        if report is None:
            raise ValueError("a meeting about the flow needs the whole history")
        return report

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        found = self.material.diagnosis
        if found is None:
            raise ValueError("a diagnosis needs the whole history")
        return found

    def _review(self) -> Page:
        return review_sheet(build_review(self._report, self.material.board, self._diagnosis.found))

    def _findings(self) -> Page:
        if self.material.findings is None:
            raise ValueError("the linter was not asked")
        return self.material.findings

    def _workshop(self) -> Page:
        files = self.material.board.files
        workshop = build_workshop(self._report.ledger, script_names(files))
        found = [find_script(files, name, current_language()) for name in workshop.scripts]
        return workshop_sheet(workshop, {one.name: (one.own_path, one.body.strip()) for one in found})

    def sheet_page(self, name: str) -> bytes:
        """One meeting's page."""
        sheet = self.sheet(name)
        charts = self._charts(name)
        sheets, scripts = (("numbers.css",), ("charts.js", "slides.js")) if charts else ((), ("slides.js",))
        address = f"meetings/{name}.html"
        page = frame(self.material, address, sheet.title, "meetings", sheets=sheets, scripts=scripts)
        told = {
            "agenda": agenda(sheet),
            "links": links_of(cards_on(sheet), self.material.board),
            "lights": words_of_lights(),
            "names": CardNames(self.material.board, "../"),
            "code": with_code,
            "charts": charts,
            "shown": _SHOWN,
        }
        return write_page("meeting.html.jinja", page=page, **told)

    def _charts(self, name: str) -> dict[str, Figure]:
        """The charts that say more than a sheet's own rows, by its sections; {} where none can be drawn."""
        if name != "review" or not can_draw():
            return {}
        report, links = self._report, Links(self.material.board)
        made = (throughput(report, links), funnel(report, links))
        drawn = figures((chart, drawing_of(chart, "../", self.material)) for chart in made)
        return {key: one for key, one in zip(("trend", "conversion"), drawn, strict=True) if one.drawing}

    def diagnosis_page(self) -> bytes:
        """The symptoms, with remedies."""
        page = frame(self.material, "meetings/diagnosis.html", _("Diagnosis"), "meetings")
        found = self._diagnosis
        links = links_of((name for row in found.found for name in row.cards), self.material.board)
        told = {"diagnosis": found, "verdict": verdict_of(found), "names": CardNames(self.material.board, "../")}
        return write_page("diagnosis.html.jinja", page=page, links=links, **told)

    def flow_pages(self) -> dict[str, Callable[[], bytes]]:
        """Address → what writes it, of the pages about the flow, which need the whole history."""
        made = {f"meetings/{name}.html": partial(self.sheet_page, name) for name in FLOW_SHEETS}
        return {**made, "meetings/diagnosis.html": self.diagnosis_page}

    def overview(self) -> bytes:
        """The list of meetings."""
        page = frame(self.material, "meetings/index.html", _("Meetings"), "meetings")
        return write_page("meetings.html.jinja", page=page, meetings=self._lines())

    def _lines(self) -> list[MeetingLine]:
        rituals = self.material.board.config.rituals
        times = {"daily": format_time(rituals.daily) if rituals.daily else ""}
        times |= {name: _weekly_time(getattr(rituals, name)) for name in ("weekly", "review", "workshop")}
        lines = [self._line(name, times.get(name, ""), to_settle(self.sheet(name))) for name in WORKING_SHEETS]
        if self.material.has_past:
            lines += [self._line(name, times[name], "") for name in FLOW_SHEETS]
            lines.append(MeetingLine(_("Diagnosis"), "diagnosis.html", "", "", _("symptoms and remedies")))
        if self.material.findings is not None:
            title, todo = self.material.findings.title, to_settle(self.material.findings)
            lines.append(MeetingLine(title, "findings.html", "", "", todo))
        return lines

    def _line(self, name: str, when: str, todo: str) -> MeetingLine:
        titles = {
            "daily": (_("Daily at the board"), 10),
            "weekly": (_("Replenishment and review"), 30),
            "review": (_("Flow review"), 20),
            "workshop": (_("Objection workshop"), 30),
        }
        title, minutes = titles[name]
        length = ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
        return MeetingLine(title, f"{name}.html", when, length, todo)


def _weekly_time(weekly: str) -> str:
    """`mon 10:00` in the reader's language."""
    if not weekly:
        return ""
    word, _space, clock = weekly.partition(" ")
    names = (_("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays"), _("Saturdays"), _("Sundays"))
    hour, minute = clock.split(":")
    return f"{names[WEEKDAYS.index(word)]} {format_time(time(int(hour), int(minute)))}"
