"""Which texts of a card name somebody: its customer, the people there, and the team."""

from collections.abc import Iterable, Iterator

from kanban.model.cards.card import Card

PEOPLE = ("contact", "first_name", "contact_email", "contact_phone", "decision_maker", "decision_makers")
"""Fields that name a person at the customer's."""

TEAM = ("owner", "blocked_owner")
"""Fields that name a person of the team."""

NAMING = ("account", *PEOPLE, *TEAM, "formerly")


def naming_texts(cards: Iterable[Card]) -> Iterator[str]:
    """Everything by which these cards name somebody, file names included."""
    for card in cards:
        yield card.id
        for key in NAMING:
            if text := card.get(key):
                yield text
