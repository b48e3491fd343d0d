"""Names of people that somebody nearly typed."""

from kanban.model.cards.board import plain
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.plain import nearest
from kanban.model.typed.result import bare


def nearest_owner(name: str, config: BoardConfig) -> str:
    """The declared owner who was most likely meant, "" when none is near."""
    known = {plain(owner.name): owner.name for owner in config.owners}
    close = nearest(plain(bare(name)), known, most=1, alike=0.75)
    return known[close[0]] if close else ""


def same_person(name: str, other: str) -> bool:
    """Whether two spellings differ by case, accents or spaces alone."""
    return plain(bare(name)) == plain(other)
