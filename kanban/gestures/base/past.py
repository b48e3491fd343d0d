"""The past that numbers are worked out from must be all of it."""

from kanban.errors import ShallowHistory
from kanban.i18n import _
from kanban.model.history.events import History


def whole(history: History) -> History:
    """The history, if all of it is there. Raises ShallowHistory."""
    if history.shallow:
        raise ShallowHistory(
            _("this clone has only part of the history, so the numbers would be wrong"),
            cure=_("`kanban doctor --repair` fetches the rest; in CI, fetch with depth 0"),
        )
    return history
