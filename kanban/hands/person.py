"""Who looks at a board that a hand shows."""

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import plain
from kanban.model.settings.board_yml import BoardConfig


def person_meant(config: BoardConfig, name: str) -> str:
    """The declared owner who is meant. Raises KanbanError for a name that a board with owners does not know."""
    meant = [one.name for one in config.owners if plain(one.name) == plain(name)]
    if name and config.owners and not meant:
        message = _("nobody is called “{name}” here").format(name=name)
        raise KanbanError(
            message, cure=_("there are {values}").format(values=", ".join(one.name for one in config.owners))
        )
    return meant[0] if meant else name
