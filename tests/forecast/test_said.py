"""What is said of the wins to come, and what it rests on, as the record grows: one golden text per language.

`pytest --update-golden` rewrites them; look at the difference before committing it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from kanban.forecast import wording
from kanban.forecast.ensemble import regime
from kanban.forecast.forecast import Forecast, forecast_of
from kanban.i18n.catalogue import set_language
from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.report import build_report
from kanban.model.history.events import Event, History
from kanban.render.views.figures.headlines import headlines
from tests.boards import board_of
from tests.forecast.telling import PARIS

GOLDEN = Path(__file__).parent / "golden"
START = date(2023, 1, 2)
ORIGINS = (0, 3, 8, 20, 100)


def forecast_after(weekly: list[int], *, weeks: int = 1) -> Forecast:
    """A board on which so many cards were won each week, on the Sunday that ends the last one."""
    config = "title: T\nlanguage: en\ncolumns:\n  - {key: p, name: P}\n  - {key: w, name: W, kind: won}\n"
    events = []
    for week, wins in enumerate(weekly):
        for number in range(wins):
            card, at = f"c{week}-{number}", datetime.combine(START + timedelta(weeks=week), time(9), PARIS)
            for kind, before, column, day in (("created", None, "p", at), ("moved", "p", "w", at + timedelta(days=2))):
                events.append(Event(card, kind, before, column, day, day, "zoe", "c", f"{column}/{card}.md", "b"))
    if not events or not weekly[0]:
        at = datetime.combine(START, time(9), PARIS)
        events.append(Event("first", "created", None, "p", at, at, "zoe", "c", "p/first.md", "b"))
    history = History(tuple(sorted(events, key=lambda event: event.at)))
    last = START + timedelta(weeks=len(weekly), days=-1)
    return forecast_of(open_ledger(board_of({}, config, today=last), history, last), weeks=weeks)


def said(forecast: Forecast) -> str:
    """Everything that is said of the wins ahead, on a terminal and at the top of the numbers page."""
    shown = headlines(build_report(forecast.ledger), forecast=forecast)[-1]
    lines = (
        wording.title(forecast), wording.recommended_text(forecast), wording.at_least_text(forecast),
        *wording.notes_text(forecast), wording.method_text(forecast),
        f"[{shown.label}] {shown.value} {shown.unit} {shown.target}".rstrip(),
    )  # fmt: skip
    return "\n".join(line for line in lines if line)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_said_as_the_record_grows(language: str, update_golden: bool) -> None:
    random = Random(8)
    weekly = [2, *(random.choice((0, 1, 1, 2, 3, 5)) for _week in range(100))]
    set_language(language)
    found = []
    for origins in ORIGINS:
        forecast = forecast_after(weekly[: origins + 1])
        assert forecast.record.held.n == origins
        assert forecast.record.promises is (origins >= 12)
        found.append(f"# {origins}\n{said(forecast)}\n")
    path = GOLDEN / f"said.{language}.txt"
    if update_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(found), encoding="utf-8")
    assert "\n".join(found) == path.read_text(encoding="utf-8")


STEADY = [10, 9, 11, 10, 8, 12, 10, 10, 9, 11] * 3

NOTES = [
    # weekly wins | notes
    ([0, 0, 0], (regime.NO_WIN_YET,)),
    ([0] * 10 + [9, 11, 10], (regime.START_UP,)),
    ([0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], ()),
    (STEADY, ()),
    ([*STEADY, 20, 22, 19, 21, 20, 23], (regime.DOUBLED,)),
    ([*STEADY, 4, 5, 3, 4, 5, 4], (regime.HALVED,)),
    (([10] * 51 + [1]) * 2 + [10] * 51, (regime.HOLIDAYS,)),
]


@pytest.mark.parametrize(("weekly", "notes"), NOTES, ids=str)
def test_notes(weekly: list[int], notes: tuple[str, ...]) -> None:
    assert tuple(note for note in forecast_after(weekly).notes if note != regime.MISSED) == notes


def test_three_misses_in_a_row_take_the_promise_back() -> None:
    forecast = forecast_after([10, 11, 9, 10] * 8 + [40, 0, 60])
    assert forecast.record.missed_in_a_row >= 3
    assert not forecast.record.promises
    assert regime.MISSED in forecast.notes
    assert wording.at_least_text(forecast) == ""
    assert "but none of the last 3" in wording.recommended_text(forecast)


def test_a_proven_simpler_method_is_used_and_named() -> None:
    """Where the sheet's rule is always right and the mixture is not, it takes over."""
    forecast = forecast_after([5] * 6 + [30] * 60)
    assert forecast.origin is not None
    named = forecast.origin.method
    assert named in ("ensemble", "sheet", "monte-carlo-6", "monte-carlo-26")
    if named != "ensemble":
        assert wording.method_name(named) in wording.method_text(forecast)


def test_the_same_day_says_the_same() -> None:
    weekly = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]
    one, other = forecast_after(weekly, weeks=2), forecast_after(weekly, weeks=2)
    assert repr(one.origin) == repr(other.origin)
    low, high = one.origin.range if one.origin else (0, 0)
    assert 0 <= low <= one.recommended[50] <= high
