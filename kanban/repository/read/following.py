"""Reads a board's commits wherever its folder was: follows `board.yml` when it moved, and what it said at the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kanban.model.cards.layout import Layout
from kanban.model.history.board_moves import origin, renamed_columns, renamed_folders
from kanban.model.history.commits import Change, Commit
from kanban.model.history.frames import Frames, at_odds, board_files_of, prefixes_of, widened, widened_for
from kanban.model.history.hand_renames import HandRenames
from kanban.model.history.history import Followed, Settings, settings_told
from kanban.model.history.merged_moves import Ask
from kanban.model.history.steps import Lines, lines_of
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.git.objects import named_blobs
from kanban.repository.git.rawlog import read_commits, read_differences
from kanban.repository.read.source import Source
from kanban.values import dataclass


@dataclass(frozen=True)
class Reading:
    """All lines of a board's cards, whom to ask about merges, and what had to be followed to read them."""

    lines: Lines
    ask: Ask
    followed: Followed
    settings: Settings = None


def begun(source: Source) -> Iterator[Commit]:
    """All commits of a board, which git tells from here on, whenever they are taken."""
    told = _told(source, [source.prefix])
    first = next(told, None)
    return told if first is None else chain((first,), told)


def follow(source: Source, told: Iterator[Commit] | None = None) -> Reading:
    """Read all commits of a board; `told` are those that `begun` gave."""
    return _Following(source, told).reading()


def _told(source: Source, prefixes: Sequence[str]) -> Iterator[Commit]:
    line, progress = source.first_parent, source.progress
    git, head = source.repository.git, source.head
    return read_commits(git, head, prefixes, first_parent=line, progress=progress)


class _Following:
    """One reading from the start. Folders of boards are written as beginnings of paths."""

    def __init__(self, source: Source, told: Iterator[Commit] | None) -> None:
        self.source = source
        self.git = source.repository.git
        self.folders = [source.folder]
        self.origins: dict[str, list[str]] = {}
        told = told or _told(source, [source.prefix])
        self.lines = lines_of(told, source.layout, source.renames, source.present(source.layout))
        self.commits: Sequence[Commit] = self.lines.commits

    def reading(self) -> Reading:
        self._find_origins()
        blobs = self._board_versions()
        versions = self.source.layouts(blobs)
        layouts = [versions[blob] for blob in blobs if blob in versions]
        wide = widened(self.source.layout, layouts)
        unread = frozenset(blobs).difference(versions)
        if unread and len(self.folders) == 1:
            wide = renamed_folders(self.commits, wide, unread)
        if len(self.folders) == 1:
            wide = renamed_columns(self.commits, wide, versions)
        odd = at_odds(wide, self.source.layout, layouts)
        frames = self._frames(wide, versions, odd) if odd or len(self.folders) > 1 else None
        if frames is not None:
            framed = frames.commits(self.commits, self.lines.index, self._listing)
            self.lines = lines_of(framed, wide, self.source.renames, self.source.present(wide))
        elif wide is not self.source.layout:
            self.lines = lines_of(self.commits, wide, self.source.renames, self.source.present(wide))
        renames = None
        if self.lines.renaming:
            renames = HandRenames(self.lines.commits, self.lines.index, wide)
            self.lines = lines_of(renames.commits(), wide, self.source.renames, self.source.present(wide))
        claims = tuple(wide.folders[len(self.source.layout.folders) :])
        followed = Followed(claims, renames.sources if renames else frozenset(), frames is not None)
        settings = settings_told(self.commits, BOARD_FILE) if len(self.folders) == 1 else None
        return Reading(self.lines, self._ask(frames, renames), followed, settings)

    @property
    def _cut(self) -> str:
        """What the paths of the commits that were read lack."""
        return self.source.folder if len(self.folders) == 1 else ""

    def _find_origins(self) -> None:
        """Find the folders in which the board stood before."""
        at = 0
        while at < len(self.folders):
            self._add(self._came_from(self.folders[at]))
            at += 1
            if at == len(self.folders) > 1:
                self._add(self._came_from_sides())

    def _add(self, folders: Iterable[str]) -> None:
        new = [folder for folder in folders if folder not in self.folders]
        if new:
            self.folders += new
            self.commits = list(_told(self.source, [one.rstrip("/") for one in self.folders]))

    def _came_from_sides(self) -> list[str]:
        """Where the board stood on the sides of merges that have it in none of the folders known so far."""
        known = self.lines.index
        pairs = [(one.id, parent) for one in self.commits if len(one.parents) > 1 for parent in one.parents]
        files = self._files_in({parent for _merge, parent in pairs})
        pairs = [(merge, parent) for merge, parent in pairs if parent in known and not files[parent]]
        found: dict[str, None] = {}
        for changes in read_differences(self.git, pairs, "") if pairs else ():
            for folder in self.folders:
                other = origin(changes, folder)
                if other is not None:
                    self.origins.setdefault(folder, []).append(other)
                    found[other] = None
        return list(found)

    def _came_from(self, folder: str) -> list[str]:
        """The folders from which the board came to this one, found in the commits in which its file appeared."""
        path = (folder + BOARD_FILE).removeprefix(self._cut)
        arrivals = [
            commit
            for commit in self.commits
            if commit.settings and any(change.path == path and not change.before for change in commit.settings)
        ]
        known = self.lines.index
        pairs = [(commit.id, parent) for commit in arrivals for parent in commit.parents if parent in known]
        if not pairs:
            return []
        found = (origin(changes, folder) for changes in read_differences(self.git, pairs, ""))
        self.origins[folder] = list(dict.fromkeys(one for one in found if one is not None))
        return self.origins[folder]

    def _board_paths(self) -> dict[str, str]:
        """The paths of the board's file, now and before, as the commits have them, with their folders."""
        return {(folder + BOARD_FILE).removeprefix(self._cut): folder for folder in self.folders}

    def _board_versions(self) -> list[str]:
        """The versions of `board.yml`, the newest first."""
        paths = self._board_paths()
        told = [commit for commit in self.commits if commit.settings]
        merged = self._files_in(commit.id for commit in told if len(commit.parents) > 1)
        blobs: dict[str, None] = {}
        for commit in reversed(told):
            changed = [change.after for change in commit.settings if change.path in paths]
            blobs |= dict.fromkeys(blob for blob in (*changed, *merged.get(commit.id, {}).values()) if blob)
        return list(blobs)

    def _files_in(self, commits: Iterable[str]) -> dict[str, dict[str, str]]:
        """What each of these commits has of the board's file."""
        names = [(commit, folder) for commit in commits for folder in self.folders]
        found: dict[str, dict[str, str]] = {}
        blobs = named_blobs(self.git, [f"{commit}:{folder}{BOARD_FILE}" for commit, folder in names])
        for (commit, folder), blob in zip(names, blobs, strict=True):
            files = found.setdefault(commit, {})
            if blob:
                files[folder] = blob
        return found

    def _frames(self, wide: Layout, versions: Mapping[str, Layout], odd: bool) -> Frames:
        index, source = self.lines.index, self.source
        merged = self._files_in(commit.id for commit in self.commits if len(commit.parents) > 1)
        files = board_files_of(self.commits, index, self._board_paths(), merged, versions)
        if len(self.folders) == 1:
            files = [{"": one[source.folder]} if source.folder in one else {} for one in files]
            return Frames(wide, [""] * len(files), files, self._in_force(wide, versions))
        prefixes = prefixes_of(self.commits, index, files, self.origins, source.folder)
        layouts = self._in_force(wide, versions) if odd else {}
        return Frames(wide, prefixes, files, layouts, tuple(self.folders))

    def _in_force(self, wide: Layout, versions: Mapping[str, Layout]) -> dict[str, Layout]:
        """Each version's layout, widened, as far as it differs from the present one."""
        made: dict[Layout, Layout] = {}
        for layout in versions.values():
            if layout not in made:
                own = widened_for(wide, layout)
                made[layout] = wide if own == dict(wide.folders) else Layout(tuple(own.items()))
        return {blob: made[layout] for blob, layout in versions.items()}

    def _listing(self, commit: str) -> Iterator[tuple[str, str]]:
        below = self.source.prefix if len(self.folders) == 1 else ""
        for entry in self.source.repository.ls_tree(commit, below):
            if entry.mode.startswith("100"):
                yield entry.path, entry.blob

    def _ask(self, frames: Frames | None, renames: HandRenames | None) -> Ask:
        """Whom to ask what differs between merges and their parents, in paths of the board as it is now."""
        prefix = self.source.prefix if len(self.folders) == 1 else ""
        if frames is None and renames is None:
            return lambda pairs, paths: read_differences(self.git, pairs, prefix, paths)

        def answer(pairs: Sequence[tuple[str, str]], paths: Sequence[str]) -> Iterator[Sequence[Change]]:
            told = read_differences(self.git, pairs, prefix)
            for (merge, parent), changes in zip(pairs, told, strict=True):
                number, before = self.lines.index[merge], self.lines.index[parent]
                known = frames.changes(number, before, changes) if frames else changes
                yield renames.changes(number, before, known) if renames else known

        return answer
