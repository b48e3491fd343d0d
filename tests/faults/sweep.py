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
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing import get_context
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
from tests.faults.likeness import likeness
from tests.faults.reporting import Row, write_table
from tests.faults.running import Run, can_trace, verb
from tests.faults.scenes import SCENES, Scene, git, run, team
from tests.faults.tracer import IO_ERROR, KILL, KILLED, NO_SPACE, READ_ONLY, Fault

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
PARTLY = re.compile("and could not be taken back|the rest is not done")
"""Said by a `hook install`, a `demo` or a `sync` from no branch whose disk refuses the rest: typed again, it is done."""
PINNED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_DATE": "2026-11-29T10:00:00+01:00",
    "GIT_COMMITTER_DATE": "2026-11-29T10:00:00+01:00",
    "GIT_EDITOR": "true",
    "KANBAN_AS_OF": "2026-11-29",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass
class Judged:
    """What was wrong after one fault; nothing when all was well."""

    scene: str
    fault: Fault
    call: str
    problems: list[Problem] = field(default_factory=list)


Words = tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """A scene's starting place, and what the undisturbed verb does there: its calls, and the cards before and after.

    `found`, `lived`: the cards in a state, and what became of it when a person went on with certain advice. States that
    are alike are judged once: what comes next cannot differ.
    """

    scene: Scene
    template: Path
    run: Run
    before: Cards
    after: Cards
    later: Cards
    """When what the undisturbed verb advises has been typed too: the merge that it settled is finished."""
    settled: bool
    found: dict[bytes, Cards] = field(default_factory=dict)
    lived: dict[tuple[bytes, tuple[Words, ...]], list[Problem]] = field(default_factory=dict)


def prepared(scene: Scene, place: Path) -> Prepared:
    """Build the scene below `place` and run its verb once undisturbed, in a copy."""
    template = place.resolve() / "template"
    template.mkdir()
    team(template)
    scene.prepare(template)
    if not scene.first:
        verb(("list",), template / scene.folder)
    with _copied(template, "whole") as whole:
        done = _traced(scene, whole)
        assert done.code in (0, 1), (scene.name, done.err)
        settled = is_settled(template / scene.folder) and is_settled(whole / scene.folder)
        after = outcome(whole)
        for words in _advice(done.out + done.err):
            _typed(whole / scene.folder, words)
        return Prepared(scene, template, done, outcome(template), after, outcome(whole), settled)


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


POINTS = 4
"""So many kills of a sample, spread over the calls of a scene."""


def sample(run: Run) -> list[Fault]:
    """A few faults: spread, and where it matters most: the rename that makes it done, just before and just after it."""
    turn = max(number for number, call in enumerate(run.calls, 1) if call.startswith("rename"))
    spread = faults(run, [(KILL, False)], max(1, len(run.calls) // POINTS), first=2)
    return [*spread, Fault(turn), Fault(turn, NO_SPACE, True), Fault(min(turn + 1, len(run.calls)))]


def judged(start: Prepared, fault: Fault) -> Judged:
    """Let the fault happen in a copy of the scene, then let a person go on."""
    found = Judged(start.scene.name, fault, start.run.calls[fault.at - 1])
    with _copied(start.template, "root") as root:
        done = _traced(start.scene, root, fault)
        state, advice = likeness(root), tuple(_advice(done.out + done.err))
        if state not in start.found:
            start.found[state] = outcome(root)
        found.problems += _said_rightly(done, fault, start.found[state], start)
        if (state, advice) not in start.lived:
            start.lived[state, advice] = list(_mended(advice, root, start))
        found.problems += start.lived[state, advice]
    return found


def stopped(start: Prepared, numbers: Sequence[int]) -> Iterator[Judged]:
    """Kills before each of these calls, in one run: what a kill would leave is what is there while all stand still.
    Where something moves beside the caller, the kill is tried by itself."""
    found: dict[int, Judged] = {}
    with _copied(start.template, "root") as root:

        def look(number: int, said: str) -> None:
            if number not in numbers or number > len(start.run.calls):
                return
            found[number] = Judged(start.scene.name, Fault(number), start.run.calls[number - 1])
            state, advice = likeness(root), tuple(_advice(said))
            if (state, advice) not in start.lived:
                with _copied(root, "left") as left:
                    start.lived[state, advice] = list(_mended(advice, left, start))
            found[number].problems += start.lived[state, advice]

        clone = root / start.scene.folder
        verb(start.scene.command, clone, clone, at_each=look)
    for number in numbers:
        yield found[number] if number in found else judged(start, Fault(number))


@contextmanager
def _copied(template: Path, name: str) -> Iterator[Path]:
    """A copy of the scene; objects of git's, which never change, by a second name. Whatever knows where it lies (the
    clones' settings, a journal) knows the copy's place: one of as many letters, so that no length changes."""
    to = template.with_name(name.ljust(len(template.name), "_"))
    at, new = os.fsencode(template), os.fsencode(to)

    def copy(of: str, there: str) -> None:
        if "/objects/" in of:
            os.link(of, there)
            return
        shutil.copy2(of, there)
        with open(there, "rb") as file:
            data = file.read()
        if at in data:
            with open(there, "wb") as file:
                file.write(data.replace(at, new))
            shutil.copystat(of, there)

    shutil.copytree(template, to, symlinks=True, copy_function=copy)
    try:
        yield to
    finally:
        shutil.rmtree(to)


def _traced(scene: Scene, root: Path, fault: Fault | None = None) -> Run:
    """Run the verb; calls in the clone count. What the shared repository's own git does there is its server's."""
    return verb(scene.command, root / scene.folder, root / scene.folder, fault)


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
    elif run.code == 1 and PARTLY.search(run.err):
        if not now.items() <= start.before.items() | start.after.items():
            yield Problem(
                "code", f"said to be partly done, but {told_difference(now, start.before, start.after)}: {said}"
            )
    elif run.code == 2 and LATER in run.err:
        if committed(now) != committed(start.before):
            yield Problem("code", f"exit code 2, but {told_difference(now, start.before, start.after)}: {said}")
    elif now not in allowed[run.code]:
        yield Problem("code", f"exit code {run.code}, but {told_difference(now, start.before, start.after)}: {said}")


def _mended(advice: tuple[Words, ...], root: Path, start: Prepared) -> Iterator[Problem]:
    """The next command, and every command that is printed as advice, leave one of the two good states."""
    clone = root / start.scene.folder
    said, typed = "", False
    for _round in range(4):
        for words in advice:
            typed = True
            _typed(clone, words)
        is_done = start.scene.once and outcome(root) == start.after and not any(clone.rglob(".kanban-new"))
        again = verb(("list",) if is_done else start.scene.again, clone)
        if again.code == 0:
            break
        said = again.out + again.err
        advice = tuple(_advice(said))
        _unlocked(root / "shared.git")
    else:
        yield Problem("stuck", said.strip()[-300:])
    now = outcome(root)
    lost = {path.rpartition("/")[2] for path in start.before.keys() & start.after.keys() if path not in now}
    if lost:
        yield Problem("advice" if typed else "lost", ", ".join(sorted(lost)))
    if now not in (start.before, start.after, start.later):
        yield Problem("half", "neither before nor after: " + told_difference(now, start.before, start.after))
    yield from problems_of_clone(clone, settled=start.settled)


def _advice(said: str) -> Iterator[Words]:
    """The commands that a person would type next, except those with something to fill in or that stay until closed."""
    for pair in dict.fromkeys(ADVICE.findall(said)):
        command = "".join(pair)
        if not PLACEHOLDER.search(command):
            words = tuple(shlex.split(command))
            if words[1:2] not in (("serve",), ("ui",), ("watch",)):
                yield words


def _typed(clone: Path, words: Words) -> None:
    if words[0] == "kanban":
        verb(words[1:], clone)
    else:
        run(clone, *words)


def _unlocked(shared: Path) -> None:
    """What the server's administrator does: a lock that the kill left on the server's side is none of the clone's."""
    for lock in shared.rglob("*.lock"):
        lock.unlink()


def swept(name: str, chosen: Callable[[Run], list[Fault]]) -> Row:
    """The whole sweep of the scene of this name, problems printed as they are found."""
    scene = next(scene for scene in SCENES if scene.name == name)
    row = Row(scene.name, Counter(), Counter())
    with tempfile.TemporaryDirectory(prefix=f"faults-{scene.name}-") as place:
        start = prepared(scene, Path(place))
        row.calls = len(start.run.calls)
        every = chosen(start.run)
        kills = [fault.at for fault in every if fault.kind == KILL]
        for one in chain(stopped(start, kills), (judged(start, fault) for fault in every if fault.kind != KILL)):
            fault = one.fault
            row.faults[fault.kind] += 1
            for problem in one.problems:
                row.problems[problem.kind] += 1
                held = " persistent" if fault.persistent else ""
                where = f"{one.scene} {fault.kind}{held} at {fault.at} ({one.call})"
                print(f"  {where}: {WHAT[problem.kind]}: {problem.text}", flush=True)
    told = f"{row.calls} calls, {row.faults.total()} faults, {len(start.lived)} states, {row.problems.total()} problems"
    print(f"{scene.name}: {told}", flush=True)
    return row


def main() -> int:
    """Sweep, print one line a scene and one a problem; the exit code is 1 when there is a problem."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", action="append", choices=[scene.name for scene in SCENES])
    parser.add_argument("--kind", action="append", choices=[KILL, NO_SPACE, IO_ERROR, READ_ONLY], default=[])
    parser.add_argument("--every", type=int, default=1, help="only each such call")
    parser.add_argument("--sample", action="store_true", help="a few faults of each scene only")
    parser.add_argument("--jobs", type=int, default=1, help="so many scenes at once")
    parser.add_argument("--write", action="store_true", help="put the rows into docs/reliability.md")
    arguments = parser.parse_args()
    if not can_trace():
        print("skipped: this needs Linux on x86-64 or arm64, and the right to trace")
        return 0
    os.environ.update(PINNED)
    kinds = [pair for pair in KINDS if not arguments.kind or pair[0] in arguments.kind]
    scenes = [scene.name for scene in SCENES if not arguments.scene or scene.name in arguments.scene]
    version = git(Path.cwd(), "rev-parse", "--short", "HEAD").strip()
    with ProcessPoolExecutor(arguments.jobs, get_context("fork")) as pool:
        chosen = sample if arguments.sample else partial(faults, kinds=kinds, every=arguments.every)
        each = (pool.map if arguments.jobs > 1 else map)(partial(swept, chosen=chosen), scenes)
        rows = []
        for row in each:
            rows.append(row)
            if arguments.write:
                row.scene += "" if row.faults[KILL] else ", errors"
                write_table([row], arguments.every, version)
    return int(any(row.problems for row in rows))


if __name__ == "__main__":
    sys.exit(main())
