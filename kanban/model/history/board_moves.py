"""Where a board's folder came from: a commit in which its `board.yml` appears may have moved the whole board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kanban.model.cards.layout import CARD_SUFFIX
from kanban.model.history.commits import Change
from kanban.model.settings.board_yml import BOARD_FILE


def origin(changes: Sequence[Change], prefix: str) -> str | None:
    """The folder from which the board in `prefix` came, by all that one commit changed; None when it is a new one.

    Folders are paths in the repository with a slash at the end, `""` being its top. The board was moved when its file
    disappears elsewhere, and at least half of the cards that came along stood there; without any card, when the file
    is the same. Of several such folders, the one most cards came from.
    """
    own = next((change for change in changes if change.path == prefix + BOARD_FILE and not change.before), None)
    if own is None:
        return None
    come = _names(change.path for change in changes if not change.before and change.path.startswith(prefix))
    found: list[tuple[int, str]] = []
    for change in changes:
        folder = change.path.removesuffix(BOARD_FILE)
        if change.after or folder == change.path or folder[-1:] not in ("", "/") or folder == prefix:
            continue
        gone = _names(other.path for other in changes if not other.after and other.path.startswith(folder))
        along = len(come & gone)
        if 2 * along >= len(come) and (come or change.before == own.after):
            found.append((along, folder))
    return max(found, default=(0, None))[1]


def _names(paths: Iterable[str]) -> set[str]:
    return {path.rpartition("/")[2] for path in paths if path.endswith(CARD_SUFFIX) and not _is_banner(path)}


def _is_banner(path: str) -> bool:
    return path.rpartition("/")[2].casefold() == "readme.md"
