"""Where the board stood and which folder was which column, at each commit of its past.

The `board.yml` in force at a commit answers both: its own place is the board's, its columns claim their folders. A
folder that it does not claim is that of the column that claims it in the board as it is now, else in the newest
version that does: a folder may be renamed a commit before or after the board's file says so. Cards are told as if the
board had always stood where it stands now.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Change, Commit
from kanban.values import dataclass

BoardFiles = Mapping[str, str]
"""Folder of a board (with a slash at the end, or `""`) → the content of its `board.yml`, in one commit."""
Listing = Callable[[str], Iterable[tuple[str, str]]]
"""All files of a commit: path in the repository, and blob."""


def claims_of(layout: Layout, version: Layout) -> tuple[tuple[str, str], ...]:
    """The folders that another version of the board claims, for the columns that the board has now.

    A column that has another key now is known by its former key, or by the folder that it has kept.
    """
    keys = {key for _folder, key in layout.folders}
    claimed = ((folder, key if key in keys else layout.column_of(key)) for folder, key in version.folders)
    return tuple((folder, key) for folder, key in claimed if key is not None)


def widened(layout: Layout, versions: Iterable[Layout]) -> Layout:
    """The layout with all folders that other versions of it claimed, given from the newest to the oldest."""
    folders = dict(reversed(layout.folders))
    for version in versions:
        for folder, key in claims_of(layout, version):
            folders.setdefault(folder, key)
    former = tuple((folder, key) for folder, key in folders.items() if layout.column_of(folder) is None)
    return Layout(layout.folders + former) if former else layout


def widened_for(wide: Layout, version: Layout) -> dict[str, str]:
    """Folder → column while another version of the board was in force: as it claims them, else as now."""
    return dict(wide.folders) | dict(claims_of(wide, version))


def at_odds(wide: Layout, layout: Layout, versions: Iterable[Layout]) -> bool:
    """Whether a version claims a folder for another column than the board does now."""
    return any(wide.column_of(folder) != key for one in versions for folder, key in claims_of(layout, one))


@dataclass(frozen=True)
class Frames:
    """How the paths of each commit are to be read. Commits are given by their numbers.

    `layout` is the board's now, widened. `prefixes` says where the board stood, `board_files` what else stood where;
    `layouts` holds the layout of each version of `board.yml`, by its content (none: it was always the same).
    """

    layout: Layout
    prefixes: Sequence[str]
    board_files: Sequence[BoardFiles] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    everywhere: tuple[str, ...] = ("",)

    def layout_at(self, number: int) -> Layout:
        """The columns' folders in force at a commit."""
        if not self.layouts:
            return self.layout
        return self.layouts.get(self.board_files[number].get(self.prefixes[number], ""), self.layout)

    def path(self, number: int, path: str) -> str | None:
        """A path in the repository at a commit as a path in the board as it is now; None when no card can be there."""
        own = self.prefixes[number]
        layout = self.layout_at(number)
        if path.startswith(own) and (found := self._path_now(layout, path[len(own) :])):
            return found
        for prefix in self.everywhere:
            if prefix != own and path.startswith(prefix) and prefix not in self.board_files[number]:
                found = self._path_now(layout, path[len(prefix) :])
                if found:
                    return found
        return None

    def _path_now(self, layout: Layout, path: str) -> str | None:
        place = layout.place(path)
        if place is None or layout is self.layout:
            return place and path
        now = self.layout.place(path)
        if now is not None and now[0] == place[0]:
            return path
        folder = next(folder for folder, key in self.layout.folders if key == place[0])
        return f"{folder}/{path.partition('/')[2]}"

    def changes(self, number: int, parent: int | None, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Changes of cards between two commits, in paths of the board as it is now, without what only moved with it."""
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        merged: dict[str, None] = {}
        for path, old, new in changes:
            if not old and not new:
                sides = [self.path(number, path)]
                merged |= dict.fromkeys(side for side in sides if side)
            if old and parent is not None and (here := self.path(parent, path)):
                before[here] = old
            if new and (here := self.path(number, path)):
                after[here] = new
        found = [Change(path, "", "") for path in merged]
        for path in dict.fromkeys((*before, *after)):
            old, new = before.get(path, ""), after.get(path, "")
            if old != new:
                found.append(Change(path, old, new))
        return tuple(found)

    def commits(self, commits: Sequence[Commit], index: Mapping[str, int], listing: Listing) -> Iterator[Commit]:
        """The commits with their changes so read. `listing` is asked where a folder came to be another column's."""
        for number, commit in enumerate(commits):
            if len(commit.parents) > 1:
                yield commit._replace(changes=self.changes(number, None, commit.changes))
                continue
            parent = index.get(commit.parents[0]) if commit.parents else None
            changes = commit.changes
            if parent is not None and self.layouts and self.layout_at(parent) is not self.layout_at(number):
                touched = {change.path for change in changes}
                still = ((path, blob) for path, blob in listing(commit.id) if path not in touched)
                changes += tuple(Change(path, blob, blob) for path, blob in still)
            if changes:
                changes = self.changes(number, parent, changes)
            yield commit._replace(changes=changes)


def prefixes_of(
    commits: Sequence[Commit],
    index: Mapping[str, int],
    board_files: Sequence[BoardFiles],
    origins: Mapping[str, Sequence[str]],
    prefix: str,
) -> list[str]:
    """Where the board stood in each commit; in the last one, in `prefix`.

    `origins` says for a folder from which other ones the board came there. Before the board came to a folder, it stood
    in the one it came from.
    """
    found: list[str | None] = [None] * len(commits)
    found[-1] = prefix
    for number in range(len(commits) - 1, -1, -1):
        here = found[number]
        if here is None:
            here = found[number] = prefix
        for parent in (index[name] for name in commits[number].parents if name in index):
            if found[parent] is None:
                there = board_files[parent]
                found[parent] = next((one for one in _ways_back(here, origins) if one in there), here)
    return [prefix if one is None else one for one in found]


def _ways_back(folder: str, origins: Mapping[str, Sequence[str]]) -> list[str]:
    """A folder, those from which the board came there, those from which it came to these, and so on."""
    found = [folder]
    for one in found:
        found += [other for other in origins.get(one, ()) if other not in found]
    return found


def board_files_of(
    commits: Sequence[Commit],
    index: Mapping[str, int],
    paths: Mapping[str, str],
    merged: Mapping[str, BoardFiles],
    usable: Container[str],
) -> list[BoardFiles]:
    """The board files in each commit. `paths` maps their paths to folders, `merged` says what merges hold.

    Of versions that are not `usable` the one before stays in force.
    """
    found: list[BoardFiles] = []
    for commit in commits:
        if len(commit.parents) > 1:
            found.append(merged[commit.id])
            continue
        parent = index.get(commit.parents[0]) if commit.parents else None
        files = found[parent] if parent is not None else {}
        changed = [change for change in commit.settings if change.path in paths]
        if changed:
            now = dict(files)
            for change in changed:
                folder = paths[change.path]
                if not change.after:
                    now.pop(folder, None)
                elif change.after in usable or folder not in now:
                    now[folder] = change.after
            files = now
        found.append(files)
    return found
