"""Merges the texts of cards by bullet and paragraph: what only one side touched is taken, what both added is kept.

The grain is a bullet with its continuation lines, a heading, a paragraph, an empty line, a block of code. Two sides may
change neighbouring bullets; the same bullet changed on both sides is a clash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kanban.review.merge.changes import HEADING, Op, added_beside_what_went, applied, groups_of
from kanban.review.merge.notes import BULLETS, ascends, both, by_note, trimmed

_BULLET = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LOOSE = ("bullet", "heading", "blank")


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both sides changed: their texts, line ends included."""

    mine: str
    theirs: str


def merge_bodies(base: str | None, mine: str, theirs: str, most: int = BULLETS) -> list[str | Clash]:
    """The merged text in pieces. Without a base, what the two have in common is taken for it.

    `most` bullets may stand in a note.
    """
    ours, other = units_of(mine), units_of(theirs)
    common = _in_common(ours, other) if base is None else units_of(base)
    ops = sorted([*_ops(common, ours, 0), *_ops(common, other, 1)], key=lambda op: (op.start, op.end, op.side))
    pieces: list[str | Clash] = []
    at = 0
    for group in groups_of(ops):
        start, end = min(op.start for op in group), max(op.end for op in group)
        pieces.extend(common[at:start])
        first, second = (applied(common, group, start, end, side) for side in (0, 1))
        if len(sides := {op.side for op in group}) == 1:
            pieces.extend(first if 0 in sides else second)
        elif first == second:
            pieces.extend(first)
        elif (left := added_beside_what_went(common, group, start, end)) is not None:
            pieces.extend(left)
        elif start == end:
            pieces.extend(_both(first, second, most, ascending=ascends(common)))
        else:
            pieces.append(Clash("".join(first), "".join(second)))
        at = end
    pieces.extend(common[at:])
    return pieces


def units_of(text: str) -> list[str]:
    """The text cut into units; joined they are the text again."""
    units: list[str] = []
    kinds: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        opened = _FENCE.match(line)
        kind = "code" if fence or opened else _kind(line)
        follows = bool(kinds) and (
            (kind == "code" and bool(fence))
            or (kind == "text" and kinds[-1] == "text")
            or (kind == "text" and kinds[-1] == "bullet" and line[:1] in " \t")
        )
        if opened:
            fence = "" if fence and line.lstrip().startswith(fence) else fence or opened.group(1)
        if follows:
            units[-1] += line
        else:
            units.append(line)
            kinds.append(kind)
    return units


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return "bullet" if _BULLET.match(line) else "heading" if HEADING.match(line) else "text"


def _in_common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [unit for block in blocks for unit in one[block.a : block.a + block.size]]


def _ops(base: Sequence[str], side: Sequence[str], number: int) -> list[Op]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    found, first = [], 0
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            first = i1
            continue
        at, units = i1, list(side[j1:j2])
        if tag == "insert":
            at, units = _by_its_heading(base, first, at, units)
        found.append(Op(at, i2 + at - i1, tuple(units), number))
        first = i2
    return found


def _by_its_heading(base: Sequence[str], first: int, at: int, units: list[str]) -> tuple[int, list[str]]:
    """The same insertion seen to begin with a heading, not between a heading that was there and what stood under it.

    Of two notes of one day nobody can tell which heading is the new one; `first` is how far up it may be looked for.
    """
    place, turned = at, units
    while place > first and _kind(turned[0]) != "heading" and base[place - 1] == turned[-1]:
        place, turned = place - 1, [turned[-1], *turned[:-1]]
    return (place, turned) if _kind(turned[0]) == "heading" else (at, units)


def _both(mine: list[str], theirs: list[str], most: int, *, ascending: bool) -> list[str | Clash]:
    """Both sides added here: first what belongs to the text above, then the notes of each."""
    (lead, notes), (other_lead, other_notes) = (by_note(side, _headings(side)) for side in (mine, theirs))
    if not (notes or other_notes):
        return _added(lead, other_lead)
    above = _added(trimmed(lead), trimmed(other_lead))
    ends_blank = not (mine[-1].strip() and theirs[-1].strip())
    below = both(notes, other_notes, most, ascending=ascending or any(map(ascends, (mine, theirs))))
    return [*above, *["\n"] * bool(lead or other_lead), *below, *["\n"] * ends_blank]


def _headings(units: list[str]) -> list[int]:
    return [at for at, unit in enumerate(units) if _kind(unit) == "heading"]


def _added(mine: list[str], theirs: list[str]) -> list[str | Clash]:
    """What they begin and end with in common once, then mine, then theirs."""
    head = _same(mine, theirs)
    tail = _same(mine[head:][::-1], theirs[head:][::-1])
    stop = len(mine) - tail
    first, second = mine[head:stop], theirs[head : len(theirs) - tail]
    middle: list[str | Clash] = [*first, *second]
    if first and second and not all(_kind(unit) in _LOOSE for unit in (first[0], second[0])):
        middle = [Clash("".join(first), "".join(second))]
    return [*mine[:head], *middle, *mine[stop:]]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
