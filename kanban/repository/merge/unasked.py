"""Cards that commits delete or set back though nobody said so: what a half-done tree, once committed, looks like."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator

from kanban.repository.git.repository import Repository
from kanban.repository.merge.replaying import parents_of
from kanban.repository.read.pushed_commits import messages_of

_SAID = re.compile(
    r"^Kanban[ \u00a0]*:(?!\s*edit\s*$)|^(?:Undoes|Reason|Raison)[ \u00a0]*:|^This reverts commit ",
    re.MULTILINE | re.IGNORECASE,
)
CardAt = Callable[[str], str]
"""The id of the card whose file a path is, "" for another file."""


def unasked(repo: Repository, own: Iterable[str], card_at: CardAt) -> frozenset[str]:
    """The cards that our `own` commits delete, or put back to how they were before somebody else's last change.

    A commit that a gesture made, or whose message gives a reason or says what it undoes, is asked for. What somebody
    wrote by hand is not, whoever committed it: the file may be an older one.
    """
    messages = messages_of(repo, own)
    plain = [commit for commit, message in messages.items() if not _SAID.search(message)]
    return frozenset(card for commit in plain for card in _taken_back(repo, commit, card_at))


def _taken_back(repo: Repository, commit: str, card_at: CardAt) -> Iterator[str]:
    parents = parents_of(repo, commit)
    if len(parents) != 1:
        return
    changes = list(_changes(repo, commit))
    now = {card_at(path): (path, blob) for path, _old, blob in changes if blob}
    for path, old, blob in changes:
        card = card_at(path)
        if not card or not old:
            continue
        gone = not blob and card not in now
        if gone or now[card] in _earlier(repo, parents[0], (path, now[card][0])):
            yield card


def _changes(repo: Repository, commit: str) -> Iterator[tuple[str, str, str]]:
    """Path, blob before and blob after ("" where there is none) of everything that a commit changed."""
    yield from _raw(repo, "diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", "--no-commit-id", commit)


def _raw(repo: Repository, *arguments: str) -> Iterator[tuple[str, str, str]]:
    done = repo.git.read(*arguments)
    fields = os.fsdecode(done.out).rstrip("\0").split("\0") if done.out else []
    for head, path in zip(fields[::2], fields[1::2], strict=True):
        _mode, _new, old, blob, _letter = head.lstrip("\n:").split(" ")
        yield path, old if old.strip("0") else "", blob if blob.strip("0") else ""


def _earlier(repo: Repository, parent: str, paths: tuple[str, ...]) -> set[tuple[str, str]]:
    """Path and blob of the card before what somebody else did last to it; empty when that was one's own doing."""
    identity = repo.identity()
    last = repo.git.read("log", "-1", "--format=%H%n%ae", parent, "--", *paths).text.split("\n")
    if len(last) < 2 or (identity is not None and last[1] == identity.email):
        return set()
    found = _raw(
        repo, "log", "-z", "--format=", "--raw", "--no-renames", "--no-abbrev", "--max-count=50", parent, "--", *paths
    )
    return {(path, old) for path, old, _blob in found if old}
