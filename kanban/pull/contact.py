"""How much a contact bears: touches before a prospect is left alone (D10), bullets of a call note (D15, D54)."""

from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig


def most_touches(config: BoardConfig) -> int:
    """Outbound touches before a card goes back to nurturing."""
    return config.policies.touches


def touches_of(card: Card) -> int:
    """Touches counted on the card so far."""
    value = card.values.get("touches")
    return value if isinstance(value, int) else 0


def most_bullets(config: BoardConfig) -> int:
    """Bullets that a call note may have."""
    return config.policies.note_bullets
