"""What two sides did to the units of a text, and which of it meets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDER_ALL = 7
"""Deeper than any heading: a bullet or a paragraph."""


@dataclass(frozen=True, slots=True)
class Op:
    """Units [start, end) of the base become `units` on one side."""

    start: int
    end: int
    units: tuple[str, ...]
    side: int


def groups_of(ops: Sequence[Op]) -> list[list[Op]]:
    """Operations that touch the same units, or add at the same place, together."""
    groups: list[list[Op]] = []
    for op in ops:
        if groups and any(_meet(op, other) for other in groups[-1]):
            groups[-1].append(op)
        else:
            groups.append([op])
    return groups


def _meet(one: Op, other: Op) -> bool:
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    if one.start == one.end:
        # what is added right below something that went may have stood under a heading that went with it
        return other.start < one.start < other.end or (one.start == other.end and not other.units)
    if other.start == other.end:
        return _meet(other, one)
    return one.start < other.end and other.start < one.end


def applied(base: Sequence[str], group: Sequence[Op], start: int, end: int, side: int) -> list[str]:
    """Units [start, end) of the base as one side has them."""
    found: list[str] = []
    at = start
    for op in group:
        if op.side == side:
            found += [*base[at : op.start], *op.units]
            at = op.end
    return [*found, *base[at:end]]


def added_beside_what_went(base: Sequence[str], group: Sequence[Op], start: int, end: int) -> list[str] | None:
    """Units [start, end) where one side only took away and the other only added: what was added, under the headings
    under which it stood. None where they did something else."""
    went = [op for op in group if not op.units]
    added = [op for op in group if op.start == op.end]
    one_each = {op.side for op in went}.isdisjoint(op.side for op in added)
    if not (went and added and one_each and len(went) + len(added) == len(group)):
        return None
    found: list[str] = []
    above: list[tuple[int, list[str]]] = []
    for at in range(start, end + 1):
        for op in (op for op in added if op.start == at):
            depth = _depth(next((unit for unit in op.units if unit.strip()), ""))
            new = [*(unit for level, units in above if level < depth for unit in units), *op.units]
            above = []
            opens = bool((found or base[:start])[-1].strip()) if found or start else not base[0].strip()
            found += ["\n"] * (opens and _depth(new[0]) < _UNDER_ALL) + new
        if at == end:
            break
        unit = base[at]
        if not any(op.start <= at < op.end for op in went):
            found.append(unit)
            above = []
        elif (depth := _depth(unit)) < _UNDER_ALL:
            above = [*((level, units) for level, units in above if level < depth), (depth, [unit])]
        elif above and not unit.strip() and len(above[-1][1]) == 1:
            above[-1][1].append(unit)
    while end == len(base) and found and not found[-1].strip():
        found.pop()
    return found


def _depth(unit: str) -> int:
    known = HEADING.match(unit)
    return len(known[1]) if known else _UNDER_ALL
