"""Where folders came from: a commit in which `board.yml` appears may have moved the board, one may rename a folder."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from kanban.model.cards.layout import CARD_SUFFIX, Layout
from kanban.model.history.commits import Change, Commit
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


def renamed_folders(commits: Sequence[Commit], layout: Layout, unread: Container[str]) -> Layout:
    """The layout with the folders that columns seem to have had before, where `board.yml` cannot be asked.

    `unread` are its versions that cannot be read (a partial clone lacks them). In a commit that changes one of them, a
    folder of which every card went to the same place in a column's folder is taken for that column's earlier one.
    """
    for commit in reversed(commits):
        if any(change.before in unread or change.after in unread for change in commit.settings):
            found = tuple(_emptied(commit.changes, layout))
            layout = Layout(layout.folders + found) if found else layout
    return layout


def renamed_columns(commits: Sequence[Commit], layout: Layout, versions: Mapping[str, Layout]) -> Layout:
    """The layout with the folders of columns that have had another key, where key and folder were renamed together.

    `versions` are those of `board.yml`, by content. One key goes and another one comes in the same version, and some
    commit, the same one mostly, takes cards out of the folder of the one, all of them into the folder of the other.
    """
    for commit in reversed(commits):
        for change in commit.settings:
            before, after = versions.get(change.before), versions.get(change.after)
            if change.path == BOARD_FILE and before is not None and after is not None:
                found = tuple(_succeeded(commits, layout, before, after))
                layout = Layout(layout.folders + found) if found else layout
    return layout


def _succeeded(commits: Sequence[Commit], layout: Layout, before: Layout, after: Layout) -> Iterator[tuple[str, str]]:
    kept = {key for _folder, key in before.folders} & {key for _folder, key in after.folders}
    gone = [folder for folder, key in before.folders if key not in kept and layout.column_of(folder) is None]
    new = [folder for folder, key in after.folders if key not in kept and layout.column_of(folder) is not None]
    for folder in gone if new else ():
        heirs = {heir for commit in commits for heir in new if _moves_all(commit, folder, heir)}
        if len(heirs) == 1:
            yield folder, layout.column_of(heirs.pop()) or ""


def _moves_all(commit: Commit, folder: str, other: str) -> bool:
    """Whether a commit takes cards out of a folder, and has each of them in the other one, under the same name."""
    left = {path.removeprefix(folder) for path, _before, after in commit.changes if not after and _in(folder, path)}
    come = {path.removeprefix(other) for path, _before, after in commit.changes if after and _in(other, path)}
    return bool(left) and left <= come


def _in(folder: str, path: str) -> bool:
    return path.startswith(f"{folder}/") and not _is_banner(path)


def _emptied(changes: Iterable[Change], layout: Layout) -> Iterator[tuple[str, str]]:
    come: dict[tuple[str, str], set[str]] = {}
    gone: dict[str, list[tuple[str, str]]] = {}
    for path, before, after in changes:
        folder, _slash, rest = path.partition("/")
        if rest and not _is_banner(path) and bool(before) != bool(after):
            if after and layout.column_of(folder) is not None:
                come.setdefault((rest, after), set()).add(folder)
            elif before and layout.column_of(folder) is None:
                gone.setdefault(folder, []).append((rest, before))
    for folder, files in gone.items():
        targets = set.intersection(*(come.get(file, set()) for file in files))
        if len(targets) == 1:
            yield folder, layout.column_of(targets.pop()) or ""


def _names(paths: Iterable[str]) -> set[str]:
    return {path.rpartition("/")[2] for path in paths if path.endswith(CARD_SUFFIX) and not _is_banner(path)}


def _is_banner(path: str) -> bool:
    return path.rpartition("/")[2].casefold() == "readme.md"
