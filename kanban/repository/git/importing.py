"""Makes commits from a plan in one `git fast-import`: a new repository, or a line on top of a commit that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from kanban.demo.plan import Person, PlannedCommit
from kanban.repository.git.command import GitCommand

_BRANCH = "main"
_ASIDE = "refs/kanban/imported"
_LIGHTLY = ("-c", "core.compression=1")
"""Packing thousands of trees that differ by a line takes half the time; git packs again when it tidies."""


def write_history(folder: Path, commits: Sequence[PlannedCommit]) -> str:
    """Make `folder` a git repository whose branch `main` ends with the last of `commits`, checked out.

    Ids depend on the commits alone: neither the user's identity nor the clock takes part. The repository's own
    configuration is as `git init` leaves it. Returns the id of the last commit; raises KanbanError when git says no.
    """
    git = GitCommand(folder)
    git.run("init", "--quiet", f"--initial-branch={_BRANCH}")
    git.run("fast-import", "--quiet", stdin=b"".join(_feed(commits)))
    git.run("checkout", "--quiet", "--force", _BRANCH, "--")
    return git.read("rev-parse", "--verify", f"refs/heads/{_BRANCH}").text


def write_onto(git: GitCommand, base: str, commits: Sequence[PlannedCommit]) -> str:
    """Make the commits, each on top of the one before and the first on `base`; the id of the last.

    No branch moves: while git is at work a name of our own leads to the new commits, and goes when they are made. The
    user's settings take no part but in how objects are stored.
    """
    feed = b"".join(_feed(commits, _ASIDE, base))
    try:
        git.run(*_LIGHTLY, "fast-import", "--quiet", "--force", "--date-format=raw", stdin=feed)
        return git.read("rev-parse", "--verify", _ASIDE).text
    finally:
        git.run("update-ref", "-d", _ASIDE, codes=None)


def _feed(commits: Sequence[PlannedCommit], ref: str = f"refs/heads/{_BRANCH}", base: str = "") -> Iterator[bytes]:
    """The commits as a fast-import stream; mark n + 1 is the commit at place n. The first one stands on `base`."""
    for place, commit in enumerate(commits):
        head = [f"commit {ref}", f"mark :{place + 1}"]
        head.append(f"author {_signature(commit.person, commit.written_at)}")
        head.append(f"committer {_signature(commit.recorder or commit.person, commit.recorded_at)}")
        yield "\n".join(head).encode() + b"\n" + _data(commit.message.encode())
        if base and not place:
            yield f"from {base}\n".encode()
        for word, parent in zip(("from", "merge"), commit.parents, strict=False):
            yield f"{word} :{parent + 1}\n".encode()
        for path, content in commit.changes:
            if content is None:
                yield f"D {path}\n".encode()
            else:
                yield f"M 100644 inline {path}\n".encode() + _data(content)
        yield b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _signature(person: Person, at: datetime) -> str:
    return f"{person.name} <{person.email}> {int(at.timestamp())} {at:%z}"
