"""Names of fields that people nearly typed."""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of, fields_meant, key_named, nearest_field
from kanban.model.settings.board_yml import BoardConfig

CONTRADICTING = frozenset({"status", "statut", "stage", "state", "column", "colonne", "etape", "phase"})
"""Names of fields that would say where a card stands, which its folder says."""


def did_you_mean(key: str, config: BoardConfig) -> str:
    """The question, "" when no field is near."""
    if several := fields_meant(key, config):
        return _("write {fields}").format(fields=_(" or ").join(f"`{one}:`" for one in several))
    meant = nearest_field(key, config)
    return _("did you mean `{key}`?").format(key=meant) if meant else ""


def renaming(card: Card, called: str, config: BoardConfig) -> tuple[Fix | None, str]:
    """The fix and the cure for a key that is another name of a field which the card has not; (None, "") for others."""
    key = key_named(called, config)
    if key == called or field_of(key, config) is None or card.has(key) or not card.readable:
        return None, ""

    def change(data: bytes | None) -> bytes | None:
        from kanban.model.text.edit.splice import rename_field

        return None if data is None else rename_field(data, called, key)

    return Fix(card.path, _("call it `{key}`").format(key=key), change), _("write `{key}:`").format(key=key)
