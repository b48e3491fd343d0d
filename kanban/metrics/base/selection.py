"""Selection: the cards of one owner, one source, one class of service, or of all.

The owner is the one the card had when it was closed, or has now; case and accents do not matter.
"""

from collections.abc import Iterable

from kanban.errors import NotFound
from kanban.i18n import _
from kanban.metrics.base.ledger import Ledger
from kanban.model.cards.board import plain
from kanban.model.cards.people import class_meant, source_meant
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What the cards must have in common; "" where it does not matter."""

    owner: str = ""
    source: str = ""
    service_class: str = ""

    def __bool__(self) -> bool:
        return bool(self.owner or self.source or self.service_class)


def select(ledger: Ledger, selection: Selection) -> Ledger:
    """The ledger of the selected cards alone; none for a name of `board.yml` that no card has yet.

    Raises NotFound for any other value that no card has, listing those there are.
    """
    if not selection:
        return ledger
    config, cards = ledger.config, ledger.journeys
    owners = [owner.name for owner in config.owners]
    classes = [one.key for one in config.classes]
    source = source_meant(selection.source, config) or selection.source
    service = class_meant(selection.service_class, config)
    values = (
        ("--owner", selection.owner, {card: ledger.owner(card) for card in cards}, owners),
        ("--source", source, {card: ledger.cards[card].source for card in cards}, config.sources),
        ("--class", service, {card: ledger.service_class(card) for card in cards}, classes),
    )
    kept = set(cards)
    for option, wanted, found, declared in values:
        if wanted:
            kept &= _fitting(option, wanted, found, declared)
    return ledger.only(kept.__contains__)


def _fitting(option: str, wanted: str, found: dict[str, str], declared: Iterable[str]) -> set[str]:
    fitting = {card for card, value in found.items() if plain(value) == plain(wanted)}
    if not fitting and plain(wanted) not in map(plain, declared):
        there = sorted({value for value in found.values() if value} | set(declared))
        message = _("{option}: no card has “{value}”").format(option=option, value=wanted)
        cure = _("there are {values}").format(values=", ".join(there)) if there else ""
        raise NotFound(message, cure=cure)
    return fitting
