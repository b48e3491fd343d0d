"""Break the logic in one place at a time and see whether the nearest tests notice.

    python tools/mutants.py --seed 1 --count 12          random places in the rooms that hold rules
    python tools/mutants.py kanban/pull/sla.py:52        every way to break one line

A mutant turns one comparison, sign, `and`, `not` or number. It lives in a copy, so the working tree stays as it is.
Exit code 1 when one survives: it shows a test that is missing, or code that says the same either way.
"""

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("model", "pull", "metrics", "paper", "scripts", "rituals", "gestures", "lint", "render/views", "review")
ELSEWHERE = {
    "paper": ("review/test_telling.py", "rituals", "lint/test_formats.py"),
    "model": ("model", "repository/test_reading_history.py"),
    "gestures": ("gestures", "directory"),
    "review": ("review", "merges"),
}
"""Rooms whose tests stand under other names."""
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One broken expression: where, how it reads, how it read."""

    path: str
    line: int
    start: int
    end: int
    new: str
    old: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.old}  →  {self.new}"


def mutants(path: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    data = (ROOT / path).read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(data)
    told = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    told += [one for node in ast.walk(tree) for one in getattr(node, "decorator_list", ())]  # how a value is made
    inside = {id(part) for node in told for part in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.expr)
            and node.end_lineno
            and node.end_col_offset is not None
            and id(node) not in inside
        ):
            start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
            for new in broken(node):
                old = data[start:end].decode()
                yield Mutant(path, node.lineno, start, end, f"({ast.unparse(new)})", " ".join(old.split()))


def broken(node: ast.expr) -> Iterator[ast.expr]:
    """The ways to break one expression."""
    new = copy.deepcopy(node)
    match new:
        case ast.Compare(ops=[op, *rest]) if type(op) in OTHER:
            new.ops = [OTHER[type(op)](), *rest]  # type: ignore[list-item]  # the table pairs operators of one kind
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in OTHER:
            new.op = OTHER[type(op)]()  # type: ignore[assignment]  # the same
        case ast.UnaryOp(op=ast.Not()):
            new = new.operand
        case ast.Constant(value=bool(value)):
            new.value = not value
        case ast.Constant(value=int(value)):
            new.value = value + 1
        case _:
            return
    yield new


def survives(mutant: Mutant, copy_of: Path) -> bool:
    """Whether the nearest tests stay green. Tests that cannot even start have noticed too."""
    room = mutant.path.split("/")[1]
    tests = [f"tests/{name}" for name in ELSEWHERE.get(room, (room,))]
    target = copy_of / mutant.path
    data = target.read_bytes()
    target.write_bytes(data[: mutant.start] + mutant.new.encode() + data[mutant.end :])
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "2", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, cwd=copy_of, capture_output=True, timeout=1200, check=False).returncode == 0
    finally:
        target.write_bytes(data)


def chosen(places: list[str], seed: int, count: int) -> list[Mutant]:
    """The mutants of the places typed, else so many at random."""
    if places:
        named = [place.rpartition(":") for place in places]
        return [one for path, _colon, line in named for one in mutants(path) if one.line == int(line)]
    paths = sorted(
        path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / "kanban" / room).rglob("*.py")
    )
    every = [one for path in paths for one in mutants(path)]
    return random.Random(seed).sample(every, count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", metavar="PATH:LINE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12)
    wanted = parser.parse_args()
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_of = Path(folder) / "copy"
        shutil.copytree(ROOT, copy_of, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        for mutant in chosen(wanted.places, wanted.seed, wanted.count):
            lives = survives(mutant, copy_of)
            alive += lives
            print("SURVIVES" if lives else "caught  ", mutant, flush=True)
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
