"""Names of people that somebody nearly typed."""

from difflib import get_close_matches

from kanban.model.cards.board import plain
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.result import bare


def nearest_owner(name: str, config: BoardConfig) -> str:
    """The declared owner who was most likely meant, "" when none is near."""
    known = {plain(owner.name): owner.name for owner in config.owners}
    close = get_close_matches(plain(bare(name)), known, n=1, cutoff=0.75)
    return known[close[0]] if close else ""


def same_person(name: str, other: str) -> bool:
    """Whether two spellings differ by case, accents or spaces alone."""
    return plain(bare(name)) == plain(other)
