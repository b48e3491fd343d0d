"""What a clone holds after a fault: its cards in HEAD, in the index and on disk, and what was left lying about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.scenes import WITNESS, git

Cards = dict[str, str]
"""Path of a card → id of its content."""
WHAT = {
    "lost": "lost",
    "stuck": "stuck",
    "half": "half done",
    "code": "wrong exit code",
    "advice": "advice that loses",
}


@dataclass(frozen=True)
class Problem:
    """`kind` is one of `WHAT`."""

    kind: str
    text: str


def outcome(root: Path) -> Cards:
    """What counts: every card that the clone holds, committed and on disk, and the shared repository; and the clone's
    hooks. Without the witness."""
    found = {f"disk:{path}": blob for path, blob in _on_disk(root / "zoe") if Path(path).stem != WITNESS}
    found |= {f"hook:{file.name}": _blob(file) for file in (root / "zoe" / ".git").glob("hooks/[a-z]*")}
    for place, revision in (("zoe", "HEAD"), ("shared.git", "main")):
        listed = _listed(git(root / place, "ls-tree", "-r", "-z", revision))
        found |= {f"{place}:{path}": blob for path, blob in listed.items() if Path(path).stem != WITNESS}
    return found


def committed(cards: Cards) -> Cards:
    """What is in commits, without files on disk."""
    return {path: blob for path, blob in cards.items() if not path.startswith(("disk:", "hook:"))}


def is_settled(clone: Path) -> bool:
    """Whether HEAD, index and files are the same."""
    head = _listed(git(clone, "ls-tree", "-r", "-z", "HEAD"))
    return head == _listed(git(clone, "ls-files", "-s", "-z")) == dict(_on_disk(clone))


def problems_of_clone(clone: Path, *, settled: bool) -> Iterator[Problem]:
    """HEAD, index and files that differ where they should be the same, things left over, objects that are broken."""
    if settled and not is_settled(clone):
        status = git(clone, "status", "--porcelain").replace("\n", "; ")
        yield Problem("half", f"HEAD, index and files differ: {status}")
    left = sorted(_leftovers(clone))
    if left:
        yield Problem("half", f"left over: {', '.join(left)}")
    broken = git(clone, "fsck", "--strict", "--no-dangling")
    if broken:
        yield Problem("lost", f"fsck: {broken[:200]}")


def told_difference(now: Cards, before: Cards, after: Cards) -> str:
    """In what the cards are neither as before nor as after."""
    told = []
    for key in sorted({*now, *before, *after}):
        if now.get(key) not in (before.get(key), after.get(key)):
            told.append(f"{key} is changed" if key in now else f"{key} is gone")
    return ", ".join(told) or ("all is done" if now == after else "nothing is done" if now == before else "one half is")


def _listed(listing: str) -> Cards:
    found = {}
    for line in filter(None, listing.split("\0")):
        about, _tab, path = line.partition("\t")
        if path:
            words = about.split()
            found[path] = words[2] if words[1] == "blob" else words[1]
    return found


def _on_disk(clone: Path) -> Iterator[tuple[str, str]]:
    for path in clone.rglob("*"):
        if path.is_file() and ".git" not in path.parts and "site" not in path.parts and ".kanban-" not in str(path):
            yield path.relative_to(clone).as_posix(), _blob(path)


def _blob(path: Path) -> str:
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _leftovers(clone: Path) -> Iterator[str]:
    git_dir = clone / ".git"
    patterns = ("*.lock", "kanban/write-*", "kanban/journal*", "kanban/exchange", "hooks/*kanban-*", "*.draft")
    for pattern in patterns:
        yield from (path.relative_to(clone).as_posix() for path in git_dir.rglob(pattern))
    for pattern in (".*.kanban-*", ".kanban-new"):
        yield from (path.relative_to(clone).as_posix() for path in clone.rglob(pattern))
