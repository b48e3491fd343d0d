"""Names of fields that people nearly typed."""

from difflib import get_close_matches

from kanban.i18n import _
from kanban.model.cards.board import plain
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.settings.board_yml import BoardConfig

CONTRADICTING = frozenset({"status", "statut", "stage", "state", "column", "colonne", "etape", "phase"})
"""Names of fields that would say where a card stands, which its folder says."""


def known_fields(config: BoardConfig) -> tuple[str, ...]:
    """Every field a card of this board can have."""
    return (*(field.key for field in CARD_FIELDS), *config.fields)


def nearest_field(key: str, config: BoardConfig) -> str:
    """The field that was most likely meant, "" when none is near."""
    close = get_close_matches(plain(key).replace("-", "_"), known_fields(config), n=1, cutoff=0.75)
    return close[0] if close else ""


def did_you_mean(key: str, config: BoardConfig) -> str:
    """The question, "" when no field is near."""
    meant = nearest_field(key, config)
    return _("did you mean `{key}`?").format(key=meant) if meant else ""
