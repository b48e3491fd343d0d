"""How much a contact bears: touches before a prospect is left alone (D10), bullets of a call note (D15, D54)."""

import re

from kanban.i18n import N_, in_every_language
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.catchup import comes_first

CHANNELS = (N_("call"), N_("mail"), N_("linkedin"), N_("other"))
WAYS = CHANNELS[:3]
"""The ways in which a prospect is approached, each once before any is tried again (D10)."""
TOUCH_NOTE = N_("touch {number}: {channel}")


def most_touches(config: BoardConfig) -> int:
    """Outbound touches before a card goes back to nurturing."""
    return config.policies.touches


def touches_of(card: Card) -> int:
    """Touches counted on the card so far."""
    value = card.values.get("touches")
    return value if isinstance(value, int) else 0


def ways_tried(card: Card) -> tuple[str, ...]:
    """The channels by which the card was touched, as far as its notes tell, in either language."""
    said = {word.casefold(): channel for channel in CHANNELS for word in (channel, *in_every_language(channel))}
    heads = {re.escape(form.partition(" ")[0]) for form in in_every_language(TOUCH_NOTE)}
    found = re.findall(rf"^\s*[-*+•]\s+(?:{'|'.join(sorted(heads))})\s+\d+\s*:\s*(.+?)\s*$", card.body, re.M)
    return tuple(dict.fromkeys(said[one.casefold()] for one in found if one.casefold() in said))


def ways_left(card: Card) -> tuple[str, ...]:
    """The ways that were not tried yet, in the order in which they come."""
    tried = ways_tried(card)
    return tuple(one for one in WAYS if one not in tried)


def is_touched_out(config: BoardConfig, column: Column, card: Card) -> bool:
    """Whether the card has had its touches and no meeting came of them: it goes back to nurturing (D10)."""
    return column.is_open and not comes_first(column) and touches_of(card) >= most_touches(config) > 0


LONGEST_POINT = 280
"""Characters of one point of a note that everybody still reads."""


def most_bullets(config: BoardConfig) -> int:
    """Bullets that a call note may have."""
    return config.policies.note_bullets
