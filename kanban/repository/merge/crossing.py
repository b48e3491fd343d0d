"""Two trees merged over a third path by path, as git does it, but for what a file that is gone became.

Git guesses that. Between cards that look alike it guesses wrong: a note goes into a colleague's new card, cleanly, and
nobody sees it. Here a path is a path; who knows what a card is decides about the rest.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping

from kanban.repository.git.repository import MergeResult, Repository
from kanban.repository.merge.replaying import bare_commit
from kanban.repository.write.durable.journal import Odd
from kanban.repository.write.paths.following import RUNS
from kanban.repository.write.paths.path_state import Entry

Entries = Mapping[str, Entry | None]
"""Path → what stands there, None for nothing."""
FILES = ("100644", RUNS)


def differences(repo: Repository, old: str, new: str) -> Iterator[Odd]:
    """The paths that differ between two trees (or commits)."""
    done = repo.git.read("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
    fields = os.fsdecode(done.out).rstrip("\0").split("\0") if done.out else []
    for about, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, mode, old_blob, blob, _letter = about.lstrip(":").split(" ")
        before = None if old_mode == "000000" else Entry(old_mode, old_blob)
        yield Odd(path, before, None if mode == "000000" else Entry(mode, blob))


def crossed(repo: Repository, before: str, mine: str, top: str) -> tuple[MergeResult, tuple[str, ...]]:
    """What the way from one tree to another makes of a third; in conflict a path is as `top` has it.

    Beside it the paths of the files that both changed, each in its way, whether git was content or not.
    """
    own = {one.path: one for one in differences(repo, before, mine)}
    others = {one.path: one for one in differences(repo, before, top)}
    met = tuple(path for path, one in own.items() if path in others and one.new != others[path].new)
    if _in_each_others_way(own, others):
        fork = bare_commit(repo, before, ())
        return repo.merge_tree(bare_commit(repo, top, (fork,)), bare_commit(repo, mine, (fork,))), met
    merged = _merged(repo, [own[path] for path in met], others)
    entries = {**{path: one.new for path, one in own.items() if path not in others}, **merged}
    conflicts = tuple(path for path in met if path not in merged)
    return MergeResult(with_entries(repo, top, entries), conflicts), met


def with_entries(repo: Repository, tree: str | None, entries: Entries) -> str:
    """A tree (None: an empty one) with other entries at some paths."""
    if tree is not None and not entries:
        return tree
    gone = [path for path, entry in entries.items() if entry is None]
    nothing = "0" * len(repo.git.run("hash-object", "--stdin", stdin=b"").text) if gone else ""
    lines = [f"0 {nothing}\t{path}\0" for path in gone]
    lines += [f"{entry.mode} {entry.blob} 0\t{path}\0" for path, entry in entries.items() if entry is not None]
    with tempfile.TemporaryDirectory(prefix="kanban-index-") as folder:  # not in the clone: a kill leaves nothing there
        index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        repo.git.run("read-tree", tree or "--empty", environment=index)
        stdin = "".join(lines).encode("utf-8", "surrogateescape")
        repo.git.run("update-index", "--replace", "-z", "--index-info", environment=index, stdin=stdin)
        return repo.git.run("write-tree", environment=index).text


def _merged(repo: Repository, own: list[Odd], others: Mapping[str, Odd]) -> Entries:
    """The files among what both changed that git merges cleanly, by lines or by the driver set up for them."""
    files = [one for one in own if all(_is_file(entry) for entry in (one.new, others[one.path].new))]
    if not files:
        return {}
    old = with_entries(repo, None, {one.path: one.old for one in files if one.old is not None})
    mine = with_entries(repo, None, {one.path: one.new for one in files})
    theirs = with_entries(repo, None, {one.path: others[one.path].new for one in files})
    fork = bare_commit(repo, old, ())
    result = repo.merge_tree(bare_commit(repo, theirs, (fork,)), bare_commit(repo, mine, (fork,)))
    found = {entry.path: Entry(entry.mode, entry.blob) for entry in repo.ls_tree(result.tree)}
    return {one.path: found[one.path] for one in files if one.path not in result.conflicts and one.path in found}


def _is_file(entry: Entry | None) -> bool:
    return entry is not None and entry.mode in FILES


def _in_each_others_way(own: Mapping[str, Odd], others: Mapping[str, Odd]) -> bool:
    """Whether one side has a folder where the other has a file."""

    def above(paths: Mapping[str, Odd]) -> Iterator[str]:
        for path, one in paths.items():
            if one.new is not None:
                yield from (path[:at] for at, letter in enumerate(path) if letter == "/")

    come = [{path for path, one in side.items() if one.new is not None} for side in (own, others)]
    return not (come[0].isdisjoint(above(others)) and come[1].isdisjoint(above(own)))
