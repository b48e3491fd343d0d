"""Forecast: all that the past of a board lets one expect on one day, each part computed when first asked for.

The same ledger and horizon give the same forecast, byte for byte: nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kanban.forecast.evidence import Evidence, evidence_of
from kanban.forecast.horizon import CONFIDENCES, FARTHEST_WEEKS, Horizon, horizon
from kanban.forecast.methods import CARDS, MONTE_CARLO, MONTE_CARLO_LONG, RECOMMENDED, WEEKS
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import Pmf, at_least, quantiles
from kanban.forecast.models.gamma_poisson import WEEKS_KEPT, gamma_poisson
from kanban.forecast.models.mixture import mixture
from kanban.forecast.models.sheet_rule import SheetRule, coverage, sheet_rule
from kanban.forecast.models.throughput_convolution import throughput_convolution
from kanban.forecast.money import MoneyForecast, money
from kanban.forecast.quota import Attainment, attainments
from kanban.forecast.stress import Stress, stress
from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.ledger import Ledger, open_ledger
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

    @cached_property
    def sheet(self) -> SheetRule | None:
        """The sheet's rule; None before the first complete week."""
        return sheet_rule(self.evidence.weekly_wins, self.weeks)

    @cached_property
    def sheet_coverage(self) -> Rate:
        """How many of this board's own outcomes the sheet's interval held."""
        return coverage(self.evidence.weekly_wins, self.weeks)

    @cached_property
    def wins(self) -> Pmf | None:
        """The recommended distribution of wins; None before the first complete week."""
        return mixture(self.model, self.weeks)

    @cached_property
    def recommended(self) -> Mapping[int, int]:
        """Quantiles of the recommended distribution by percent; {} when there is none."""
        return {} if self.wins is None else quantiles(self.wins, PERCENTS)

    @cached_property
    def at_least(self) -> Mapping[int, int]:
        """Confidence in percent → the wins there will be at least; {} when there is no forecast."""
        return {} if self.wins is None else {level: at_least(self.wins, level / 100) for level in CONFIDENCES}

    @cached_property
    def methods(self) -> Mapping[str, Pmf]:
        """Every method that gives a distribution, by its name."""
        weekly = self.evidence.weekly_wins
        found = {
            RECOMMENDED: self.wins,
            CARDS: self.model.wins(7 * self.weeks) if weekly else None,
            WEEKS: gamma_poisson(weekly, self.weeks),
            MONTE_CARLO: throughput_convolution(weekly[-RECENT_WEEKS:], self.weeks),
            MONTE_CARLO_LONG: throughput_convolution(weekly[-WEEKS_KEPT:], self.weeks),
        }
        return {name: pmf for name, pmf in found.items() if pmf is not None}

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
        return attainments(self.ledger, self.model)

    def when(self, wins: int) -> Horizon:
        """By when so many more wins will have come."""
        return horizon(self.model, wins)


def forecast_of(ledger: Ledger, *, weeks: int = HORIZON_WEEKS) -> Forecast:
    """The forecast on a ledger's day."""
    return Forecast(ledger, weeks)


def build_forecast(
    history: History, config: BoardConfig, board: Board, as_of: date, *, weeks: int = HORIZON_WEEKS
) -> Forecast:
    """The forecast from a history and the board as it is read, where no ledger is at hand; `config` is the board's."""
    return Forecast(open_ledger(Board(config, board.cards), history, as_of), weeks)
