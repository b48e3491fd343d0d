"""Diagnosis: every symptom of the table looked for on one board, on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kanban.diagnosis import (
    endless_negotiation,
    erratic_forecasts,
    fixed_dates,
    fruitless_meetings,
    lost_negotiations,
    stagnant_meetings,
    stuck_offers,
    too_many_expedites,
)
from kanban.diagnosis.case import Case
from kanban.diagnosis.symptom import ABSENT, FOUND, OFF, UNKNOWN, Action, Finding, Symptom
from kanban.forecast.forecast import Forecast, forecast_of
from kanban.i18n import _
from kanban.metrics.base.ledger import Ledger

SYMPTOMS: tuple[Symptom, ...] = (
    lost_negotiations.SYMPTOM,
    stagnant_meetings.SYMPTOM,
    fixed_dates.SYMPTOM,
    fruitless_meetings.SYMPTOM,
    stuck_offers.SYMPTOM,
    endless_negotiation.SYMPTOM,
    too_many_expedites.SYMPTOM,
    erratic_forecasts.SYMPTOM,
)


@dataclass(frozen=True)
class Row:
    """One symptom: whether it is there (`found`, `absent`, `unknown`: too little data, `off`), why, and what helps.

    `column` is the key of the column in which it shows, "" for the whole board; `indicator` names what the remedies
    should move, such as `conversion-offre`.
    """

    id: str
    title: str
    state: str
    evidence: tuple[str, ...]
    numbers: Mapping[str, float | int | None]
    cards: tuple[str, ...]
    remedies: tuple[str, ...]
    actions: tuple[Action, ...]
    column: str
    indicator: str


@dataclass(frozen=True)
class Diagnosis:
    """All rows, in the order of the table, in the language in force when it was made."""

    as_of: date
    rows: tuple[Row, ...]

    def of(self, state: str) -> tuple[Row, ...]:
        """The rows in one state."""
        return tuple(row for row in self.rows if row.state == state)

    @property
    def found(self) -> tuple[Row, ...]:
        """The symptoms that are there."""
        return self.of(FOUND)

    @property
    def absent(self) -> tuple[Row, ...]:
        """Those that were looked for and are not."""
        return self.of(ABSENT)

    @property
    def unknown(self) -> tuple[Row, ...]:
        """Those on which there is too little data."""
        return self.of(UNKNOWN)


def diagnose(ledger: Ledger, forecast: Forecast | None = None) -> Diagnosis:
    """The diagnosis on a ledger's day; symptoms under `diagnosis: off` are not looked for.

    `forecast` is the ledger's, where it is at hand already.
    """
    case = Case(ledger, forecast or forecast_of(ledger))
    off = {name.upper() for name in ledger.config.diagnosis.off}
    return Diagnosis(ledger.as_of, tuple(_row(one, case, one.id in off) for one in SYMPTOMS))


def _row(symptom: Symptom, case: Case, off: bool) -> Row:
    found = Finding(OFF) if off else symptom.look(case)
    remedies = tuple(map(_, symptom.remedies)) if found.state == FOUND else ()
    column = case.stage(symptom.stage) if symptom.stage else None
    return Row(
        id=symptom.id,
        title=_(symptom.title),
        state=found.state,
        evidence=found.evidence,
        numbers=found.numbers,
        cards=found.cards,
        remedies=remedies,
        actions=found.actions,
        column=column.key if column else "",
        indicator=f"{symptom.figure}-{column.key}" if column else symptom.figure,
    )
