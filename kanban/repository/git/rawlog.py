"""Commits and differences as git tells them: streamed, NUL-separated, taken apart with as little work as possible.

git compares trees on one processor. So the commits are first listed in order, and then told block by block, by as many
gits at once as there are processors; we read the blocks in order while the next are being made. Inside a block git
begins with the newest: a pack holds newer trees whole and older ones as what differs from them.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kanban.beside import processors
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.history.commits import Change, Commit
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.git.command import GitCommand

Progress = Callable[[int], None]
"""Told now and then how many commits have been read."""

_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", f"-O{os.devnull}")
_FORMAT = "%x01%H%x02%P%x02%at%x02%ct%x02%(trailers:key=Undoes,key=Imported-from,separator=%x20)%x02%an"
_TREES = ("diff-tree", "--stdin", "--always", "--root", "-r", *_RAW, f"--format={_FORMAT}")
_DIFFERENCES = ("diff-tree", "--stdin", "--always", "-r", *_RAW)
_MOST_PATHS = 1000
"""Above this many, paths are not handed to git one by one: reading everything is quicker."""
_BLOCK = 4000
"""Commits told by one git: enough to be worth starting it, few enough that nobody waits long for the first or last."""
_LITTLE_MEMORY = {"core.deltaBaseCacheLimit": "12m"}
"""As quick as git's usual 96 MiB for a block of commits, and each git has its own to fill."""
_MOST_GITS = 4
"""More gits at once would only be quicker than we can read."""


def read_commits(
    git: GitCommand,
    head: str,
    prefixes: Sequence[str],
    without: Iterable[str] = (),
    *,
    first_parent: bool = False,
    progress: Progress | None = None,
) -> Iterator[Commit]:
    """The commits reachable from `head` and not from `without`, the oldest first, with their changes below `prefixes`.

    Paths are relative to the only prefix; to the repository when there are several. Every commit is listed, also one
    that changed nothing there: the graph is needed whole.
    """
    line = ("--first-parent",) if first_parent else ()
    excluded = (f"^{commit}" for commit in without)
    ids = git.read("rev-list", "--topo-order", "--reverse", *line, head, *excluded, "--").out.split()
    merges = "--diff-merges=first-parent" if first_parent else "--diff-merges=combined"
    below = [prefix + "/" for prefix in prefixes] if all(prefixes) else []
    cut = prefixes[0] if len(prefixes) == 1 else ""
    blocks = [b"\n".join(ids[at : at + _BLOCK][::-1]) + b"\n" for at in range(0, len(ids), _BLOCK)]
    del ids
    told = _told(git, (*_TREES, merges, "--", *below), blocks)
    return _commits(told, _Changes(cut, len(head)), first_parent, progress)


def read_graph(git: GitCommand, head: str, without: str) -> dict[str, tuple[str, ...]]:
    """The commits reachable from `head` and not from `without`, the newest first, each with its parents."""
    done = git.read("rev-list", "--topo-order", "--parents", head, f"^{without}", "--")
    lines = (line.split(" ") for line in done.text.split("\n") if line)
    return {commit: tuple(parents) for commit, *parents in lines}


def read_main_line(git: GitCommand, head: str, most: int) -> list[str]:
    """The newest commits of the main line (first parents) down from `head`."""
    done = git.read("rev-list", "--first-parent", f"--max-count={most}", head, "--")
    return done.text.split("\n")


def read_differences(
    git: GitCommand, pairs: Sequence[tuple[str, str]], prefix: str, paths: Sequence[str] | None = None
) -> Iterator[list[Change]]:
    """For each pair (new, old) of commits what changed from old to new below `prefix`, if given only on `paths`.

    Of many paths no choice is made: the answer may then tell of others too.
    """
    below = prefix + "/" if prefix else ""
    chosen = [below + path for path in paths] if paths is not None and len(paths) <= _MOST_PATHS else [below]
    lines = "".join(f"{new} {old}\n" for new, old in pairs)
    stream = git.stream(*_DIFFERENCES, "--", *filter(None, chosen), stdin=lines.encode())
    made = _Changes(prefix, len(pairs[0][0]))
    entry = ""
    changes: list[Change] | None = None
    for tokens in _tokens(stream):
        for token in tokens:
            if entry:
                change = made.change(entry, token)
                if change is not None and changes is not None:
                    changes.append(change)
                entry = ""
            elif token[:1] == ":":
                entry = token
            else:
                if changes is not None:
                    yield [*changes, *made.taken()]
                changes = []
    if changes is None:
        raise KanbanError(_("git gave no answer about {count} merges").format(count=len(pairs)))
    yield [*changes, *made.taken()]


def _told(git: GitCommand, command: Sequence[str], blocks: Sequence[bytes]) -> Iterator[bytes]:
    """What a command says of each block of input, in their order."""
    if len(blocks) == 1:
        yield git.read(*command, stdin=blocks[0]).out
        return
    git = replace(git, configuration={**git.configuration, **_LITTLE_MEMORY})
    gits = min(processors(), _MOST_GITS)
    begun = [git.begin(*command, stdin=block) for block in blocks[:gits]]
    try:
        for at in range(len(blocks)):
            begun[0].wait()
            if at + gits < len(blocks):  # what was told waits for us, so nobody runs far ahead
                begun.append(git.begin(*command, stdin=blocks[at + gits]))
            yield begun.pop(0).answer()
    finally:
        for one in begun:
            one.end()


def _tokens(stream: Iterable[bytes]) -> Iterator[list[str]]:
    """The output cut at NUL, a list for each chunk that came; what is not UTF-8 keeps its bytes in stand-ins."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    rest = ""
    for chunk in stream:
        tokens = (rest + decode(chunk)).split("\0")
        rest = tokens.pop()
        yield tokens
    if rest:
        yield [rest]


def _commits(
    blocks: Iterable[bytes], made: _Changes, first_parent: bool, progress: Progress | None
) -> Iterator[Commit]:
    """The commits in what git told, the oldest first; what is not UTF-8 keeps its bytes in stand-ins."""
    authors: dict[str, str] = {}
    change_of = made.change
    count = 0
    last = ""
    for block in blocks:
        told: list[Commit] = []
        tokens = iter(block.decode("utf-8", "surrogateescape").split("\0"))
        del block
        header = next(tokens)
        changes: list[Change] = []
        for token in tokens:
            if not token:
                continue
            if token[0] != "\x01":
                change = change_of(token, next(tokens))
                if change is not None:
                    changes.append(change)
                continue
            commit = _commit(header, changes, made.taken(), authors, first_parent, last)
            last = commit.parents[0] if commit.parents else ""
            told.append(commit)
            header = token
            if changes:
                changes = []
        told.append(_commit(header, changes, made.taken(), authors, first_parent, last))
        last = ""
        count += len(told)
        while told:
            yield told.pop()
        if progress is not None:
            progress(count)


def _commit(
    header: str,
    changes: list[Change],
    board_files: tuple[Change, ...],
    authors: dict[str, str],
    first_parent: bool,
    last: str,
) -> Commit:
    """One commit. `last` is the parent of the one after it, mostly this: one text for both takes half the memory."""
    name, parents, authored, committed, trailers, author = header.split("\x02", 5)
    known = authors.get(author)
    if known is None:
        known = authors[author] = author.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    name = name[1:]
    if name == last:
        name = last
    above = (parents,) if 0 < len(parents) <= len(name) else tuple(parents.split())
    if first_parent:
        above = above[:1]
    at = int(committed or 0)
    when = at if authored == committed or not authored else int(authored)
    if not trailers:
        return Commit(name, above, when, at, known, tuple(changes), board_files)
    words = trailers.split(" ")
    undone = next((after for word, after in pairwise(words) if word == "Undoes:"), "")
    return Commit(name, above, when, at, known, tuple(changes), board_files, undone, "Imported-from:" in words)


class _Changes:
    """Makes changes of Markdown files from git's raw lines, each path kept as one string."""

    def __init__(self, prefix: str, width: int) -> None:
        self._cut = len(prefix) + 1 if prefix else 0
        self._old = slice(15, 15 + width)
        self._new = slice(16 + width, 16 + 2 * width)
        self._paths: dict[str, str] = {}
        self._blobs: dict[str, str] = {}
        self._board_files: list[Change] = []

    def taken(self) -> tuple[Change, ...]:
        """The changes of board files since this was last asked."""
        if not self._board_files:
            return ()
        found, self._board_files = tuple(self._board_files), []
        return found

    def change(self, entry: str, path: str) -> Change | None:
        """A change, or None when no regular Markdown file is concerned. A merge's line tells nothing but the path."""
        if path[-3:] != ".md":
            if path[-9:] == BOARD_FILE and path[-10:-9] in ("", "/"):
                change = self._made(entry, path[self._cut :])
                self._board_files += (change,) if change else ()
            return None
        name = self._paths.get(path)
        if name is None:
            name = self._paths[path] = path[self._cut :]
        return self._made(entry, name)

    def _made(self, entry: str, name: str) -> Change | None:
        if entry[0] == "\n":
            entry = entry[1:]
        if entry[1] == ":":
            return Change(name, "", "")
        before = entry[self._old] if entry[1:4] == "100" else ""
        after = entry[self._new] if entry[8:11] == "100" else ""
        after = self._blobs.pop(after, after)  # what a file is after something, it was before something newer
        before = self._blobs.setdefault(before, before) if before else ""
        return Change(name, before, after) if before != after else None
