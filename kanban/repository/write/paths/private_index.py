"""Trees and indexes built aside: the commit's from HEAD, the user's next one from a copy of theirs."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from kanban.repository.write.paths.path_state import Entry
from kanban.repository.write.write_session import Session
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Placing:
    """What an index shall hold at a path; `entry` None: nothing. `skipped`: a sparse checkout keeps it off the disk."""

    path: str
    entry: Entry | None
    skipped: bool = False


def build(session: Session, index: Path, commit: str | None, placings: Sequence[Placing]) -> None:
    """Write an index file that holds the commit's tree (nothing before the first commit) with the placings applied."""
    session.git("read-tree", *([commit] if commit else ["--empty"]), index=index)
    place(session, index, placings)


def place(session: Session, index: Path, placings: Sequence[Placing]) -> None:
    """Apply placings to an index file, all other entries stay as they are."""
    lines = []
    for placing in sorted(placings, key=lambda item: item.entry is not None):
        mode, blob = ("0", session.zeros) if placing.entry is None else (placing.entry.mode, placing.entry.blob)
        lines.append(f"{mode} {blob}\t{placing.path}\0")
    if lines:
        data = "".join(lines).encode("utf-8", "surrogateescape")
        session.git("update-index", "-z", "--index-info", index=index, stdin=data)
    skipped = "".join(f"{placing.path}\0" for placing in placings if placing.skipped and placing.entry)
    if skipped:
        data = skipped.encode("utf-8", "surrogateescape")
        session.git("update-index", "-z", "--skip-worktree", "--stdin", index=index, stdin=data)


def write_tree(session: Session, index: Path) -> str:
    """The id of the tree that an index file stands for."""
    return session.git("write-tree", index=index).text


def staged_against(session: Session, index: Path, commit: str | None) -> list[Placing]:
    """The paths in which an index file differs from a commit, and what it holds there."""
    base = commit or session.git("mktree", stdin=b"").text
    done = session.git("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", base, index=index)
    fields = os.fsdecode(done.out).rstrip("\0").split("\0") if done.out else []
    placings = []
    for head, path in zip(fields[::2], fields[1::2], strict=True):
        _old, mode, _old_blob, blob, letter = head.lstrip(":").split(" ")
        placings.append(Placing(path, None if letter == "D" else Entry(mode, blob)))
    return placings


def next_index(session: Session, target: Path, placings: Sequence[Placing]) -> None:
    """Write to `target` the user's index with the placings applied, everything else in it untouched.

    The entries learn the times and sizes of their files, so that no later command takes them for changed.
    """
    permissions = None
    if session.index.exists():
        session.disk.write_new(target, session.index.read_bytes())
        permissions = session.index.stat().st_mode & 0o777
    place(session, target, placings)
    refresh(session, target, (item.path for item in placings if item.entry is not None))
    if permissions is not None:
        os.chmod(target, permissions)


def refresh(session: Session, index: Path, paths: Iterable[str]) -> None:
    """Let an index file learn the times and sizes of files, contents untouched. A failure does no harm."""
    there = "".join(f"{path}\0" for path in paths if (session.top / path).exists())
    if there:
        listed = there.encode("utf-8", "surrogateescape")
        asked = ("--literal-pathspecs", "add", "--refresh", "--pathspec-from-file=-", "--pathspec-file-nul")
        session.git(*asked, index=index, stdin=listed, codes=None)
