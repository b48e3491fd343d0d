"""The journal of the write under way: enough for the next command to finish it or to undo it.

It stands in the common git folder, is replaced as a whole, and exists only while a write is under way. The contents of
files that are about to change are kept as git blobs, so the journal itself holds ids only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import field, fields, replace
from pathlib import Path

from kanban.repository.disk import FOLDER
from kanban.repository.disk.storage import Disk, remove_if_there
from kanban.repository.write.paths.path_state import Entry
from kanban.repository.write.paths.private_index import Placing
from kanban.values import dataclass

VERSION = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One file's change on disk: blob ids of its raw bytes and its permissions before and after, None for not there.

    `moved_from`: the old path of a move, whose own step takes it away.
    """

    path: str
    before: str | None
    after: str | None
    permissions: int = 0o644
    new_permissions: int | None = None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class Odd:
    """A path that changes otherwise than from file to file, once the commit is the branch's: a link, a submodule, a
    file where a folder was, an executable bit. What it is in the old and in the new commit, None for not there."""

    path: str
    old: Entry | None
    new: Entry | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A write under way. `new` is the commit (once made); `staging`: no commit, only index and files change;
    `files_only`: files alone, done as soon as it is `ready`. `odd` follow when all else is done.

    `branch` is the full name of the branch, `old` the commit it stood at (None before the first one). `placings` are
    the entries for the user's index, `folders` those that did not exist before. `ready`: from here on only the
    commit point and clean-up are left.
    """

    name: str
    top: str
    git_dir: str
    branch: str
    old: str | None
    steps: tuple[Step, ...]
    folders: tuple[str, ...] = ()
    staging: bool = False
    new: str | None = None
    placings: tuple[Placing, ...] = field(default=())
    ready: bool = False
    files_only: bool = False
    odd: tuple[Odd, ...] = ()

    @property
    def workshop(self) -> Path:
        """The folder of the write's own index files."""
        return Path(self.git_dir) / FOLDER / f"write-{self.name}"

    @property
    def next_index(self) -> Path:
        """The user's index as it will be; not there any more once it has taken its place."""
        return self.workshop / "next-index"

    def temporary(self, path: str) -> Path:
        """The name under which a new content of `path` is written before it takes its place."""
        file = Path(self.top) / path
        return file.with_name(f".{file.name[:80]}.kanban-{self.name}")

    def original(self, path: str) -> Path:
        """A second name of the file that stood at `path`, from before its step was taken."""
        name = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()
        return self.workshop / f"was-{name[:24]}"

    def is_ready(self, new: str | None, placings: tuple[Placing, ...]) -> Journal:
        """The journal of the same write when all is prepared."""
        return replace(self, new=new, placings=placings, ready=True)


def place_of(common_dir: Path) -> Path:
    """Where the journal stands."""
    return common_dir / FOLDER / "journal.json"


def ref_locks(common_dir: Path, journal: Journal) -> tuple[Path, Path]:
    """Where git keeps the branch and HEAD to itself while the branch moves."""
    return common_dir / f"{journal.branch}.lock", Path(journal.git_dir) / "HEAD.lock"


def save(disk: Disk, common_dir: Path, journal: Journal) -> None:
    """Write the journal, durably when the disk is."""
    told = {one.name: getattr(journal, one.name) for one in fields(journal)}
    data = json.dumps({"version": VERSION, **told}, default=_fields_of, sort_keys=True).encode()
    file = place_of(common_dir)
    disk.replace(file, data + b"\n", file.with_suffix(".new"))


def _fields_of(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined] # a slotted dataclass


def remove(disk: Disk, common_dir: Path) -> None:
    """The write is over."""
    file = place_of(common_dir)
    remove_if_there(file)
    disk.sync_folder(file.parent)
