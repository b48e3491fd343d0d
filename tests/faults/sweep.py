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
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.judging import (
    WHAT,
    Cards,
    Problem,
    committed,
    is_settled,
    outcome,
    problems_of_clone,
    told_difference,
)
from tests.faults.reporting import Row, write_table
from tests.faults.scenes import KANBAN, SCENES, Scene, git, run, team
from tests.faults.tracing import IO_ERROR, KILL, KILLED, NO_SPACE, READ_ONLY, Fault, Run, traced, tracer

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
ADVICE = re.compile(r"`((?:kanban|git) [^`]+)`|→ ((?:kanban|git) [^`]+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"…|\b[A-Z]{3,}\b")
LATER = "not everything could be put back now: the next kanban command will do it"
"""Said by a command whose disk refuses even to take back: nothing is committed, and the next one takes it back."""
SHARED_ONLY = "your work is shared, but this folder could not follow"
"""Said by a `sync` whose disk refuses after the others have the work: the next one does the rest."""
PARTLY = "some of the hooks are written, and could not be taken back"
"""Said by a `hook install` whose disk refuses the rest and the way back too: typed again, it does the rest."""
PINNED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_DATE": "2026-11-29T10:00:00+01:00",
    "GIT_COMMITTER_DATE": "2026-11-29T10:00:00+01:00",
    "GIT_EDITOR": "true",
    "KANBAN_AS_OF": "2026-11-29",
    "LC_ALL": "C.UTF-8",
}


@dataclass
class Judged:
    """What was wrong after one fault; nothing when all was well."""

    scene: str
    fault: Fault
    call: str
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Prepared:
    """A scene's starting place, and what the undisturbed verb does there: its calls, and the cards before and after."""

    scene: Scene
    template: Path
    run: Run
    before: Cards
    after: Cards
    settled: bool


def prepared(scene: Scene, place: Path) -> Prepared:
    """Build the scene below `place` and run its verb once undisturbed, in a copy."""
    template = place.resolve() / "template"
    template.mkdir()
    team(template)
    scene.prepare(template)
    whole = _copied(template, place / "whole")
    done = _traced(scene, whole)
    assert done.code in (0, 1), (scene.name, done.err)
    settled = is_settled(template / scene.folder) and is_settled(whole / scene.folder)
    return Prepared(scene, template, done, outcome(template), outcome(whole), settled)


_GARBAGE = re.compile(r"\w+ /\.git/objects/\w\w/tmp_obj_\w+$")
_NO_CHANGE = ("fsync ", "fdatasync ", "utimensat ")


def leaves_the_same(call: str) -> bool:
    """Whether a kill after this call finds what a kill before it found: it came to nothing, forced to the disk what was
    written, or touched an object's draft, which no git ever reads. The link that makes an object of it is another."""
    return call.endswith(" in vain") or call.startswith(_NO_CHANGE) or _GARBAGE.match(call) is not None


def faults(run: Run, kinds: Iterable[tuple[str, bool]] = KINDS, every: int = 1, first: int = 1) -> list[Fault]:
    """Each `every`-th call of the run, with each kind of fault; of kills between which nothing changes, one."""
    kills = [at for at in range(1, len(run.calls) + 1) if at == 1 or not leaves_the_same(run.calls[at - 2])]
    return [
        Fault(at, kind, held)
        for kind, held in kinds
        for at in (kills[first - 1 :: every] if kind == KILL else range(first, len(run.calls) + 1, every))
        if kind != NO_SPACE or not run.calls[at - 1].startswith(FREEING)
    ]


def judged(start: Prepared, fault: Fault) -> Judged:
    """Let the fault happen in a copy of the scene, then let a person go on."""
    found = Judged(start.scene.name, fault, start.run.calls[fault.at - 1])
    with tempfile.TemporaryDirectory(prefix="fault-") as place:
        root = _copied(start.template, Path(place) / "root")
        done = _traced(start.scene, root, fault)
        found.problems += _said_rightly(done, fault, outcome(root), start)
        found.problems += _mended(done, root, start)
    return found


def _copied(template: Path, to: Path) -> Path:
    shutil.copytree(template, to, symlinks=True)
    # the clones know the shared repository by its path
    for clone in ("zoe", "karim"):
        file = to / clone / ".git" / "config"
        file.write_text(file.read_text().replace(str(template), str(to.resolve())))
    return to.resolve()


def _traced(scene: Scene, root: Path, fault: Fault | None = None) -> Run:
    """Run the verb; calls in the clone count. What the shared repository's own git does there is its server's."""
    return traced([*KANBAN, *scene.command], root / scene.folder, root / scene.folder, fault)


def _said_rightly(run: Run, fault: Fault, now: Cards, start: Prepared) -> Iterator[Problem]:
    """The exit code tells what happened: 0 all is done, 2 nothing is; and nobody sees a traceback."""
    if "Traceback" in run.err:
        yield Problem("code", "traceback: " + run.err.strip().splitlines()[-1])
    said = run.err.strip().replace("\n", " / ")[:300]
    allowed = {0: (start.after,), 1: (start.before, start.after), 2: (start.before,), KILLED: (now,)}
    allowed[start.run.code] = (start.after, *allowed[start.run.code])
    if run.code not in allowed or (run.code == KILLED and fault.kind != KILL):
        yield Problem("code", f"exit code {run.code}: {said}")
    elif run.code == 1 and SHARED_ONLY in run.err:
        if any(now.get(path) != blob for path, blob in start.after.items() if path.startswith("shared")):
            yield Problem("code", f"said to be shared, but {told_difference(now, start.before, start.after)}: {said}")
    elif run.code == 1 and PARTLY in run.err:
        if not now.items() <= start.before.items() | start.after.items():
            yield Problem(
                "code", f"said to be partly done, but {told_difference(now, start.before, start.after)}: {said}"
            )
    elif run.code == 2 and LATER in run.err:
        if committed(now) != committed(start.before):
            yield Problem("code", f"exit code 2, but {told_difference(now, start.before, start.after)}: {said}")
    elif now not in allowed[run.code]:
        yield Problem("code", f"exit code {run.code}, but {told_difference(now, start.before, start.after)}: {said}")


def _mended(done: Run, root: Path, start: Prepared) -> Iterator[Problem]:
    """The next command, and every command that is printed as advice, leave one of the two good states."""
    clone = root / start.scene.folder
    said, code, typed = done.out + done.err, 0, False
    for _round in range(4):
        for words in _advice(said):
            typed = True
            run(clone, *words)
        again = run(clone, *KANBAN, *start.scene.again)
        said, code = again.stdout + again.stderr, again.returncode
        if code == 0:
            break
        _unlocked(root / "shared.git")
    else:
        yield Problem("stuck", said.strip()[-300:])
    now = outcome(root)
    lost = {path.rpartition("/")[2] for path in start.before.keys() & start.after.keys() if path not in now}
    if lost:
        yield Problem("advice" if typed else "lost", ", ".join(sorted(lost)))
    if now not in (start.before, start.after):
        yield Problem("half", "neither before nor after: " + told_difference(now, start.before, start.after))
    yield from problems_of_clone(clone, settled=start.settled)


def _advice(said: str) -> Iterator[list[str]]:
    """The commands that a person would type next, except those with something to fill in or that stay until closed."""
    for pair in dict.fromkeys(ADVICE.findall(said)):
        command = "".join(pair)
        if not PLACEHOLDER.search(command):
            words = shlex.split(command)
            if words[1:2] in (["serve"], ["ui"]):
                continue
            yield [*KANBAN, *words[1:]] if words[0] == "kanban" else words


def _unlocked(shared: Path) -> None:
    """What the server's administrator does: a lock that the kill left on the server's side is none of the clone's."""
    for lock in shared.rglob("*.lock"):
        lock.unlink()


def swept(scene: Scene, kinds: list[tuple[str, bool]], every: int, jobs: int) -> Row:
    """The whole sweep of one scene, problems printed as they are found."""
    began = time.monotonic()
    row = Row(scene.name, Counter(), Counter())
    with tempfile.TemporaryDirectory(prefix=f"faults-{scene.name}-") as place, ThreadPoolExecutor(jobs) as pool:
        start = prepared(scene, Path(place))
        row.calls = len(start.run.calls)
        for one in pool.map(lambda fault: judged(start, fault), faults(start.run, kinds, every)):
            row.faults[one.fault.kind] += 1
            for problem in one.problems:
                row.problems[problem.kind] += 1
                held = " persistent" if one.fault.persistent else ""
                where = f"{one.scene} {one.fault.kind}{held} at {one.fault.at} ({one.call})"
                print(f"  {where}: {WHAT[problem.kind]}: {problem.text}", flush=True)
    row.seconds = time.monotonic() - began
    print(f"{scene.name}: {row.calls} calls, {row.faults.total()} faults, {row.problems.total()} problems", flush=True)
    return row


def main() -> int:
    """Sweep, print one line a scene and one a problem; the exit code is 1 when there is a problem."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", action="append", choices=[scene.name for scene in SCENES])
    parser.add_argument("--kind", action="append", choices=[KILL, NO_SPACE, IO_ERROR, READ_ONLY])
    parser.add_argument("--every", type=int, default=1, help="only each such call")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help="put the rows into docs/reliability.md")
    arguments = parser.parse_args()
    if tracer() is None:
        print("skipped: this needs Linux, a C compiler and the right to trace")
        return 0
    os.environ.update(PINNED)
    kinds = [pair for pair in KINDS if not arguments.kind or pair[0] in arguments.kind]
    scenes = [scene for scene in SCENES if not arguments.scene or scene.name in arguments.scene]
    rows = [swept(scene, kinds, arguments.every, arguments.jobs) for scene in scenes]
    if arguments.write:
        write_table(rows, arguments.every, git(Path.cwd(), "rev-parse", "--short", "HEAD").strip())
    return int(any(row.problems for row in rows))


if __name__ == "__main__":
    sys.exit(main())
