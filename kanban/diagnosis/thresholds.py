"""Thresholds: from where on a symptom is reported. One table; a board may set any of them in `board.yml`.

diagnosis:
  thresholds: {offer-days: 14, negotiation-win-rate: 30 %}
  off: [D42]
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from kanban.model.settings.board_yml import BoardConfig

DEFAULTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "weeks": ("13", "complete weeks over which rates are taken"),
        "decided": ("8", "decided cards below which a rate says nothing"),
        "negotiation-win-rate": ("0.30", "D36: share of the decided offers that are won, below"),
        "negotiation-load": (
            "1",
            "D36: cards in negotiation / its WIP limit (without one: W / (1.5 × its history)), from",
        ),
        "meeting-days": ("14", "D37: days in the meeting column, above"),
        "meeting-stuck": ("3", "D37: cards that long in the meeting column, from"),
        "meeting-replanned": ("3", "D37: cards in the meeting column whose date was put off before it came, from"),
        "fixed-date-days": ("45", "D38: days ahead within which a fixed date is looked at"),
        "fixed-date-chance": ("0.5", "D38: probability of being won by the date, below"),
        "meeting-rate": ("0.40", "D39: share of the cards decided in the meeting column that went on, below"),
        "offer-days": ("10", "D40: days in the offer column, above"),
        "offer-stuck": ("3", "D40: cards that long in the offer column, from"),
        "offer-share": ("0.5", "D40: and their share of the column, from"),
        "negotiation-days": ("20", "D41: days in negotiation, above"),
        "negotiation-stuck": ("2", "D41: cards that long in negotiation, from"),
        "expedite-share": ("0.15", "D42: share of the cards started in the weeks that are Expedite, above"),
        "dispersion": ("2", "D43: variance of the weekly wins / their mean (1 is pure chance), above"),
        "dispersion-weeks": ("8", "D43: complete weeks below which it says nothing"),
    }
)
"""Name → default and meaning."""


def threshold(config: BoardConfig, name: str) -> float:
    """The board's value of a threshold, else the default."""
    own = config.diagnosis.thresholds.get(name)
    return float(Decimal(DEFAULTS[name][0]) if own is None else own)


SYMPTOM_IDS = tuple(f"D{number}" for number in range(36, 44))
"""The symptoms that may be switched off, by their row of the sheet."""


def unknown_names(config: BoardConfig) -> tuple[str, ...]:
    """Names under `diagnosis:` that mean nothing: thresholds and symptoms that do not exist."""
    wrong = [name for name in config.diagnosis.thresholds if name not in DEFAULTS]
    return (*wrong, *(name for name in config.diagnosis.off if name.upper() not in SYMPTOM_IDS))
