"""The git folders around a working tree, found by looking at files: where things are kept, what tells of a change."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NEVER_LOOKED_AT = frozenset({"kanban", "lost-found", "hooks", "objects", "logs"})
"""Below a git folder: what says nothing, or nothing that its other files do not."""


class Folders(NamedTuple):
    """The git folder of a working tree, and the one that linked working trees share."""

    git_dir: Path
    common_dir: Path

    @property
    def ours(self) -> bool:
        """Whether what is kept there was written by the user: git does not trust another one's repository either."""
        return not hasattr(os, "geteuid") or os.stat(self.common_dir).st_uid == os.geteuid()


def folders_above(start: Path) -> Folders | None:
    """The git folders of the working tree around `start`; None when there is none, or only git can tell."""
    for folder in (start, *start.parents):
        git = folder / ".git"
        if git.is_dir():
            return Folders(git, git) if (git / "objects").is_dir() else None
        if git.is_file():
            told = git.read_text("utf-8", "surrogateescape").partition("gitdir: ")[2].strip()
            return _linked(folder / told) if told else None
    return None


def _linked(git: Path) -> Folders | None:
    try:
        return Folders(git, git / (git / "commondir").read_text("utf-8", "surrogateescape").strip())
    except OSError:
        return Folders(git, git) if (git / "objects").is_dir() else None


def speaking_files(folders: Folders) -> Iterator[str]:
    """The files in which git keeps where branches stand, what it was told and what goes on; packs as their folder."""
    waiting = [os.fspath(folder) for folder in dict.fromkeys(folders)]
    tops = frozenset(waiting)
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as found:
            for entry in found:
                if not entry.is_dir(follow_symlinks=False):
                    yield entry.path
                elif folder not in tops or entry.name not in _NEVER_LOOKED_AT:
                    waiting.append(entry.path)
    yield os.path.join(folders.common_dir, "objects", "pack")
    yield os.path.join(folders.common_dir, "objects", "info", "alternates")
