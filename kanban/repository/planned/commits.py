"""Makes commits from a plan, all at once: a new repository, or a line on top of a commit that is there."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from pathlib import Path

from kanban.demo.plan import Person, PlannedCommit
from kanban.repository.git.command import GitCommand
from kanban.repository.planned.folders import Tree
from kanban.repository.planned.packing import Pack

_BRANCH = "main"


def write_history(folder: Path, commits: Sequence[PlannedCommit]) -> str:
    """Make `folder` a git repository whose branch `main` ends with the last of `commits`, checked out.

    Ids depend on the commits alone: neither the user's identity nor the clock takes part. The repository's own
    configuration is as `git init` leaves it. Returns the id of the last commit; raises KanbanError when git says no.
    """
    git = GitCommand(folder)
    git.run("init", "--quiet", f"--initial-branch={_BRANCH}")
    made = _made(git, git.read("rev-parse", "--show-object-format").text, commits)
    git.run("update-ref", f"refs/heads/{_BRANCH}", made)
    git.run("checkout", "--quiet", "--force", _BRANCH, "--")
    return made


def write_onto(git: GitCommand, base: str, commits: Sequence[PlannedCommit]) -> str:
    """Make the commits, each on top of the one before and the first on `base`; the id of the last.

    No branch moves, and no name leads to the new commits: git keeps what is so new. The user's settings take no part
    but in how objects are stored.
    """
    return _made(git, "sha256" if len(base) == 64 else "sha1", commits, base)


def _made(git: GitCommand, algorithm: str, commits: Sequence[PlannedCommit], base: str = "") -> str:
    pack = Pack(algorithm)
    root = bytes.fromhex(git.read("rev-parse", "--verify", f"{base}^{{tree}}").text) if base else b""
    tree = Tree(git, pack, root)
    forks = {parent for place, one in enumerate(commits) for parent in one.parents[:1] if parent != place - 1}
    left: dict[int, Tree] = {}
    made: list[str] = []
    for place, commit in enumerate(commits):
        parents = [made[one] for one in commit.parents] or made[-1:] or ([base] if base else [])
        if commit.parents and commit.parents[0] != place - 1:
            tree = copy(left[commit.parents[0]])
        tree.write(commit.changes)
        if place in forks:
            left[place] = copy(tree)
        made.append(pack.add(b"commit", _told(commit, tree.root, parents)).hex())
    pack.give(git)
    return made[-1]


def _told(commit: PlannedCommit, tree: bytes, parents: Sequence[str]) -> bytes:
    lines = [f"tree {tree.hex()}", *(f"parent {one}" for one in parents)]
    lines.append(f"author {_signature(commit.person, commit.written_at)}")
    lines.append(f"committer {_signature(commit.recorder or commit.person, commit.recorded_at)}")
    return "\n".join([*lines, "", commit.message]).encode()


def _signature(person: Person, at: datetime) -> str:
    return f"{person.name} <{person.email}> {int(at.timestamp())} {at:%z}"
