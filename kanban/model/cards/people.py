"""What the board calls its people's roles and where opportunities come from, and what a person meant by a word."""

from collections.abc import Iterable

from kanban.i18n import in_every_language
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.choices import fold

ROLES = ("SDR", "AE")


def roles_of(config: BoardConfig) -> tuple[str, ...]:
    """The roles a card may have: SDR, AE, and those that the board's owners have."""
    return tuple(dict.fromkeys((*ROLES, *(owner.role for owner in config.owners if owner.role))))


def role_meant(text: str, config: BoardConfig) -> str:
    """The role as it is written, whatever the case; "" when nobody has it."""
    return _meant(text, roles_of(config))


def source_meant(text: str, config: BoardConfig) -> str:
    """The board's own word for a source, typed in either language; "" when it is none of its sources."""
    return _meant(text, config.sources)


def _meant(text: str, words: Iterable[str]) -> str:
    listed = tuple(words)
    if text in listed:
        return text
    meant = [word for word in listed if fold(text) in map(fold, (word, *in_every_language(word)))]
    return meant[0] if len(meant) == 1 else ""
