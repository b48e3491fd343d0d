"""The notes that both sides added at one place of a card, in one order and each once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

BULLETS = 3
"""So many bullets a note has at most, where the board does not say."""
_DAY = re.compile(r" {0,3}#+[ \t]+(\d{4}-\d{2}-\d{2})\b")
_BULLET = re.compile(r" {0,3}[-*+•][ \t]")
Units = list[str]


def by_note(units: Sequence[str], starts: Sequence[int]) -> tuple[Units, list[Units]]:
    """What stands above the first heading, and each heading with its text, without the empty lines at their end."""
    parts = [units[start:end] for start, end in zip([0, *starts], [*starts, len(units)], strict=True)]
    return list(parts[0]), [trimmed(part) for part in parts[1:]]


def trimmed(units: Sequence[str]) -> Units:
    """Without the empty lines at the end."""
    kept = list(units)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def both(mine: list[Units], theirs: list[Units], most: int, *, ascending: bool) -> Units:
    """The notes of both, an empty line between: by their days, and one under one heading where it is not too long.

    Two notes of one day that hold more than `most` bullets together stay two, as the two calls were.
    """
    kept = [list(note) for note in mine]
    for note in theirs:
        if note in mine:
            continue
        fits = next((one for one in kept if one[0] == note[0] and _fits(one, note, most)), None)
        if fits is None:
            kept.append(list(note))
        else:
            fits += [unit for unit in note[1:] if unit.strip() and unit not in fits]
    days = [_day(note[0]) for note in kept]
    if all(days):
        order = sorted(range(len(kept)), key=lambda at: days[at] or date.min, reverse=not ascending)
        kept = [kept[at] for at in order]
    return [unit for note in kept for unit in ("\n", *note)][1:]


def ascends(units: Sequence[str]) -> bool:
    """Whether the oldest of the dated notes comes first."""
    days = [day for day in map(_day, units) if day is not None]
    return len(days) > 1 and days[0] < days[-1]


def _fits(one: Units, other: Units, most: int) -> bool:
    texts = [unit for unit in (*one[1:], *other[1:]) if unit.strip()]
    return all(map(_BULLET.match, texts)) and len(dict.fromkeys(texts)) <= most


def _day(heading: str) -> date | None:
    found = _DAY.match(heading)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
