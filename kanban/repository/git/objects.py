"""Trees, index and blobs, listed and read with one process each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

try:
    from _sha1 import sha1  # type: ignore[import-not-found] # typeshed has no stub; hashlib would load OpenSSL
except ImportError:
    from hashlib import sha1

from kanban.again.files import is_attached, is_board_path
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.boardfile import (
    ATTACHED,
    EXECUTABLE_MODE,
    REGULAR_MODE,
    SUBMODULE_MODE,
    SYMLINK_MODE,
    BoardFile,
    UnreadFile,
)
from kanban.repository.git.command import Ahead, Begun, GitCommand
from kanban.repository.git.failures import contents_missing
from kanban.repository.git.filters import without_filters

if TYPE_CHECKING:
    from typing import IO, Protocol

    class Leaving(Protocol):
        """Who leaves contents unread that are known to be silent."""

        @property
        def known(self) -> frozenset[str]:
            """The ids of these."""

        def file(self, entry: TreeEntry) -> UnreadFile:
            """The file of an entry, unread."""

        def few(self, blobs: Sequence[str]) -> dict[str, bytes | None]:
            """Contents, read."""


_AT_ONCE = 1 << 18
"""Bytes of what git says that are fetched at once."""
_BLOCK = 8000
"""Contents told by one git, which has them ready when they are read: the next one is at work meanwhile."""
WORTH_LEAVING = 2000
"""Fewer contents are read as quickly as they are left."""


class TreeEntry(NamedTuple):
    """A file in a tree or in the index: mode, blob id, path, and the stage of an unfinished merge (0: none)."""

    mode: str
    blob: str
    path: str
    stage: int = 0


def ls_tree(git: GitCommand, tree: str, prefix: str = "", paths: Sequence[str] = ()) -> list[TreeEntry]:
    """All files below `prefix` in a tree or commit id, or those at `paths` alone; relative to it, in git's order."""
    prefix = prefix.strip("/")
    name = f"{tree}:{prefix}" if prefix else tree
    done = git.read("ls-tree", "-r", "-z", "--full-tree", name, "--", *paths, codes=(0, 128))
    if done.code:
        if prefix and not _is_folder(git, name):
            return []
        raise KanbanError(_("the tree {tree} cannot be read: {reason}").format(tree=tree, reason=done.err))
    return [_tree_entry(line) for line in _lines(done.out)]


def _is_folder(git: GitCommand, name: str) -> bool:
    return git.read("rev-parse", "--verify", "--quiet", f"{name}^{{tree}}", codes=(0, 1, 128)).code == 0


def _tree_entry(line: str) -> TreeEntry:
    head, path = line.split("\t", 1)
    mode, _kind, blob = head.split(" ")
    return TreeEntry(mode, blob, path)


INDEX = ("ls-files", "--stage", "-z", "--full-name", "--")
_UNLIKE = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative", "--ignore-submodules=none")


def unlike(commit: str) -> tuple[str, ...]:
    """The question how the index differs from a commit."""
    return ("diff-index", *_UNLIKE, commit, "--")


def index_entries(git: GitCommand, prefix: str = "", ahead: Ahead | None = None) -> list[TreeEntry]:
    """All files of the index below `prefix`, paths relative to it, every stage of an unfinished merge."""
    prefix = prefix.strip("/")
    below = (prefix + "/",) if prefix else ()
    done = (ahead or git).read(*INDEX, *below)
    cut = len(prefix) + 1 if prefix else 0
    lines = _lines(done.out)
    end = lines[0].index(" ", len(REGULAR_MODE) + 1) if lines else 0  # of the id: all are of one length
    rows = [
        (
            REGULAR_MODE if line[:6] == REGULAR_MODE else line[:6],
            line[7:end],
            line[end + 3 + cut :],
            0 if line[end + 1] == "0" else int(line[end + 1]),
        )
        for line in lines
    ]
    entries = list(map(TreeEntry._make, rows))
    if any(entry.blob in _EMPTY for entry in entries):
        announced = {path[cut:] for path in _announced(git, below)}
        entries = [entry for entry in entries if entry.path not in announced]
    return entries


def unlike_index(git: GitCommand | Ahead, commit: str, prefix: str = "") -> tuple[frozenset[str], list[TreeEntry]]:
    """The paths below `prefix`, relative to it, at which the index has something else than a commit, and what that has.

    For an index without an unfinished merge.
    """
    prefix = prefix.strip("/")
    below, cut = ((prefix + "/",), len(prefix) + 1) if prefix else ((), 0)
    told = _lines(git.read(*unlike(commit), *below).out)
    rows = [(row[1:].split(" "), path[cut:]) for row, path in zip(told[::2], told[1::2], strict=True)]
    before = [TreeEntry(row[0], row[2], path) for row, path in rows if row[0] != _ABSENT]
    return frozenset(path for _row, path in rows), before


_ABSENT = "000000"
"""The mode of what is not there."""

_EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
"""The ids of the empty blob, by both of git's ways to name objects."""


def _announced(git: GitCommand, below: Sequence[str]) -> list[str]:
    """Files the index knows by name only (`git add --intent-to-add`): the next commit will not have them."""
    git = without_filters(git)
    done = git.read("diff-files", "--name-only", "--diff-filter=A", "--no-renames", "-z", "--", *below, codes=(0, 128))
    return _lines(done.out)


def _lines(out: bytes) -> list[str]:
    return out.decode("utf-8", "surrogateescape").rstrip("\0").split("\0") if out else []


def board_files(
    git: GitCommand,
    entries: Iterable[TreeEntry],
    limit: int,
    known: Mapping[str, bytes | None] = MappingProxyType({}),
    later: Leaving | None = None,
) -> tuple[tuple[BoardFile, ...], dict[str, bytes | None]]:
    """The entries a board can be made of, with their content, ordered by path; others are passed over.

    `known` are contents at hand by blob id; the second value are those of this answer. What is silent is left to
    `later`, where that saves reading many. Links and submodules are named,
    never followed: whatever they point to is not the board's.
    """
    cards, others = _told_apart(entries)
    attached = {entry.path for entry in others if entry.mode in _REGULAR and is_attached(entry.path)}
    sizes = sizes_of(git, [entry.blob for entry in others if entry.path in attached])
    read = {entry.blob for entry in others if entry.mode in _REGULAR and entry.path not in attached}
    wanted = read.union([entry.blob for entry in cards])
    content = {blob: known[blob] for blob in wanted & known.keys()}
    lacking_here = wanted - known.keys()
    unread = (lacking_here & later.known) - read if later is not None else frozenset[str]()
    if len(unread) < WORTH_LEAVING:
        unread = frozenset()
    asked = lacking_here - unread
    lacking = [entry.blob for entry in (*cards, *others) if entry.blob in asked] if asked else []
    content |= read_blobs(git, lacking, limit) if later is None or not lacking else later.few(lacking)
    files = [
        later.file(entry) if later is not None and entry.blob in unread else _board_file(entry, content, sizes)
        for entry in cards
    ]
    files += [_board_file(entry, content, sizes) for entry in others]
    return tuple(sorted(files, key=_BY_PATH)), content


_BY_PATH = attrgetter("path", "stage")


def _told_apart(entries: Iterable[TreeEntry]) -> tuple[list[TreeEntry], list[TreeEntry]]:
    """Ordinary files as cards are, nearly all of them, and what else a board can be made of."""
    cards, others = list[TreeEntry](), list[TreeEntry]()
    for entry in entries:
        mode, _blob, path, _stage = entry
        if path[-3:] == ".md" and mode == REGULAR_MODE and path[0] != "." and "/." not in path:
            cards.append(entry)
        elif _concerns_board(entry):
            others.append(entry)
    return cards, others


def ids_of(contents: Iterable[bytes], like: str) -> dict[str, bytes]:
    """Contents by the ids that git gives them; {} where its ids, like this one, are of the newer kind."""
    if len(like) != _OLDER:
        return {}
    return {sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest(): data for data in contents}


_OLDER = 40
"""Digits of an id in the kind of repository that nearly all are."""


def _concerns_board(entry: TreeEntry) -> bool:
    if entry.mode in (SYMLINK_MODE, SUBMODULE_MODE):
        return not any(part.startswith(".") for part in entry.path.split("/"))
    return is_board_path(entry.path) or is_attached(entry.path)


_REGULAR = (REGULAR_MODE, EXECUTABLE_MODE)
_LINKS = {SYMLINK_MODE: "symlink", SUBMODULE_MODE: "submodule"}


def _board_file(entry: TreeEntry, content: dict[str, bytes | None], sizes: Mapping[str, int]) -> BoardFile:
    note = _LINKS.get(entry.mode, "")
    if not note and is_attached(entry.path):
        return BoardFile(entry.path, None, entry.mode, entry.blob, entry.stage, ATTACHED, sizes.get(entry.blob, 0))
    data = None if note else content.get(entry.blob)
    if data is None and not note:
        note = "too-large" if entry.blob in content else "missing"
    return BoardFile(entry.path, data, entry.mode, entry.blob, entry.stage, note)


def read_blobs(git: GitCommand, blobs: Iterable[str], limit: int | None = None) -> dict[str, bytes | None]:
    """Blob contents by id. None: larger than `limit` bytes. An id git does not have is left out.

    Raises `KanbanError` in a partial clone that lacks one of them.
    """
    return dict(stream_blobs(git, blobs, limit))


def stream_blobs(git: GitCommand, blobs: Iterable[str], limit: int | None = None) -> Iterator[tuple[str, bytes | None]]:
    """The same one by one as git gives them, for who need not keep them all."""
    wanted = list(dict.fromkeys(blob for blob in blobs if blob))
    if not wanted:
        return
    blocks = [wanted[at : at + _BLOCK] for at in range(0, len(wanted), _BLOCK)]
    begun = [_asked(git, blocks[0])]
    try:
        for number, block in enumerate(blocks, 1):
            if number < len(blocks):
                begun.append(_asked(git, blocks[number]))
            with begun[0].said() as out:
                yield from _contents(git, block, _Said(out), limit)
            del begun[0]
    finally:
        for one in begun:
            one.end()


def _asked(git: GitCommand, blobs: Sequence[str]) -> Begun:
    """git, begun on some contents. It tells each by itself, which costs a pipe's two ends more than its reading."""
    return git.begin("cat-file", "--batch", "--buffer", stdin="\n".join([*blobs, ""]).encode(), codes=None)


def _contents(
    git: GitCommand, blobs: Iterable[str], said: _Said, limit: int | None
) -> Iterator[tuple[str, bytes | None]]:
    for blob in blobs:
        header = said.line()
        size = header[header.rfind(b" ") + 1 :]
        if not size.isdigit():
            if _is_partial(git):
                raise contents_missing()
            if not header:
                raise KanbanError(_("git stopped while reading {blob}").format(blob=blob))
            continue
        yield blob, said.content(int(size), limit)


class _Said:
    """What git says of many contents, read by the hundred: a line about each, its bytes, and the end of a line."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._data, self._at = out, b"", 0

    def line(self) -> bytes:
        """The next line; nothing where git has ended."""
        end = self._data.find(b"\n", self._at)
        while end < 0:
            if not self._more():
                return b""
            end = self._data.find(b"\n")
        line, self._at = self._data[self._at : end], end + 1
        return line

    def content(self, size: int, limit: int | None) -> bytes | None:
        """The next bytes; None, and they are passed over, where they are more than `limit`."""
        end = self._at + size
        if limit is not None and size > limit:
            self._pass_over(size + 1)
            return None
        if end >= len(self._data):
            self._data = self._data[self._at :] + self._out.read(end + 1 - len(self._data))
            self._at, end = 0, size
        data, self._at = self._data[self._at : end], end + 1
        return data

    def _pass_over(self, size: int) -> None:
        left = size - (len(self._data) - self._at)
        self._at = min(self._at + size, len(self._data))
        while left > 0:
            left -= len(self._out.read(min(left, _AT_ONCE))) or left

    def _more(self) -> bool:
        more = self._out.read(_AT_ONCE)
        self._data, self._at = self._data[self._at :] + more, 0
        return bool(more)


def sizes_of(git: GitCommand, blobs: Sequence[str]) -> dict[str, int]:
    """How large the contents are, in bytes, without reading them; those that git does not have are left out."""
    if not blobs or _is_partial(git):
        return {}
    lines = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs)).encode()
    rows = git.read("cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=lines).text.split("\n")
    told = (row.split(" ") for row in rows if row and not row.endswith(" missing"))
    return {blob: int(size) for blob, size in told}


def named_blobs(git: GitCommand, names: Sequence[str]) -> list[str]:
    """The blob behind each name such as `COMMIT:path`; `""` where there is none."""
    if not names:
        return []
    lines = "".join(f"{name}\0" for name in names).encode("utf-8", "surrogateescape")
    told = iter(git.read("cat-file", "-z", "--batch-check=%(objecttype) %(objectname)", stdin=lines).out.split(b"\n"))
    found = []
    for name in names:
        kind, _space, blob = next(told).decode("utf-8", "replace").partition(" ")
        is_blob = kind == "blob" and not blob.endswith("missing")
        found.append(blob if is_blob else "")
        for _line in range(0 if is_blob else name.count("\n")):
            next(told)
    return found


def lacking(git: GitCommand, blobs: Iterable[str]) -> frozenset[str]:
    """Which of these blobs a partial clone has never fetched; none in a whole one. Nothing is fetched to find out."""
    wanted = frozenset(blobs)
    if not wanted or not _is_partial(git):
        return frozenset()
    done = git.read("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
    return wanted.difference(done.text.split("\n"))


def _is_partial(git: GitCommand) -> bool:
    """Whether objects may be missing because they were never fetched; else the repository is damaged."""
    promised = r"^(extensions\.partialclone|remote\..*\.promisor)$"
    return bool(git.read("config", "--get-regexp", promised, codes=(0, 1)).out)
