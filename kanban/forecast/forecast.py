"""Forecast: all that the past of a board lets one expect on one day, each part computed when first asked for.

The same ledger and horizon give the same forecast, byte for byte: nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kanban.forecast.backtest import Backtest, backtest
from kanban.forecast.ensemble.calibration import stretched
from kanban.forecast.ensemble.counts import LEVELS, Quantiles
from kanban.forecast.ensemble.ensemble import CARDS, ENSEMBLE, Ensemble, Origin
from kanban.forecast.ensemble.known import Known
from kanban.forecast.ensemble.masses import poured
from kanban.forecast.ensemble.record import Record, record_of
from kanban.forecast.ensemble.regime import notes
from kanban.forecast.evidence import Evidence, evidence_of
from kanban.forecast.horizon import CONFIDENCES, FARTHEST_WEEKS, Horizon, horizon
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import Pmf, at_least
from kanban.forecast.models.sheet_rule import SheetRule, coverage, sheet_rule
from kanban.forecast.money import MoneyForecast, money
from kanban.forecast.past import Past
from kanban.forecast.quota import Attainment, attainments
from kanban.forecast.recalled import Recalled
from kanban.forecast.retold import only
from kanban.forecast.stress import Stress, stress
from kanban.forecast.whatif import Dropped
from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.ledger import Ledger, open_ledger
from kanban.metrics.base.weeks import WEEK, complete_mondays
from kanban.metrics.base.window import Window
from kanban.metrics.flow.cycle_time import Spread, cycle_time
from kanban.metrics.flow.throughput import RECENT_WEEKS
from kanban.model.cards.board import Board
from kanban.model.history.events import History
from kanban.model.settings.board_yml import BoardConfig

HORIZON_WEEKS = 4
PERCENTS = (10, 25, 50, 75, 90)


@dataclass(frozen=True)
class Forecast:
    """What to expect in the `weeks` weeks after the ledger's day."""

    ledger: Ledger
    weeks: int = HORIZON_WEEKS
    recalled: Recalled = field(default_factory=Recalled, compare=False, repr=False)

    @property
    def as_of(self) -> date:
        """The day on which the forecast is made; the weeks begin the day after."""
        return self.ledger.as_of

    @cached_property
    def evidence(self) -> Evidence:
        """What it rests on."""
        return evidence_of(self.ledger)

    @cached_property
    def model(self) -> CardModel:
        """The card model, good for a year ahead."""
        return CardModel(self.evidence, 7 * max(self.weeks, FARTHEST_WEEKS))

    @property
    def enough_history(self) -> bool:
        """Whether there are the six complete weeks that the sheet's rule asks for."""
        return len(self.evidence.weekly_wins) >= RECENT_WEEKS

    @property
    def told_from(self) -> date | None:
        """The first day on which there are so many; None before the first event."""
        first = self.evidence.first
        return None if first is None else first - timedelta(days=first.weekday() + 1) + WEEK * RECENT_WEEKS

    @cached_property
    def sheet(self) -> SheetRule | None:
        """The sheet's rule; None before the first complete week."""
        return sheet_rule(self.evidence.weekly_wins, self.weeks)

    @cached_property
    def sheet_coverage(self) -> Rate:
        """How many of this board's own outcomes the sheet's interval held."""
        return coverage(self.evidence.weekly_wins, self.weeks)

    @cached_property
    def today(self) -> Known | None:
        """What is known of the weekly wins; None before the first complete week."""
        found = self.evidence
        if found.first is None or not found.weekly_wins:
            return None
        return Known(self.as_of, found.first, found.weekly_wins, complete_mondays(found.first, self.as_of))

    @cached_property
    def past(self) -> Past:
        """What was known on the Sundays before."""
        ledger, history = self.ledger, self.ledger.history
        if ledger.restricted:
            history = only(history, ledger.journeys)
        return Past(history, ledger.track, self.as_of, self.recalled)

    def learned(self, weeks: int) -> Ensemble | None:
        """What the board's record has taught at a horizon; None before the first complete week."""
        return None if self.today is None else self.past.ensemble(self.today, self.model, weeks)

    @cached_property
    def ensemble(self) -> Ensemble | None:
        """What it has taught at this forecast's."""
        return self.learned(self.weeks)

    @property
    def origin(self) -> Origin | None:
        """The forecast of wins as it is made today; None before the first complete week."""
        return self.ensemble.origins[-1] if self.ensemble else None

    @property
    def before(self) -> Origin | None:
        """The forecast as it was made on the last Sunday a week ago or earlier; None where none was."""
        made = self.ensemble.origins if self.ensemble and self.enough_history else []
        return next((one for one in reversed(made) if one.day <= self.as_of - WEEK), None)

    @cached_property
    def record(self) -> Record:
        """What its interval held before."""
        return record_of(self.ensemble)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Why the past may be no guide."""
        return notes(self.today, self.weeks, self.record.missed_in_a_row) if self.today else ()

    @cached_property
    def wins(self) -> Pmf | None:
        """The recommended distribution of wins; None before the first complete week."""
        return None if self.origin is None else poured(self.origin.spread)

    @cached_property
    def recommended(self) -> Mapping[int, int]:
        """Quantiles of the recommended distribution by percent; {} when there is none."""
        if self.origin is None:
            return {}
        return {percent: int(self.origin.quantiles[LEVELS.index(percent / 100)]) for percent in PERCENTS}

    @cached_property
    def at_least(self) -> Mapping[int, int]:
        """Confidence in percent → the wins there will be at least; {} when there is no forecast."""
        return {} if self.wins is None else {level: at_least(self.wins, level / 100) for level in CONFIDENCES}

    @cached_property
    def methods(self) -> Mapping[str, Quantiles]:
        """Every method's fractional quantiles, by its name, the ensemble first."""
        found = self.origin
        return {ENSEMBLE: stretched(found.mixed, found.stretch), **found.simple, **found.candidates} if found else {}

    def outlook(self, weeks: int) -> Pmf | None:
        """The wins of another number of weeks, with what was learned at this horizon."""
        if self.ensemble is None or self.today is None:
            return None
        return poured(self.ensemble.forecast(self.today, weeks).spread)

    def drop(self, cards: tuple[str, ...]) -> Dropped | None:
        """What leaving these open cards does to the forecast; None before the first complete week."""
        origin, wins = self.origin, self.wins
        if self.ensemble is None or origin is None or wins is None:
            return None
        without = frozenset(cards)
        after = self.ensemble.forecast(
            origin.known, cards=lambda _known, weeks: self.model.quantiles(7 * weeks, without)
        )
        chances = {card: self.chances[card] for card in cards if card in self.chances}
        say = origin.weights.get(CARDS, 0.0) if origin.method == ENSEMBLE else 0.0
        return Dropped(cards, chances, wins, poured(after.spread), say)

    def backtest(self, weeks: int | None = None) -> Backtest:
        """What came of the forecasts that were made before, of these or of other many weeks."""
        found = self.ensemble if weeks in (None, self.weeks) else self.learned(weeks or self.weeks)
        return backtest(found) if found else Backtest(weeks or self.weeks, ())

    @cached_property
    def chances(self) -> Mapping[str, float]:
        """Open card → probability of being won within the weeks, the likeliest first."""
        found = self.model.chances(7 * self.weeks)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def stress(self) -> Stress:
        """W against its history."""
        return stress(self.evidence)

    @cached_property
    def lead_time(self) -> Spread:
        """L: days from start to win, of all won cards."""
        return cycle_time(self.evidence.journeys.values(), Window(self.as_of)).won

    @cached_property
    def money(self) -> tuple[MoneyForecast, ...]:
        """What the open deals may bring."""
        return money(self.ledger, self.chances)

    @cached_property
    def quotas(self) -> tuple[Attainment, ...]:
        """What was to be won, and the pace."""
        return attainments(self.ledger, self.outlook if self.enough_history else lambda weeks: None)

    def when(self, wins: int) -> Horizon:
        """By when so many more wins will have come."""
        return horizon(self.outlook, self.as_of, wins)


def forecast_of(ledger: Ledger, *, weeks: int = HORIZON_WEEKS, recalled: Recalled | None = None) -> Forecast:
    """The forecast on a ledger's day; `recalled` knows what was worked out before about weeks that are over."""
    return Forecast(ledger, weeks, recalled or Recalled())


def build_forecast(
    history: History, config: BoardConfig, board: Board, as_of: date, *, weeks: int = HORIZON_WEEKS
) -> Forecast:
    """The forecast from a history and the board as it is read, where no ledger is at hand; `config` is the board's."""
    return Forecast(open_ledger(Board(config, board.cards), history, as_of), weeks)
