"""Selection: the cards of one owner, one source, one class of service, or of all.

The owner is the one the card had when it was closed, or has now; case and accents do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from kanban.errors import NotFound
from kanban.i18n import _
from kanban.metrics.ledger import Ledger
from kanban.model.board import plain


@dataclass(frozen=True, slots=True)
class Selection:
    """What the cards must have in common; "" where it does not matter."""

    owner: str = ""
    source: str = ""
    service_class: str = ""

    def __bool__(self) -> bool:
        return bool(self.owner or self.source or self.service_class)


def select(ledger: Ledger, selection: Selection) -> Ledger:
    """The ledger of the selected cards alone. Raises NotFound for a value that no card has, listing those there are."""
    if not selection:
        return ledger
    values = {
        "--owner": (selection.owner, {card: ledger.owner(card) for card in ledger.journeys}),
        "--source": (selection.source, {card: ledger.cards[card].source for card in ledger.journeys}),
        "--class": (selection.service_class, {card: ledger.service_class(card) for card in ledger.journeys}),
    }
    kept = set(ledger.journeys)
    for option, (wanted, found) in values.items():
        if wanted:
            kept &= _fitting(option, wanted, found)
    return ledger.only(kept.__contains__)


def _fitting(option: str, wanted: str, found: dict[str, str]) -> set[str]:
    fitting = {card for card, value in found.items() if plain(value) == plain(wanted)}
    if not fitting:
        there = sorted({value for value in found.values() if value})
        message = _("{option}: no card has “{value}”").format(option=option, value=wanted)
        cure = _("there are {values}").format(values=", ".join(there)) if there else ""
        raise NotFound(message, cure=cure)
    return fitting
