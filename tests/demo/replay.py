"""A second reading of the plan, by brute force: the whole tree after each commit, and where each card stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanban.demo.plan import PlannedCommit

OPEN = ("prospects", "qualifies", "rdv", "offre", "negociation")
EXITS = ("gagne", "perdu", "nurturing")
LIMITS = {"qualifies": 15, "rdv": 10, "offre": 8, "negociation": 5}


def trees(plan: list[PlannedCommit]) -> list[dict[str, bytes]]:
    """Path → bytes after each commit; a removed path must have been there."""
    found: list[dict[str, bytes]] = []
    for commit in plan:
        tree = dict(found[commit.parents[0]]) if commit.parents else {}
        for path, content in commit.changes:
            if content is None:
                del tree[path]
            else:
                tree[path] = content
        found.append(tree)
    return found


def places(tree: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Card and column of each card file."""
    for path in tree:
        column, _, rest = path.partition("/")
        if rest.endswith(".md") and rest != "README.md":
            yield rest.rpartition("/")[2][:-3], column


@dataclass(frozen=True)
class Move:
    """A card that stands elsewhere after a commit than after its first parent."""

    card: str
    origin: str
    target: str
    day: date
    place: int


def moves(plan: list[PlannedCommit], all_trees: list[dict[str, bytes]]) -> list[Move]:
    """Moves and creations, without those that a merge only brings in."""
    found = []
    for place, commit in enumerate(plan):
        if len(commit.parents) > 1:
            continue
        before = dict(places(all_trees[commit.parents[0]])) if commit.parents else {}
        for card, column in places(all_trees[place]):
            if before.get(card) != column:
                found.append(Move(card, before.get(card, ""), column, commit.written_at.date(), place))
    return found


def field(content: bytes, key: str) -> str:
    """A front-matter field by plain text search; "" when absent."""
    for line in content.decode().partition("---\n")[2].partition("---\n")[0].splitlines():
        if line.startswith(f"{key}:"):
            return line.partition(":")[2].split("  #")[0].strip().strip("\"'")
    return ""
