"""Paths that are no plain files before and after: they follow a commit once it is the branch's and in the index.

Each step looks first, so that it may be taken again after a kill: what holds somebody's later work stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kanban.errors import EditConflict
from kanban.repository.disk.storage import read_regular
from kanban.repository.write.durable.journal import Odd
from kanban.repository.write.paths.path_state import Entry, blob_ids_of_files
from kanban.repository.write.write_session import Session

LINK, SUBMODULE, RUNS = "120000", "160000", "100755"


def follow(session: Session, odds: Sequence[Odd]) -> None:
    """Take away what the old commit had at these paths, then let git write what the new one has."""
    for odd in sorted(odds, key=lambda one: one.path, reverse=True):
        if odd.old is not None and not _only_runs(odd) and holds(session, odd.path, odd.old):
            _take_away(session.top, odd)
    wanted = []
    for odd in odds:
        place = session.top / odd.path
        if odd.new is None:
            continue
        if odd.new.mode == SUBMODULE:
            with suppress(OSError):
                place.mkdir(parents=True, exist_ok=True)
        elif _only_runs(odd):
            _let_run(session, odd.path, odd.new)
        elif not os.path.lexists(place):
            wanted.append(odd.path)
    names = "".join(f"{path}\0" for path in wanted).encode("utf-8", "surrogateescape")
    if names:
        session.git("checkout-index", "-q", "-z", "--stdin", stdin=names, codes=(0, 1))


def holds(session: Session, path: str, entry: Entry) -> bool:
    """Whether the disk holds at a path just what the commit has there, so that nobody's work would be lost."""
    place = session.top / path
    if entry.mode == SUBMODULE:
        return True
    if entry.mode == LINK:
        return place.is_symlink() and session.blob_id(os.fsencode(os.readlink(place))) == entry.blob
    try:
        found = read_regular(session.top, path)
    except EditConflict:
        return False
    if found is None:
        return False
    return session.blob_id(found[0]) == entry.blob or blob_ids_of_files(session, [path]) == [entry.blob]


def remove_empty_folders(top: Path, gone: Iterable[str]) -> None:
    """Folders that held nothing but what is gone go too, as with git."""
    for path in gone:
        folder = (top / path).parent
        with suppress(OSError):
            while folder != top:
                folder.rmdir()
                folder = folder.parent


def _only_runs(odd: Odd) -> bool:
    """Whether nothing but the executable bit changes."""
    return odd.old is not None and odd.new is not None and odd.old.blob == odd.new.blob and _is_file(odd)


def _is_file(odd: Odd) -> bool:
    return all(entry is not None and entry.mode.startswith("100") for entry in (odd.old, odd.new))


def _let_run(session: Session, path: str, entry: Entry) -> None:
    with suppress(FileNotFoundError):
        place = session.top / path
        mode = place.stat(follow_symlinks=False).st_mode & 0o7777
        wanted = mode | (mode & 0o444) >> 2 if entry.mode == RUNS else mode & ~0o111
        if not place.is_symlink() and wanted != mode:
            place.chmod(wanted)


def _take_away(top: Path, odd: Odd) -> None:
    place = top / odd.path
    if odd.old is not None and odd.old.mode == SUBMODULE:
        with suppress(OSError):
            place.rmdir()
        return
    place.unlink()
    remove_empty_folders(top, [odd.path])
