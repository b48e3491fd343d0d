"""Commits made of a plan have the ids that git itself gives them when it is told the same, whatever files do."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kanban.demo.plan import PlannedCommit
from kanban.errors import KanbanError
from kanban.repository.git.command import GitCommand
from kanban.repository.planned import packing
from kanban.repository.planned.commits import write_onto
from tests.repository.test_importing import commit, git

NAMES = ("a", "a.md", "a/b", "a/b/c.md", "a-b/c", "a.b/c", "é/ü.md", "z", "x/1", "x/2", "x/3", "x", "x/1/2/3/4")
"""Files that stand where folders were, and folders whose order is not that of their names."""


def told_to_git(commits: Sequence[PlannedCommit], base: str) -> Iterator[bytes]:
    """The plan as git's own importer takes it."""
    for place, one in enumerate(commits):
        at = [f"{int(when.timestamp())} {when:%z}" for when in (one.written_at, one.recorded_at)]
        who = f"{one.person.name} <{one.person.email}>"
        head = f"commit refs/heads/told\nmark :{place + 1}\nauthor {who} {at[0]}\ncommitter {who} {at[1]}\n"
        message = one.message.encode()
        yield head.encode() + b"data %d\n%b\n" % (len(message), message)
        yield b"" if one.parents else f"from {f':{place}' if place else base}\n".encode()
        for word, parent in zip(("from", "merge"), one.parents, strict=False):
            yield f"{word} :{parent + 1}\n".encode()
        for path, content in one.changes:
            if content is None:
                yield f"D {path}\n".encode()
            else:
                yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def history(dice: random.Random) -> list[PlannedCommit]:
    """Up to 120 commits of random files; some stand on an earlier one, some join two."""
    made: list[PlannedCommit] = []
    there: list[set[str]] = []
    for place in range(dice.choice((1, 8, 120))):
        parents = tuple(dice.sample(range(place), dice.choice((1, 2)))) if place > 2 and dice.random() < 0.2 else ()
        files = set(there[parents[0]]) if parents else set(there[-1]) if there else set()
        changes: dict[str, bytes | None] = {}
        for name in dice.sample([*NAMES, *(f"many/{number:03}.md" for number in range(200))], dice.randrange(1, 40)):
            if any(one.startswith(f"{name}/") or name.startswith(f"{one}/") for one in changes):
                continue
            if dice.random() < 0.7:
                changes[name] = dice.choice((b"", b"same", dice.randbytes(9) * 600))
                files = {one for one in files if not one.startswith(f"{name}/") and not name.startswith(f"{one}/")}
                files.add(name)
            elif name in files:
                changes[name] = None
                files.remove(name)
        made.append(commit(f"number {place}", changes, *parents))
        there.append(files)
    return made


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@pytest.mark.parametrize("seed", range(3))
def test_ids_are_those_that_git_gives(tmp_path: Path, seed: int, algorithm: str) -> None:
    git(tmp_path, "init", "-q", "-b", "main", f"--object-format={algorithm}")
    (tmp_path / "x").mkdir()
    (tmp_path / "x/run").write_text("#!/bin/sh\n")
    (tmp_path / "x/run").chmod(0o755)
    (tmp_path / "x/link").symlink_to("run")
    git(tmp_path, "add", "-A")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=b@c", "commit", "-qm", "base")
    base = git(tmp_path, "rev-parse", "HEAD").strip()
    plan = history(random.Random(seed))
    made = write_onto(GitCommand(tmp_path), base, plan)
    git(tmp_path, "update-ref", "refs/heads/main", made)
    whole = ["git", "fsck", "--strict", "--no-dangling"]
    assert subprocess.run(whole, cwd=tmp_path, check=True, capture_output=True).stdout == b""
    feed = b"".join(told_to_git(plan, base))
    subprocess.run(["git", "fast-import", "--quiet", "--date-format=raw"], cwd=tmp_path, input=feed, check=True)
    assert git(tmp_path, "rev-parse", "told").strip() == made


@pytest.mark.parametrize("path", ["a//b", "../b", "a/../b", "./b", "", "a/", ".git/hooks/pre-commit", "a/.GIT/config"])
def test_a_path_leads_nowhere_else(path: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=b@c", "commit", "-q", "--allow-empty", "-m", "base")
    base = git(tmp_path, "rev-parse", "HEAD").strip()
    with pytest.raises(KanbanError, match="is no name that git takes for a file"):
        write_onto(GitCommand(tmp_path), base, [commit("bad", {path: b"x"})])


def test_a_difference_is_what_git_makes_of_it() -> None:
    """Pieces of every length that the format writes otherwise, against the format's own words."""
    for old in (1, 127, 128, 255, 256, 65535, 65536, 65537, 200_000):
        told = packing.Difference(old, old + 300)
        told.copy(0, old)
        told.insert(b"y" * 300)
        assert applied(bytes(told), bytes(old)) == bytes(old) + b"y" * 300, old


def applied(told: bytes, old: bytes) -> bytes:
    """gitformat-pack(5), read once more."""
    at, sizes = 0, []
    for _number in range(2):
        size = shift = 0
        while True:
            byte = told[at]
            size, shift, at = size | (byte & 127) << shift, shift + 7, at + 1
            if byte < 128:
                break
        sizes.append(size)
    assert sizes[0] == len(old)
    made = b""
    while at < len(told):
        code, at = told[at], at + 1
        if code < 128:
            made, at = made + told[at : at + code], at + code
            continue
        numbers = []
        for bits in (range(4), range(4, 7)):
            number = 0
            for place, bit in enumerate(bits):
                if code >> bit & 1:
                    number, at = number | told[at] << 8 * place, at + 1
            numbers.append(number)
        made += old[numbers[0] : numbers[0] + (numbers[1] or 65536)]
    assert len(made) == sizes[1]
    return made
