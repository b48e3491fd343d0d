"""Remembered: what an ensemble had learned up to a Sunday, as JSON has it: the same walk need not be gone again.

Numbers stand together in one text of bytes: there are a hundred thousand of them in ten years.
"""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from kanban.forecast.ensemble.calibration import Stretch
from kanban.forecast.ensemble.counts import LEVELS, Quantiles
from kanban.forecast.ensemble.ensemble import Ensemble, Origin
from kanban.forecast.ensemble.known import Known
from kanban.forecast.ensemble.simpler import Rival
from kanban.forecast.ensemble.spread import Faded


def told(ensemble: Ensemble) -> dict[str, Any]:
    """What it learned, and the forecasts that it made on its way."""
    numbers = array("d")
    learned, origins = ensemble.learned, []
    for one in ensemble.origins:
        names = [list(group) for group in (one.expected, one.candidates, one.simple, one.weights)]
        origins.append([one.ahead, one.begin.toordinal(), one.method, *names])
        numbers.append(one.stretch)
        for pair in one.expected.values():
            numbers.extend(pair)
        numbers.extend(one.weights.values())
        for quantiles in (*one.candidates.values(), *one.simple.values(), one.mixed, one.spread):
            numbers.extend(quantiles)
    return {
        "errors": _faded(learned.errors),
        "losses": _faded(learned.losses),
        "rivals": {name: list(one.differences) for name, one in learned.rivals.items()},
        "stretch": learned.stretch.log_factor,
        "origins": origins,
        "numbers": b64encode(numbers.tobytes()).decode("ascii"),
    }


def recall(ensemble: Ensemble, document: Mapping[str, Any], past: Sequence[Known]) -> None:
    """Put an ensemble where another one stood that had gone over the same Sundays, and was `told` of then."""
    numbers = array("d")
    numbers.frombytes(b64decode(document["numbers"]))
    rest = iter(numbers)
    for known, one in zip(past, document["origins"], strict=True):
        ensemble.keep(_origin(known, one, rest))
    learned = ensemble.learned
    learned.errors, learned.losses = _unfaded(document["errors"]), _unfaded(document["losses"])
    learned.rivals = {name: Rival(list(found)) for name, found in document["rivals"].items()}
    learned.stretch = Stretch(document["stretch"])


def _origin(known: Known, told: Sequence[Any], rest: Iterator[float]) -> Origin:
    ahead, begin, method, expected, candidates, simple, weights = told
    return Origin(
        known=known,
        ahead=ahead,
        begin=date.fromordinal(begin),
        stretch=next(rest),
        expected={name: (next(rest), next(rest)) for name in expected},
        weights={name: next(rest) for name in weights},
        candidates={name: _quantiles(rest) for name in candidates},
        simple={name: _quantiles(rest) for name in simple},
        method=method,
        mixed=_quantiles(rest),
        spread=_quantiles(rest),
    )


def _quantiles(rest: Iterator[float]) -> Quantiles:
    return tuple(islice(rest, len(LEVELS)))


def _faded(means: Mapping[str, Faded]) -> dict[str, list[float]]:
    return {name: [one.memory, one.weight, one.total] for name, one in means.items()}


def _unfaded(told: Mapping[str, Sequence[float]]) -> dict[str, Faded]:
    return {name: Faded(*found) for name, found in told.items()}
