"""What the index knows of a session's past, so that no history need be read for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kanban.errors import NotARepository
from kanban.i18n import current_language
from kanban.repository.git.plain_files import checked_out, is_plainly_whole
from kanban.repository.kept.known_clocks import KnownClocks

if TYPE_CHECKING:
    from kanban.commands.base.session import Session

T = TypeVar("T")


def is_still_so(session: Session) -> bool:
    """Whether it is known that nothing happened to the board after the session's day."""
    if not session.looks_back:
        return True
    known = None if session.known else known_clocks(session)
    last = known.last("change") if known is not None else None
    return last is not None and last <= session.today


def told_once(session: Session, make: Callable[[], T], *what: str) -> T:
    """What is told of the past at the head, which does not change with what lies in the folder; made where not known.

    `what` says what else it depends on; the board, its configuration, the day and the language are known to be there.
    """
    known = None if session.known or not is_still_so(session) else known_clocks(session)
    if known is None:
        return make()
    found: T = known.told((session.today.isoformat(), current_language(), *what), make)
    return found


def known_clocks(session: Session) -> KnownClocks | None:
    """What is known of the clocks at the head of the session's repository; None where nothing is kept."""
    if not session.known_clocks:
        session.known_clocks.append(_known(session))
    return session.known_clocks[0]


def _known(session: Session) -> KnownClocks | None:
    if not session.settings.cached or session.board_folder is not None:
        return None
    try:
        place = session.place
    except NotARepository:
        return None
    head = checked_out(place.git_dir, place.common_dir)
    if head is None or place.shallow or not is_plainly_whole(place.common_dir):
        return None
    former = [name for pair in sorted(session.renames.items()) for name in pair]
    return KnownClocks(place.common_dir, head, place.prefix, session.settings_file.data or b"", *former)
