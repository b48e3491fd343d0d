"""Numbers in place of names: the same card, customer or person has the same number on every page."""

from collections.abc import Iterable

from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.privacy.words import folded


class Pseudonyms:
    """Numbers in the order in which cards appeared: a card keeps its number as others come and go."""

    def __init__(self, board: Board, history: History | None) -> None:
        order = [*(history.cards if history is not None else ()), *(card.id for card in board.cards)]
        self.ids = {card: f"c-{at:04}" for at, card in enumerate(dict.fromkeys(order), 1)}
        by_id = {card.id: card for card in board.cards}
        known = [by_id[card] for card in self.ids if card in by_id]
        self._accounts = _numbered(card.account for card in known)
        self._contacts = _numbered(card.contact for card in known)
        self._team = _numbered(card.get(key) for card in known for key in ("owner", "blocked_owner"))
        self._declared = {_folded(owner.name): owner.name for owner in board.config.owners}

    def account(self, card: Card) -> str:
        """`Account 12`, the same for all cards of one account; a card without one goes by its own number."""
        number = self._accounts.get(_folded(card.account))
        if number is None:
            return _("Opportunity {number}").format(number=self.ids[card.id][2:])
        return _("Account {number}").format(number=number)

    def contact(self, card: Card) -> str:
        """`Contact 7`."""
        return _("Contact {number}").format(number=self._contacts[_folded(card.contact)])

    def colleague(self, name: str) -> str:
        """The name of somebody whom the board declares under `owners:`, else `Owner 3`."""
        plain = _folded(name)
        return self._declared.get(plain) or _("Owner {number}").format(number=self._team[plain])


def _folded(name: str) -> str:
    return " ".join(folded(name).split())


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(_folded(name) for name in names if name), 1)}
