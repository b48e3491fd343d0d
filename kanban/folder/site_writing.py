"""Writes a site into its folder, and nothing else: no foreign file is overwritten or deleted, no link is followed.

What was written stands in a list (`.kanban-site.json`) in the folder, with a digest of each file. The next run writes
only what differs, and removes only files of that list that are still as they were written. A run that is stopped leaves
a journal (`.kanban-site.journal`) of what it had begun to write: the next one knows those files for its own.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kanban.errors import KanbanError
from kanban.folder.made_beside import made_beside
from kanban.i18n import _
from kanban.render.plan import PlannedFile
from kanban.schemas.reading import foreign_json

LIST_FILE = ".kanban-site.json"
JOURNAL_FILE = ".kanban-site.journal"
_DRAFT = ".writing-"
_SCHEMA = "kanban-site-files/1"
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")

_Known = dict[str, dict[str, str]]
"""Address → `sha256` of the bytes as written, and `key` of what they were made from."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: addresses written, how many were left as they were, removed, and found changed by others."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    foreign: tuple[str, ...]


def guard_output(output: Path, board: Path, column_folders: Iterable[str]) -> Path:
    """The real output folder. Raises KanbanError where a site would sit on the board or on somebody's files."""
    real, root = Path(os.path.realpath(output)), Path(os.path.realpath(board))
    if real == root or real in root.parents:
        raise KanbanError(
            _("{folder} holds the board itself").format(folder=output), cure=_("name another folder: `--output site`")
        )
    for name in column_folders:
        column = root / name
        if real == column or column in real.parents:
            raise KanbanError(
                _("{folder} is a column of the board").format(folder=output),
                cure=_("name another folder: `--output site`"),
            )
    if real.exists() and not real.is_dir():
        raise KanbanError(_("{folder} is a file").format(folder=output), cure=_("name a folder: `--output site`"))
    if real.is_dir() and not (real / LIST_FILE).is_file() and not all(_is_trace(file) for file in real.iterdir()):
        raise KanbanError(
            _("{folder} is not empty and was not written by `kanban render`").format(folder=output),
            cure=_("name an empty or new folder, or empty this one"),
        )
    return real


def _is_trace(file: Path) -> bool:
    """Whether a file is what a run leaves that is stopped before anything stands in the list."""
    return file.name.startswith(_DRAFT) and file.is_file() and not file.is_symlink()


def is_of_a_site(top: Path, output: Path | None, path: str) -> bool:
    """Whether a path below `top` lies in a site: in `output`, or in a folder where an earlier run left its list."""
    place = top.resolve() / path
    if output is not None and place.is_relative_to(output):
        return True
    return any((folder / LIST_FILE).is_file() for folder in (place, *place.parents) if folder.is_relative_to(top))


class SiteFolder:
    """An output folder, brought up to date as often as wanted. `output` is what `guard_output` returned."""

    def __init__(self, output: Path, notes: MutableMapping[str, str] | None = None) -> None:
        self.output = output
        self._known = _read_list(output) | _read_journal(output)
        self._folders: set[str] = set()
        self._notes = {} if notes is None else notes
        self._note = self._name_of_note()
        self._seen: dict[str, str] = json.loads(self._notes.get(self._note, "{}"))

    def update(self, files: Iterable[PlannedFile]) -> Written:
        """Write what differs, remove what is no longer planned.

        Raises KanbanError when a file stands in the way that was not written by an earlier run.
        """
        self.output.mkdir(parents=True, exist_ok=True)
        if not self._known:
            _save_list(self.output, {})
        _remove_drafts(self.output, self._known)
        self._folders = set()
        now: _Known = {}
        written: list[str] = []
        try:
            for file in made_beside(files, self._is_news):
                now[file.address], fresh = self._bring_up_to_date(file)
                if fresh:
                    written.append(file.address)
        except BaseException:
            with suppress(KanbanError):
                _save_list(self.output, self._known | now)
            raise
        stale = {address: one for address, one in self._known.items() if address not in now}
        removed, foreign = _remove_stale(self.output, stale)
        if now != self._known or removed:
            _save_list(self.output, now)
        with suppress(OSError):
            (self.output / JOURNAL_FILE).unlink()
        self._known = now
        self._take_note()
        return Written(tuple(written), len(now) - len(written), removed, foreign)

    def _is_news(self, file: PlannedFile) -> bool:
        """Whether a file will surely have to be made."""
        before = self._known.get(file.address)
        return before is None or not file.key or before["key"] != file.key

    def _bring_up_to_date(self, file: PlannedFile) -> tuple[dict[str, str], bool]:
        """Write one file unless it stands there already; its entry in the list, and whether it was written."""
        before = self._known.get(file.address)
        target = self._place(file.address)
        seen = _stat(target)
        untouched = before is not None and self._seen.get(file.address) == seen != ""
        there = before["sha256"] if before is not None and untouched else _digest_of(target)
        self._seen[file.address] = seen
        if before is not None and file.key and before["key"] == file.key and there == before["sha256"]:
            return before, False
        data = file.write()
        digest = hashlib.sha256(data).hexdigest()
        fresh = there != digest
        if fresh:
            if before is None and there:
                raise KanbanError(
                    _("{path} was not written by `kanban render`").format(path=target),
                    cure=_("move it away, or name another folder with `--output`"),
                )
            _begin(self.output, file.address, digest)
            self._seen[file.address] = _replace(target, data)
        return {"sha256": digest, "key": file.key}, fresh

    def _name_of_note(self) -> str:
        """What the note on this folder, as its list describes it now, goes by."""
        return f"seen {self.output} {_digest_of(self.output / LIST_FILE)}"

    def _take_note(self) -> None:
        """Note how the files were left. It cannot stand in the folder: there, equal sites have equal bytes."""
        seen = {address: self._seen[address] for address in self._known}
        name = self._name_of_note()
        if name != self._note:
            self._notes.pop(self._note, None)
            self._notes[name] = json.dumps(seen)
        self._note, self._seen = name, seen

    def _place(self, address: str) -> Path:
        """Where an address stands; the folders on the way are looked at once a run."""
        folder, _slash, _name = address.rpartition("/")
        place = _place(self.output, address, checked=folder in self._folders)
        self._folders.add(folder)
        return place


def _stat(path: Path) -> str:
    """Time and size of a file: while they are as we left them, nobody has changed it; "" when there is none."""
    try:
        return _seen(os.lstat(path))
    except OSError:
        return ""


def _seen(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_size}"


def _place(output: Path, address: str, *, checked: bool = False) -> Path:
    """Where an address stands on the disk; refuses what leaves the folder or goes through a link.

    `checked` says that the folders on the way are none.
    """
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise KanbanError(_("{address} cannot be the address of a page").format(address=address))
    place = output / address
    parts = address.count("/") + 1
    for path in (place,) if checked else (*reversed(place.parents[: parts - 1]), place):
        if os.path.islink(path):
            raise KanbanError(
                _("{path} is a link; nothing is written through it").format(path=path), cure=_("remove the link")
            )
    return place


def _digest_of(path: Path) -> str:
    """The digest of a file's bytes; "" when there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise KanbanError(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)) from error


def _replace(target: Path, data: bytes) -> str:
    """Write beside the target, then rename: a reader sees the old page or the new one, never half.

    The time and size of what was written, whatever happens to it from then on.
    """
    draft = target.parent / f"{_DRAFT}{_our_own()}"
    try:
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
        file = open(draft, "xb")  # noqa: SIM115 - closed before it takes the page's place
        try:
            with file:
                file.write(data)
                file.flush()
                seen = _seen(os.fstat(file.fileno()))
            os.chmod(draft, 0o644)
            os.replace(draft, target)
        except BaseException:
            os.unlink(draft)
            raise
        return seen
    except OSError as error:
        raise KanbanError(_("{path} cannot be written: {reason}").format(path=target, reason=error.strerror)) from error


@cache
def _our_own() -> str:
    """What no other run calls its drafts."""
    return secrets.token_hex(6)


def _remove_stale(output: Path, stale: _Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove pages that are no longer part of the site, if they are as we left them; then empty folders."""
    removed, foreign = [], []
    for address, entry in sorted(stale.items()):
        target = _place(output, address)
        there = _digest_of(target)
        if not there:
            continue
        if there != entry["sha256"]:
            foreign.append(address)
            continue
        target.unlink()
        removed.append(address)
        if target.parent != output and not any(target.parent.iterdir()):
            target.parent.rmdir()
    return tuple(removed), tuple(foreign)


def _read_list(output: Path) -> _Known:
    path = output / LIST_FILE
    if not path.is_file() or path.is_symlink():
        return {}
    try:
        document = foreign_json(path.read_bytes())
        if document["schema"] != _SCHEMA:
            raise ValueError(document["schema"])
        return {
            str(one): {"sha256": str(entry["sha256"]), "key": str(entry["key"])}
            for one, entry in document["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KanbanError(
            _("{path} is damaged").format(path=path), cure=_("empty the folder and render again")
        ) from error


def _begin(output: Path, address: str, digest: str) -> None:
    """Note, before a page takes its place, that it is ours."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(output / JOURNAL_FILE, flags, 0o644)
        try:
            os.write(handle, f"{digest} {address}\n".encode())
        finally:
            os.close(handle)
    except OSError as error:
        message = _("{path} cannot be written: {reason}")
        raise KanbanError(message.format(path=output / JOURNAL_FILE, reason=error.strerror)) from error


def _read_journal(output: Path) -> _Known:
    """The pages that a stopped run had written, as they stand; what somebody has changed since is not among them."""
    file = output / JOURNAL_FILE
    if file.is_symlink() or not file.is_file():
        return {}
    found = {}
    for line in file.read_text("utf-8", "replace").splitlines():
        digest, _space, address = line.partition(" ")
        with suppress(KanbanError):
            if _digest_of(_place(output, address)) == digest:
                found[address] = {"sha256": digest, "key": ""}
    return found


def _remove_drafts(output: Path, known: _Known) -> None:
    """Pages that a stopped run had not finished writing."""
    for folder in {output, *(output / address.rpartition("/")[0] for address in known)}:
        for file in folder.glob(f"{_DRAFT}*"):
            with suppress(OSError):
                if _is_trace(file):
                    file.unlink()


def _save_list(output: Path, files: _Known) -> None:
    document = {"schema": _SCHEMA, "files": dict(sorted(files.items()))}
    _replace(output / LIST_FILE, (json.dumps(document, separators=(",\n", ": ")) + "\n").encode())
