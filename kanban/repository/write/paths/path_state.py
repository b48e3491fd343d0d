"""Where a path stands before a write: in HEAD, in the index, on disk, and whether the three agree."""

import os
from collections.abc import Iterable
from dataclasses import replace

from kanban.repository.disk.storage import read_regular
from kanban.repository.write.write_session import Session
from kanban.values import dataclass

_MANY_PATHS = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tree or an index holds at a path."""

    mode: str
    blob: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One path as it is. None: not there. An entry that was only announced (`git add -N`) counts as not staged.

    `hidden`: git was told not to look at the file (skip-worktree, assume-unchanged, sparse checkout).
    `unmerged`: a merge of this path is unfinished. `fresh`: the file on disk is what the index holds.
    """

    path: str
    head: Entry | None = None
    index: Entry | None = None
    disk: bytes | None = None
    permissions: int = 0o644
    hidden: bool = False
    unmerged: bool = False
    fresh: bool = False

    @property
    def tracked(self) -> bool:
        """Whether git knows the path."""
        return self.head is not None or self.index is not None

    @property
    def clean(self) -> bool:
        """Whether nothing about it waits to be committed."""
        return self.head is not None and self.head == self.index and self.fresh

    @property
    def exists(self) -> bool:
        """Whether anything is at this path, in any of the three places."""
        return self.tracked or self.disk is not None


def read_standings(session: Session, commit: str | None, paths: Iterable[str]) -> dict[str, Standing]:
    """How each of the paths stands, `commit` being HEAD (None before the first commit)."""
    wanted = sorted(set(paths))
    head = _head_entries(session, commit, wanted)
    index, hidden, unmerged = _index_entries(session, wanted)
    announced = session.blob_id(b"")
    standings = {}
    for path in wanted:
        found = read_regular(session.top, path)
        entry = index.get(path)
        if entry is not None and entry.blob == announced and path not in head and found and found[0]:
            entry = None
        data, permissions = found or (None, 0o644)
        fresh = entry is not None and data is not None and session.blob_id(data) == entry.blob
        standings[path] = Standing(
            path, head.get(path), entry, data, permissions, path in hidden, path in unmerged, fresh
        )
    return _with_conversions(session, standings)


def _some(paths: list[str]) -> list[str]:
    """Paths as arguments; when they are very many, none: everything is listed and the rest passed over."""
    return ["--", *paths] if len(paths) <= _MANY_PATHS else ["--"]


def _head_entries(session: Session, commit: str | None, paths: list[str]) -> dict[str, Entry]:
    if commit is None or not paths:
        return {}
    done = session.repo.git.read("ls-tree", "-r", "-z", "--full-tree", commit, *_some(paths))
    entries = {}
    for line in _records(done.out):
        head, path = line.split("\t", 1)
        mode, _kind, blob = head.split(" ")
        entries[path] = Entry(mode, blob)
    return {path: entries[path] for path in paths if path in entries}


def _index_entries(session: Session, paths: list[str]) -> tuple[dict[str, Entry], set[str], set[str]]:
    entries: dict[str, Entry] = {}
    hidden: set[str] = set()
    unmerged: set[str] = set()
    if not paths:
        return entries, hidden, unmerged
    wanted = set(paths)
    done = session.git("ls-files", "-z", "--stage", "-v", "--full-name", *_some(paths))
    for line in _records(done.out):
        head, path = line.split("\t", 1)
        if path not in wanted:
            continue
        tag, mode, blob, stage = head.split(" ")
        if stage != "0":
            unmerged.add(path)
            continue
        if tag != "H":
            hidden.add(path)
        entries[path] = Entry(mode, blob)
    return entries, hidden, unmerged


def _with_conversions(session: Session, standings: dict[str, Standing]) -> dict[str, Standing]:
    """Ask git about files whose bytes are not the staged ones: line ends or filters may still make them equal."""
    doubtful = [s for s in standings.values() if s.index is not None and s.disk is not None and not s.fresh]
    if not doubtful:
        return standings
    blobs = blob_ids_of_files(session, [standing.path for standing in doubtful])
    result = dict(standings)
    for standing, blob in zip(doubtful, blobs, strict=True):
        if standing.index is not None and blob == standing.index.blob:
            result[standing.path] = replace(standing, fresh=True)
    return result


def blob_ids_of_files(session: Session, paths: list[str], *, write: bool = False) -> list[str]:
    """The blob ids that `git add` would give to files of the working tree; with `write` the blobs are stored too."""
    if not paths:
        return []
    option = ["-w"] if write else []
    stdin = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    return session.git("hash-object", *option, "--stdin-paths", stdin=stdin).text.split("\n")


def _records(out: bytes) -> list[str]:
    return os.fsdecode(out).rstrip("\0").split("\0") if out else []
