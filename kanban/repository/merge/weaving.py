"""Puts one's own commits on top of somebody else's, with somebody there who settles what git cannot.

As `replaying` does it: commit by commit, nothing on disk is touched, and nothing points to what is made until it is
adopted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kanban.model.cards.boardfile import REGULAR_MODE
from kanban.repository.git.repository import Repository
from kanban.repository.merge.crossing import crossed, with_entries
from kanban.repository.merge.replaying import parents_of, signing, written_again
from kanban.repository.write.paths.path_state import Entry

Contents = Mapping[str, bytes | None]
"""Path in the repository → what shall stand there, None for nothing."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One commit on its way: the trees before it, of it, and of what it comes upon; what git made of it, where git
    would not, and the paths that both sides changed, conflict or not."""

    before: str
    commit: str
    top: str
    tree: str
    conflicts: tuple[str, ...]
    met: tuple[str, ...]


Settle = Callable[[Crossing], Contents]


def weave(
    repo: Repository, base: str, ours: str, theirs: str, settle: Settle, *, by_merge: bool = False, said: str = ""
) -> str:
    """The commit that holds both sides' work since `base`. A commit of which nothing is left is left out; `said` is
    added to each that moves cards.

    One merge commit when `by_merge`, or when our commits hold merges themselves. Where the others wrote anew what is
    before `base`, none of it comes back: the one commit then stands on theirs alone.
    """
    own = repo.rev_list([ours], [theirs, base])[::-1]
    if by_merge or any(len(parents_of(repo, commit)) != 1 for commit in own):
        tree = _crossed(repo, base, ours, theirs, settle)
        parents = (ours, theirs) if repo.is_ancestor(base, theirs) else (theirs,)
        return commit_of(repo, tree, parents, "merge the shared board\n\nKanban: sync\n")
    top, now = theirs, dict[str, str]()
    for commit in own:
        tree = _crossed(repo, parents_of(repo, commit)[0], commit, top, settle)
        if tree != repo.tree(top):
            top = now[commit] = written_again(repo, commit, tree, top, said, now)
    return top


def _crossed(repo: Repository, before: str, commit: str, top: str, settle: Settle) -> str:
    trees = [repo.tree(one) for one in (before, commit, top)]
    result, met = crossed(repo, *trees)
    crossing = Crossing(trees[0], trees[1], trees[2], result.tree, result.conflicts, met)
    return tree_with(repo, result.tree, settle(crossing))


def tree_with(repo: Repository, tree: str, contents: Contents) -> str:
    """A tree with some paths' contents changed."""
    blobs = {path: _blob(repo, data) for path, data in contents.items()}
    entries = {path: Entry(REGULAR_MODE, blob) if blob else None for path, blob in blobs.items()}
    return with_entries(repo, tree, entries)


def commit_of(repo: Repository, tree: str, parents: tuple[str, ...], message: str) -> str:
    """A new commit of the user's own."""
    links = [part for parent in parents for part in ("-p", parent)]
    return repo.git.run("commit-tree", *signing(repo), tree, *links, "-F", "-", stdin=message.encode()).text


def _blob(repo: Repository, data: bytes | None) -> str:
    return "" if data is None else repo.git.run("hash-object", "-w", "--no-filters", "--stdin", stdin=data).text
