"""Stops or fails a verb at each of its state-changing calls, types what it advises, and judges what is left.

python -m tests.faults.sweep                      every scene, every call, kills and every error
python -m tests.faults.sweep --scene sync-both --kind kill --every 5
python -m tests.faults.sweep --write              the table in docs/reliability.md
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.scenes import KANBAN, SCENES, WITNESS, Scene, git, kanban, team
from tests.faults.tracing import IO_ERROR, KILL, KILLED, NO_SPACE, READ_ONLY, Fault, Run, traced

KINDS = (
    (KILL, False),
    (NO_SPACE, False),
    (NO_SPACE, True),
    (IO_ERROR, False),
    (IO_ERROR, True),
    (READ_ONLY, True),
)
FREEING = ("unlink", "rmdir", "chmod", "fchmod", "utimensat")
"""Calls that need no space."""
ADVICE = re.compile(r"`((?:kanban|git) [^`]+)`")
PINNED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_DATE": "2026-11-29T10:00:00+01:00",
    "GIT_COMMITTER_DATE": "2026-11-29T10:00:00+01:00",
    "KANBAN_AS_OF": "2026-11-29",
    "LC_ALL": "C.UTF-8",
}

Cards = dict[str, bytes]


@dataclass(frozen=True)
class State:
    """A clone: its cards in HEAD, in the index and on disk, and what stands beside them."""

    head: Cards
    index: Cards
    disk: Cards
    leftovers: tuple[str, ...]


@dataclass
class Judged:
    """What was wrong after one fault; nothing when all was well."""

    scene: str
    fault: Fault
    call: str
    problems: list[str] = field(default_factory=list)


def state_of(clone: Path) -> State:
    """Read it all."""
    return State(
        _cards_listed(clone, git(clone, "ls-tree", "-r", "-z", "HEAD")),
        _cards_listed(clone, git(clone, "ls-files", "-s", "-z")),
        {path.relative_to(clone).as_posix(): path.read_bytes() for path in _card_files(clone)},
        tuple(sorted(_leftovers(clone))),
    )


def _card_files(clone: Path) -> Iterator[Path]:
    for path in sorted(clone.rglob("*.md")):
        if ".git" not in path.parts and path.name != "README.md" and "site" not in path.parts:
            yield path


def _cards_listed(clone: Path, listing: str) -> Cards:
    found = {}
    for line in listing.split("\0"):
        about, _tab, path = line.partition("\t")
        if path.endswith(".md") and not path.endswith("README.md"):
            words = about.split()
            blob = words[2] if words[1] == "blob" else words[1]
            found[path] = git(clone, "cat-file", "blob", blob).encode()
    return found


def _leftovers(clone: Path) -> Iterator[str]:
    git_dir = clone / ".git"
    for path in git_dir.rglob("*.lock"):
        yield path.relative_to(clone).as_posix()
    for path in (git_dir / "kanban").glob("*"):
        if path.name.startswith(("write-", "journal")):
            yield path.relative_to(clone).as_posix()


def begin(scene: Scene, root: Path) -> None:
    """The scene's starting place under `root`."""
    team(root)
    scene.prepare(root)


def sweep(scene: Scene, kinds: Iterable[tuple[str, bool]] = KINDS, every: int = 1, first: int = 1) -> Iterator[Judged]:
    """Judge the scene at each `every`-th call, for each kind of fault."""
    with tempfile.TemporaryDirectory(prefix=f"faults-{scene.name}-") as place:
        template = Path(place).resolve() / "template"
        template.mkdir()
        begin(scene, template)
        before = _outcome(template)
        whole = _copied(template, Path(place) / "whole")
        run = traced([*KANBAN, *scene.command], whole / scene.folder, whole)
        after = _outcome(whole)
        jobs = [
            Fault(at, kind, held)
            for kind, held in kinds
            for at in range(first, len(run.calls) + 1, every)
            if kind != NO_SPACE or not run.calls[at - 1].startswith(FREEING)
        ]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from pool.map(lambda fault: _one(scene, template, fault, run, before, after), jobs)


def _outcome(root: Path) -> Cards:
    """What counts: every card that anybody can reach, by clone and path, without the witness."""
    found = {}
    for clone in ("zoe", "karim"):
        for path, data in state_of(root / clone).head.items():
            if Path(path).stem != WITNESS:
                found[f"{clone}:{path}"] = data
    for path, data in _cards_listed(
        root / "shared.git", git(root / "shared.git", "ls-tree", "-r", "-z", "main")
    ).items():
        if Path(path).stem != WITNESS:
            found[f"shared:{path}"] = data
    return found


def _copied(template: Path, to: Path) -> Path:
    shutil.copytree(template, to, symlinks=True)
    # the clones know the shared repository by its path
    for clone in ("zoe", "karim"):
        git(to / clone, "remote", "set-url", "origin", str(to / "shared.git"))
    return to.resolve()


def _one(scene: Scene, template: Path, fault: Fault, whole: Run, before: Cards, after: Cards) -> Judged:
    judged = Judged(scene.name, fault, whole.calls[fault.at - 1])
    with tempfile.TemporaryDirectory(prefix="fault-") as place:
        root = _copied(template, Path(place) / "root")
        run = traced([*KANBAN, *scene.command], root / scene.folder, root, fault)
        judged.problems += _said_rightly(run, fault, root, before, after)
        judged.problems += _mended(scene, run, root, before, after)
    return judged


def _said_rightly(run: Run, fault: Fault, root: Path, before: Cards, after: Cards) -> Iterator[str]:
    """The exit code tells what happened: 0 all is done, 2 nothing is."""
    if fault.kind == KILL:
        if run.code not in (KILLED, 0):
            yield f"exit code {run.code} after a kill"
        return
    if "Traceback" in run.err:
        yield "traceback: " + run.err.strip().splitlines()[-1]
    now = _outcome(root)
    if run.code == 0 and now != after:
        yield "exit code 0, and it is not done"
    if run.code == 2 and now != before:
        yield "exit code 2, and something is done: " + run.err.strip().replace("\n", " / ")[:200]
    if run.code not in (0, 1, 2):
        yield f"exit code {run.code}: {run.err.strip()[:200]}"


def _mended(scene: Scene, run: Run, root: Path, before: Cards, after: Cards) -> Iterator[str]:
    """The next command, and every command that is printed as advice, leave one of the two good states."""
    zoe = root / scene.folder
    said = run.err
    for _round in range(4):
        for advice in ADVICE.findall(said):
            words = shlex.split(advice)
            if words[0] == "kanban" and "…" not in advice and "CARD" not in advice:
                kanban(zoe, *words[1:], code=None)
        done = kanban(zoe, *scene.again, code=None)
        said = done.stderr
        if done.returncode == 0:
            break
    else:
        yield f"stuck: {said.strip()[:300]}"
    now = _outcome(root)
    if now not in (before, after, _outcome_after_sync(scene, after)):
        yield "neither before nor after: " + _difference(now, before, after)
    state = state_of(zoe)
    if not state.head == state.index == state.disk:
        yield "HEAD, index and files differ: " + git(zoe, "status", "--porcelain").replace("\n", "; ")
    if state.leftovers:
        yield f"left over: {state.leftovers}"
    for place in (zoe, root / "shared.git"):
        broken = git(place, "fsck", "--strict", "--no-dangling")
        if broken:
            yield f"fsck: {broken[:200]}"


def _outcome_after_sync(scene: Scene, after: Cards) -> Cards:
    return after


def _difference(now: Cards, before: Cards, after: Cards) -> str:
    told = []
    for key in sorted({*now, *before, *after}):
        if now.get(key) not in (before.get(key), after.get(key)):
            told.append(f"{key} is changed")
        elif key not in now:
            told.append(f"{key} is gone")
    return ", ".join(told) or "a mixture of both"


def main() -> int:
    """Sweep, print one line a scene and one a problem; the exit code is 1 when there is a problem."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", action="append", choices=[scene.name for scene in SCENES])
    parser.add_argument("--kind", action="append", choices=[KILL, NO_SPACE, IO_ERROR, READ_ONLY])
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    os.environ.update(PINNED)
    kinds = [pair for pair in KINDS if not arguments.kind or pair[0] in arguments.kind]
    wrong = 0
    for scene in SCENES:
        if arguments.scene and scene.name not in arguments.scene:
            continue
        tried: Counter[str] = Counter()
        for judged in sweep(scene, kinds, arguments.every):
            tried["points"] += 1
            for problem in judged.problems:
                tried["problems"] += 1
                held = " persistent" if judged.fault.persistent else ""
                print(f"  {scene.name} {judged.fault.kind}{held} at {judged.fault.at} ({judged.call}): {problem}")
        print(f"{scene.name}: {tried['points']} faults, {tried['problems']} problems", flush=True)
        wrong += tried["problems"]
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
