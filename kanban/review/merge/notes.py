"""The notes that both sides added at one place of a card, in one order and each once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kanban.model.text.headings import read_headings
from kanban.model.text.notes import Note, every_note

BULLETS = 3
"""So many bullets a note has at most, where the board does not say."""
_DAY = re.compile(r" {0,3}#+[ \t]+(\d{4}-\d{2}-\d{2})\b")
_BULLET = re.compile(r" {0,3}[-*+•][ \t]")
_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t])")
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

    Two notes of one day that hold more than `most` bullets together stay two, as the two calls were. Where one side
    has all that the other has, it stays as it stands there.
    """
    for some, whole in ((mine, theirs), (theirs, mine)):
        if all(note in whole for note in some):
            return [unit for note in whole for unit in ("\n", *note)][1:]
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


def parted(text: str, mine: str, theirs: str, most: int) -> str:
    """The merged text, where a note that only the two together made too long gives what I added to a note of its own.

    Each of us kept to the rule; nobody could share what the two make of it.
    """
    for note in reversed(every_note(text)):
        if len(note.points) <= most:
            continue
        ours, others = (_said_under(note.heading, side) for side in (mine, theirs))
        moved = [at for at, (_line, said) in enumerate(note.points) if said not in others]
        if moved and max(len(ours), len(others), len(moved)) <= most:
            text = _apart(text, note, moved)
    return text


def _said_under(heading: str, side: str) -> list[str]:
    """What the longest note of that heading says on a side."""
    found = [[said for _line, said in note.points] for note in every_note(side) if note.heading == heading]
    return max(found, key=len, default=[])


def _apart(text: str, note: Note, moved: Sequence[int]) -> str:
    """The text with some points of a note, with all that belongs to each, in a note right below it."""
    lines = text.removesuffix("\n").split("\n")
    below = next((one for one in read_headings(text) if one.line > note.line), None)
    end = below.line - 1 if below else len(lines)
    starts = [line - 1 for line, _said in note.points]
    taken = [range(starts[at], [*starts, end][at + 1]) for at in moved]
    block = [lines[at] for places in taken for at in places if lines[at].strip()]
    kept = [lines[at] for at in range(note.line, end) if not any(at in places for places in taken)]
    known = _ATX.match(lines[note.line - 1])
    level = len(known[1]) if known else 2
    if note.day is None and level < 3:
        level = below.level if below and below.level > level else level + 1
    heading = f"{'#' * level} {note.heading.rstrip(' :')}"
    new = [*lines[: note.line], *trimmed(kept), "", heading, "", *block, *[""] * (end < len(lines)), *lines[end:]]
    return "\n".join(new) + "\n"


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
