"""A card's three clocks in days, and those of many cards; what runs them is in `kanban.metrics.base.clocks`."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from kanban.model.cards.card import Card
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Clocks:
    """The three clocks, in days. `age_days` is None for a closed card and before its start."""

    age_days: int | None
    column_days: int
    idle_days: int


class CardClocks(Mapping[str, Clocks]):
    """Card id → its clocks, each worked out when it is asked for: of most closed cards nobody asks."""

    def __init__(self, cards: Iterable[Card], read: Callable[[str], Clocks | None]) -> None:
        self._cards = dict.fromkeys(card.id for card in cards)
        self._read = read
        self._found: dict[str, Clocks | None] = {}

    def _of(self, card: str) -> Clocks | None:
        if card not in self._found:
            self._found[card] = self._read(card) if card in self._cards else None
        return self._found[card]

    def __getitem__(self, card: str) -> Clocks:
        found = self._of(card)
        if found is None:
            raise KeyError(card)
        return found

    def __iter__(self) -> Iterator[str]:
        return (card for card in self._cards if self._of(card) is not None)

    def __len__(self) -> int:
        return sum(1 for _card in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None
