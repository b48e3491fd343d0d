"""What the forecast said at past origins beside what simpler rules would have, scored: rows of one table.

Origins: every h weeks counted back from the last week whose outcome is known, from the sixth week on, so that no two
horizons overlap; start-up and weeks without a win included. Coverage is p10 ≤ outcome ≤ p90 of what is reported, loss
the mean pinball loss at 10, 25, 50, 75 and 90 %. A verdict is the paired bootstrap of the losses' difference, 95 %:
`+` the forecast is better, `-` it is worse, `=` neither is proven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kanban.forecast.ensemble.calibration import whole
from kanban.forecast.ensemble.counts import Quantiles, convolved, inside, normal, pinball
from kanban.forecast.ensemble.known import Known
from kanban.forecast.ensemble.record import told
from kanban.forecast.evidence import evidence_known
from kanban.forecast.models.bootstrap import paired_difference
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.sheet_rule import sheet_rule
from kanban.forecast.past import Past
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import complete_mondays
from kanban.model.history.events import History

HORIZONS = (1, 2, 4)
BASES = ("sheet", "mc6", "mc26", "naive13", "naive52")
BAND = (0.72, 0.90)
_FIRST_WEEK = 6

Said = Mapping[str, Quantiles]
Library = Callable[[Sequence[int], int], Quantiles]


@dataclass(frozen=True)
class Origin:
    """What the forecast and each rule said on one day, and what came."""

    said: Quantiles
    bases: Said
    outcome: int


def origins(history: History, track: Track, last: date, ahead: int, library: Library | None = None) -> list[Origin]:
    """The origins of one board at one horizon, oldest first."""
    evidence = evidence_known(history, track, last)
    assert evidence.first is not None
    today = Known(last, evidence.first, evidence.weekly_wins, complete_mondays(evidence.first, last))
    ensemble = Past(history, track, last).ensemble(today, CardModel(evidence, 7 * ahead), ahead)
    found = []
    for origin, outcome in told(ensemble)[::-1][::ahead][::-1]:
        weekly = origin.known.weekly
        if len(weekly) >= _FIRST_WEEK:
            bases = baselines(weekly, ahead) | ({"library": library(weekly, ahead)} if library else {})
            found.append(Origin(origin.quantiles, bases, outcome))
    return found


def baselines(weekly: Sequence[int], ahead: int) -> dict[str, Quantiles]:
    """The sheet's rule as scored, Monte Carlo on 6 and 26 weeks, and what the same weeks brought a cycle ago."""
    rule = sheet_rule(weekly, ahead)
    assert rule is not None
    long = whole(convolved(weekly[-26:], ahead))
    return {
        "sheet": normal(rule.expected, rule.sigma or 0.0),
        "mc6": whole(convolved(weekly[-6:], ahead)),
        "mc26": long,
        "naive13": seasonal_naive(weekly, ahead, 13) or long,
        "naive52": seasonal_naive(weekly, ahead, 52) or long,
    }


def seasonal_naive(weekly: Sequence[int], ahead: int, lag: int) -> Quantiles | None:
    """The same weeks a cycle ago, with the spread of that rule's own past errors; None before there is a cycle."""
    size = len(weekly)
    if size < lag:
        return None
    mean = sum(weekly[size - lag : size - lag + ahead])
    errors = [
        sum(weekly[at : at + ahead]) - sum(weekly[at - lag : at - lag + ahead]) for at in range(lag, size - ahead + 1)
    ]
    spread = (sum(error * error for error in errors) / len(errors)) ** 0.5 if len(errors) >= 4 else mean**0.5
    return normal(mean, spread)


def header(*more: str) -> str:
    """The table's head in Markdown."""
    names = (*BASES, *more)
    top = " | ".join(("series", "h", "n", "10–90 % holds", "loss", "best of five, skill", *names))
    return f"| {top} |\n{'|---' * (6 + len(names))}|"


def row(name: str, ahead: int, found: Sequence[Origin]) -> str:
    """One line: coverage, loss, the best rule with the skill against it, then loss, verdict and coverage of each."""
    mine = [pinball(one.said, one.outcome) for one in found]
    held = sum(inside(one.said, one.outcome) for one in found) / len(found)
    cells, losses, verdicts = [], {}, {}
    for base in found[0].bases:
        theirs = [pinball(one.bases[base], one.outcome) for one in found]
        difference = paired_difference(mine, theirs)
        assert difference is not None
        losses[base] = sum(theirs) / len(theirs)
        verdicts[base] = "+" if difference.high < 0 else "-" if difference.low > 0 else "="
        share = sum(inside(one.bases[base], one.outcome) for one in found) / len(found)
        cells.append(f"{losses[base]:.3f} {verdicts[base]} {share:.0%}")
    loss = sum(mine) / len(mine)
    best = min(BASES, key=losses.__getitem__)
    skill = f"{best} {1 - loss / losses[best]:+.1%} {verdicts[best]}" if losses[best] else best
    out = "" if BAND[0] <= held <= BAND[1] else " **out**"
    return f"| {name} | {ahead} | {len(found)} | {held:.1%}{out} | {loss:.3f} | {skill} | {' | '.join(cells)} |"
