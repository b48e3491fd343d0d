"""What becomes of each path: decided from how it stands and what is asked, before anything is touched.

The rule for edits that the user has not committed: each version of a file goes its own way. The committed version is
what the commit moves or edits, the staged version stays staged and the version on disk stays on disk, each moved and
edited in the same manner. Nothing is swept into the commit that was not named; `include_edits` names it.
"""

import posixpath
import shlex
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from kanban.errors import EditConflict, KanbanError, NotFound
from kanban.gestures.base.change import PathChange
from kanban.i18n import _
from kanban.model.text.front.healing import healed
from kanban.repository.write.paths.path_state import Entry, Standing
from kanban.values import dataclass

ReadBlob = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Content:
    """A blob to be: known by its id, or bytes to store as they are, or (neither) the file as `git add` reads it."""

    mode: str
    blob: str | None = None
    data: bytes | None = None

    @property
    def from_disk(self) -> bool:
        """Whether it is the file on disk, converted as `git add` does."""
        return self.blob is None and self.data is None


@dataclass(frozen=True, slots=True)
class Fate:
    """One path after the write: in the commit, in the user's index, on disk. None: not there.

    `moved_from` is the old path of a move.
    `permissions` are the file's own, None for a new one. `carried`: the path keeps edits that are not in the commit.
    `skipped`: a sparse checkout keeps it off the disk.
    """

    path: str
    before: Standing
    commit: Content | None = None
    index: Content | None = None
    disk: bytes | None = None
    permissions: int | None = None
    moved_from: str | None = None
    carried: bool = False
    skipped: bool = False


def paths_of(changes: Iterable[PathChange]) -> list[str]:
    """All paths that the changes touch. Raises `KanbanError` for a bad path and for one that is named twice."""
    seen: list[str] = []
    for change in changes:
        for path in (change.moved_from, change.path):
            if path is None:
                continue
            _check_path(path)
            if path in seen:
                raise KanbanError(_("{path} is named twice in one change").format(path=path))
            seen.append(path)
    return seen


def _check_path(path: str) -> None:
    parts = path.split("/")
    odd = any(unicodedata.category(char) in ("Cc", "Cs") for char in path)
    if odd or posixpath.normpath(path) != path or path.startswith("/") or ".." in parts or "." in parts:
        raise KanbanError(_("{path} is not a usable path").format(path=repr(path)))
    if any(part.lower() == ".git" for part in parts):
        raise KanbanError(_("{path} lies in git's own folder").format(path=path))


def decide(
    changes: Iterable[PathChange], standings: Mapping[str, Standing], read: ReadBlob, *, include_edits: bool
) -> list[Fate]:
    """The fate of every path the changes touch. Raises `EditConflict` or `NotFound` and has then done nothing."""
    fates: list[Fate] = []
    for change in changes:
        source = standings[change.source]
        _check(change, source, standings[change.path])
        if change.is_removal:
            fates.append(_removed(source, include_edits))
        else:
            fates.append(_kept(change, source, standings[change.path], read, include_edits))
            if change.moved_from is not None:
                fates.append(Fate(change.moved_from, source))
    return fates


def _check(change: PathChange, source: Standing, target: Standing) -> None:
    if (change.is_creation or change.moved_from is not None) and target.exists:
        raise EditConflict(
            _("there is already a file {path}").format(path=change.path),
            cure=_("rename one of the two, or commit its removal first if it is gone from your folder"),
        )
    for standing in (source, target):
        _check_reachable(standing)
    if not change.is_creation and source.disk is None:
        raise NotFound(
            _("{path} is not there any more").format(path=source.path), cure=_("`kanban lint` shows what became of it")
        )
    if change.expected is not None and source.disk != change.expected:
        raise _changed_meanwhile(source.path)


def _check_reachable(standing: Standing) -> None:
    if standing.hidden:
        raise EditConflict(
            _("git was told not to look at {path} (skip-worktree, assume-unchanged or a sparse checkout)").format(
                path=standing.path
            ),
            cure=cure_of_hidden(standing),
        )
    if standing.unmerged:
        raise EditConflict(
            _("the merge of {path} is not finished").format(path=standing.path),
            cure=_("`kanban resolve` says what is to be settled"),
        )
    for entry in (standing.head, standing.index):
        if entry is not None and entry.mode not in ("100644", "100755"):
            raise EditConflict(_("{path} is not a regular file").format(path=standing.path))


def cure_of_hidden(standing: Standing) -> str:
    """What lets git look at the path again."""
    if standing.disk is None:
        return shlex.join(["git", "sparse-checkout", "add", posixpath.dirname(standing.path)])
    return shlex.join(["git", "update-index", "--no-skip-worktree", "--no-assume-unchanged", "--", standing.path])


def _changed_meanwhile(path: str) -> EditConflict:
    return EditConflict(
        _("{path} was changed by somebody else while this command was at work").format(path=path),
        cure=_("look at it and run the command again"),
    )


def _removed(source: Standing, include_edits: bool) -> Fate:
    if not source.clean and not include_edits:
        raise EditConflict(
            _("{path} holds changes that are not committed: removing it would lose them").format(path=source.path),
            cure=_("commit them first, or say --include-edits"),
        )
    return Fate(source.path, source)


def _kept(change: PathChange, source: Standing, target: Standing, read: ReadBlob, include_edits: bool) -> Fate:
    disk = source.disk
    permissions = source.permissions if disk is not None else None
    after = change.data if change.data is not None else disk or b""
    if change.edit is not None and disk is not None:
        after = _edited(change, disk)
    known = source.index or source.head
    mode = known.mode if known is not None else "100644"
    if include_edits or not _has_edits(source):
        blob = source.index.blob if source.index is not None and source.fresh and after == disk else None
        content = Content(mode, blob)
        return Fate(change.path, target, content, content, after, permissions, change.moved_from)
    if change.data is not None and after != disk:
        raise EditConflict(
            _("{path} holds changes that are not committed").format(path=source.path),
            cure=_("commit them first, or say --include-edits"),
        )
    committed = _version(change, source.head or source.index, read)
    index = committed
    if source.head is not None and source.index != source.head:
        staged_is_disk = source.fresh and change.edit is not None
        index = Content(mode) if staged_is_disk else _version(change, source.index, read)
    return Fate(change.path, target, committed, index, after, permissions, change.moved_from, carried=True)


def _has_edits(standing: Standing) -> bool:
    """Whether a file that git knows is not simply what it holds: then its versions go side by side."""
    return standing.tracked and not (standing.fresh and standing.head in (None, standing.index))


def _version(change: PathChange, entry: Entry | None, read: ReadBlob) -> Content | None:
    """One stored version of a file, moved as it is or edited; None (a staged removal) stays None."""
    if entry is None:
        return None
    if change.edit is None:
        return Content(entry.mode, entry.blob)
    return Content(entry.mode, None, _stored_edited(change, read(entry.blob)))


def _stored_edited(change: PathChange, data: bytes) -> bytes:
    """A stored version after the edit; one that cannot be edited is mended as the folder's file was, or could be."""
    try:
        return _edited(change, data)
    except EditConflict:
        mended = healed(data) if change.source.endswith(".md") else None
        if mended is None:
            raise
        return _edited(change, mended)


def _edited(change: PathChange, data: bytes) -> bytes:
    """The file's content after its edit; an error names the file."""
    try:
        return change.edit(data) if change.edit is not None else data
    except EditConflict as error:
        raise error.in_file(change.source) from None
