"""What is recalled of weeks that are over is what would be worked out again, whatever happened to the board since."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.worlds import TRACK as WORLD_TRACK
from benchmarks.worlds import WORLDS, World
from kanban.forecast.ensemble import ensemble as ensembles
from kanban.forecast.ensemble.ensemble import Ensemble
from kanban.forecast.ensemble.known import Known
from kanban.forecast.evidence import evidence_known
from kanban.forecast.models import past_cards
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.past import Past
from kanban.forecast.recalled import Recalled
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import complete_mondays
from kanban.model.history.counting import known_by
from kanban.model.history.events import History
from tests.forecast.telling import TRACK
from tests.forecast.test_backtest import LATE_BOARDS, late_board

Board = list[tuple[int, list[tuple[str, int, int]]]]


def walked(history: History, track: Track, day: date, known: dict[str, str], ahead: int = 4) -> Ensemble | None:
    """What a run says that recalls what is `known`, and leaves there what it asked for."""
    past = known_by(history, day).as_of(day)
    evidence = evidence_known(past, track, day)
    if evidence.first is None:
        return None
    today = Known(day, evidence.first, evidence.weekly_wins, complete_mondays(evidence.first, day))
    model = CardModel(evidence, 7 * ahead)
    return Past(past, track, day, Recalled(known)).ensemble(today, model, ahead)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(LATE_BOARDS, st.integers(0, 300), st.integers(1, 4)), min_size=2, max_size=4))
def test_one_memory_serves_any_boards_on_any_days(drawn: list[tuple[Board, int, int]]) -> None:
    known: dict[str, str] = {}
    for cards, after, ahead in drawn:
        history, day = late_board(cards), date(2024, 3, 3) + timedelta(days=after)
        for _again in range(2):
            found = walked(history, TRACK, day, known, ahead)
            fresh = walked(history, TRACK, day, {}, ahead)
            assert (found.origins if found else None) == (fresh.origins if fresh else None)


def test_a_new_week_is_worked_out_and_those_before_are_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    history, last = World("small", 62, WORLDS[2].draw).history(3)
    asked: list[str] = []

    def counted(module: object, name: str) -> None:
        work = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: asked.append(name) or work(*given))

    counted(ensembles, "_places")
    counted(past_cards, "wins")
    known: dict[str, str] = {}
    before = last - timedelta(weeks=1)
    walked(history, WORLD_TRACK, before, known)
    assert (asked.count("_places"), asked.count("wins")) == (61, 57)
    asked.clear()
    warm = walked(history, WORLD_TRACK, last, known)
    assert asked.count("_places") <= 2
    assert asked.count("wins") <= 2
    cold = walked(history, WORLD_TRACK, last, {})
    assert warm is not None
    assert cold is not None
    assert warm.origins == cold.origins
    asked.clear()
    walked(history, WORLD_TRACK, last, known)
    assert asked == []


def test_a_walk_is_gone_on_with_where_the_same_is_known_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    history, last = World("small", 62, WORLDS[2].draw).history(3)
    made: list[date] = []
    forecast = Ensemble.forecast
    monkeypatch.setattr(Ensemble, "forecast", lambda self, known: made.append(known.day) or forecast(self, known))

    def days(history: History, day: date) -> int:
        made.clear()
        found = walked(history, WORLD_TRACK, day, known)
        count = len(made)
        fresh = walked(history, WORLD_TRACK, day, {})
        assert found is not None
        assert fresh is not None
        assert (found.origins, found.learned) == (fresh.origins, fresh.learned)
        return count

    known: dict[str, str] = {}
    before = last - timedelta(weeks=2)
    assert days(history, before) == 60
    assert days(history, before) == 1  # today's alone
    assert days(history, before + timedelta(days=3)) == 2
    assert days(history, last) == 2
    assert days(history, last - timedelta(weeks=1)) > 50  # what was noted is of a later day
    moved = next(at for at, event in enumerate(history.events) if event.kind == "moved")
    others = (*history.events[:moved], *history.events[moved + 1 :])
    assert days(History(others, history.head), last) > 50  # a card stood elsewhere for a while
    assert days(history, last) > 50
    assert json.loads(next(iter(known.values()))).keys() >= {"walk 4"}
