"""How much a contact bears: touches before a prospect is left alone (D10), bullets of a call note (D15, D54)."""

from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.catchup import comes_first


def most_touches(config: BoardConfig) -> int:
    """Outbound touches before a card goes back to nurturing."""
    return config.policies.touches


def touches_of(card: Card) -> int:
    """Touches counted on the card so far."""
    value = card.values.get("touches")
    return value if isinstance(value, int) else 0


def is_touched_out(config: BoardConfig, column: Column, card: Card) -> bool:
    """Whether the card has had its touches and no meeting came of them: it goes back to nurturing (D10)."""
    return column.is_open and not comes_first(column) and touches_of(card) >= most_touches(config) > 0


def most_bullets(config: BoardConfig) -> int:
    """Bullets that a call note may have."""
    return config.policies.note_bullets
