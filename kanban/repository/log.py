"""The history of a board, read from one streamed `git log`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.commits import Change, Commit
from kanban.model.events import History
from kanban.model.history import build_history
from kanban.model.layout import Layout
from kanban.repository.command import GitCommand
from kanban.repository.repository import Repository

Progress = Callable[[int], None]
"""Told now and then how many commits have been read."""

_FORMAT = "--format=%x01%H%x02%P%x02%at%x02%ct%x02%an"
_LOG = ("log", "--reverse", "--topo-order", "--raw", "-z", "--no-abbrev", "--no-renames", f"-O{os.devnull}")
_MOST_PATHS = 1000
"""Above this many, paths are not handed to git one by one: reading everything is quicker."""


def read_history(
    repository: Repository,
    *,
    prefix: str,
    layout: Layout,
    zone: tzinfo,
    renames: Mapping[str, str] | None = None,
    revision: str = "HEAD",
    first_parent: bool = False,
    progress: Progress | None = None,
) -> History:
    """All events of the board in folder `prefix`, over every commit reachable from `revision` (a name or an id).

    `renames` maps the ids that cards had before to those they have now. A repository without commits has no events.
    `first_parent`: only the main line counts, a merge being one step with its own date. No file content is read, so a
    partial clone stays partial. A shallow clone is read as far as it goes and says so (`History.shallow`).
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return History(())
    prefix = prefix.strip("/")
    entries = repository.ls_tree(head, prefix)
    present = {place[1]: place[0] for entry in entries if (place := layout.place(entry.path)) and _is_file(entry.mode)}
    commits = read_commits(repository.git, head, prefix, first_parent=first_parent, progress=progress)

    def ask(pairs: Sequence[tuple[str, str]], paths: Sequence[str]) -> Iterator[Sequence[Change]]:
        return read_differences(repository.git, pairs, prefix, paths)

    return build_history(commits, layout, zone, present, ask, renames, shallow=repository.is_shallow())


def read_commits(
    git: GitCommand,
    head: str,
    prefix: str,
    without: Iterable[str] = (),
    *,
    first_parent: bool = False,
    progress: Progress | None = None,
) -> Iterator[Commit]:
    """The commits reachable from `head` and not from `without`, the oldest first, each with its changes below `prefix`.

    Every commit is listed, also one that changed nothing there: the graph is needed whole.
    """
    merges = ("--first-parent", "--diff-merges=first-parent") if first_parent else ("--diff-merges=combined",)
    below = ("--full-history", "--sparse") if prefix else ()
    paths = (prefix + "/",) if prefix else ()
    excluded = [f"^{commit}" for commit in without]
    stream = git.stream(*_LOG, _FORMAT, *merges, *below, head, *excluded, "--", *paths)
    return _parsed(_tokens(stream), len(head), prefix, first_parent, progress)


def _tokens(stream: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The output cut at NUL, in lists that hold whole commits and entries only as far as they came."""
    rest = b""
    for chunk in stream:
        tokens = (rest + chunk).split(b"\0")
        rest = tokens.pop()
        yield tokens
    if rest:
        yield [rest]


def _parsed(
    blocks: Iterable[list[bytes]], width: int, prefix: str, first_parent: bool, progress: Progress | None
) -> Iterator[Commit]:
    paths = _Paths(prefix)
    entry: bytes | None = None
    header: bytes | None = None
    changes: list[Change] = []
    count = 0
    for tokens in blocks:
        for token in tokens:
            if entry is not None:
                change = paths.change(entry, token, width)
                if change is not None:
                    changes.append(change)
                entry = None
            elif token[:1] == b"\x01":
                if header is not None:
                    yield _commit(header, changes, first_parent)
                    changes = []
                    count += 1
                header = token
            elif token:
                entry = token
        if progress is not None:
            progress(count)
    if header is not None:
        yield _commit(header, changes, first_parent)
        if progress is not None:
            progress(count + 1)


def _commit(header: bytes, changes: list[Change], first_parent: bool) -> Commit:
    parts = header[1:].decode("utf-8", "replace").split("\x02", 4)
    parents = tuple(parts[1].split())
    if first_parent:
        parents = parents[:1]
    committed = int(parts[3] or 0)
    return Commit(parts[0], parents, int(parts[2]) if parts[2] else committed, committed, parts[4], tuple(changes))


class _Paths:
    """Turns raw entries into changes of card files, remembering each path's text."""

    def __init__(self, prefix: str) -> None:
        self._cut = len(prefix.encode()) + 1 if prefix else 0
        self._known: dict[bytes, str] = {}

    def change(self, entry: bytes, path: bytes, width: int) -> Change | None:
        """A change of a Markdown file, or None. `entry` is git's raw line without the path."""
        if path[-3:] != b".md":
            return None
        text = self._known.get(path)
        if text is None:
            text = self._known[path] = path[self._cut :].decode("utf-8", "surrogateescape")
        start = entry.find(b":")
        if entry[start + 1 : start + 2] == b":":
            return Change(text, "", "")
        before = entry[start + 15 : start + 15 + width].decode() if entry[start + 1 : start + 4] == b"100" else ""
        after = (
            entry[start + 16 + width : start + 16 + 2 * width].decode()
            if entry[start + 8 : start + 11] == b"100"
            else ""
        )
        return Change(text, before, after) if before != after else None


def read_differences(
    git: GitCommand, pairs: Sequence[tuple[str, str]], prefix: str, paths: Sequence[str]
) -> Iterator[list[Change]]:
    """For each pair (merge, parent) what changed from one to the other, on `paths` (all when there are too many)."""
    below = prefix + "/" if prefix else ""
    asked = [below + path for path in paths] if len(paths) <= _MOST_PATHS else [below] if below else []
    lines = "".join(f"{merge} {parent}\n" for merge, parent in pairs)
    stream = git.stream(
        "diff-tree", "--stdin", "--always", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", f"-O{os.devnull}",
        "--", *asked,
        stdin=lines.encode(),
    )  # fmt: skip
    known = _Paths(prefix)
    entry: bytes | None = None
    changes: list[Change] | None = None
    width = len(pairs[0][0])
    for tokens in _tokens(stream):
        for token in tokens:
            if entry is not None:
                change = known.change(entry, token, width)
                if change is not None and changes is not None:
                    changes.append(change)
                entry = None
            elif token[:1] == b":":
                entry = token
            else:
                if changes is not None:
                    yield changes
                changes = []
    if changes is None:
        raise KanbanError(_("git gave no answer about {count} merges").format(count=len(pairs)))
    yield changes


def _is_file(mode: str) -> bool:
    return mode.startswith("100")
