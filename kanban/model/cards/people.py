"""What the board calls its people's roles and where opportunities come from, and what a person meant by a word."""

from collections.abc import Callable

from kanban.model.cards.board import Board, plain
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.choices import read_choice

ROLES = ("SDR", "AE")


def roles_of(config: BoardConfig) -> tuple[str, ...]:
    """The roles a card may have: SDR, AE, and those that the board's owners have."""
    return tuple(dict.fromkeys((*ROLES, *(owner.role for owner in config.owners if owner.role))))


def role_meant(text: str, config: BoardConfig) -> str:
    """The role as it is written, whatever the case; "" when nobody has it."""
    return read_choice(text, roles_of(config)).value or ""


def is_stray_role(text: str, config: BoardConfig) -> bool:
    """Whether a role is written that nobody has on this board."""
    return bool(text) and not role_meant(text, config)


def source_meant(text: str, config: BoardConfig) -> str:
    """The board's own word for a source, typed in either language; "" when it is none of its sources."""
    return read_choice(text, config.sources).value or ""


def class_meant(text: str, config: BoardConfig) -> str:
    """The key of the class of service that a person named; what is none of the board's stands for itself."""
    return read_choice(text, {one.key: one.name or one.key for one in config.classes}).value or text


def owners_of(board: Board) -> tuple[str, ...]:
    """Who is in charge of cards here: those the board declares, then those whom its open cards name."""
    declared = (one.name for one in board.config.owners)
    return tuple(dict.fromkeys([*declared, *(card.owner for card in board.open_cards if card.owner)]))


def owner_meant(text: str, board: Board) -> str:
    """The one owner who is written so, case aside, and accents where none is typed; "" for nobody and for two."""
    names = owners_of(board)
    ways: list[Callable[[str], str]] = [str, str.casefold]
    for same in [*ways, plain] if plain(text) == text.casefold() else ways:
        fits = [name for name in names if same(name) == same(text)]
        if fits:
            return fits[0] if len(fits) == 1 else ""
    return ""
