"""The dated notes in a card's body: reading them (`edit/note_writing.py` adds one).

```
## Notes

### 2026-10-02 — call

- SSO and two integrations to price
- asks for a reference customer
```
"""

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date

from kanban.model.text.headings import Heading, read_headings
from kanban.model.text.problem import LINE_BREAK
from kanban.values import dataclass

_BULLET = re.compile(r" {0,3}(?:[-*+•]|\d{1,9}[.)])[ \t]+(.*)")
_NESTED = 2
"""A bullet that stands so much further right belongs to the one above it."""
SECTIONS = ("Notes", "Call notes", "Notes d'appel")
"""Headings under which people note their calls; ours is the first."""
_SPOKEN = re.compile(
    r"^[ \t]*(?:\*\*)?(notes(?: d['’]appel)?|call notes)(?:\*\*)?[ \t\u00a0\u202f]*:(?:\*\*)?", re.I | re.M
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n(?![ \t]*(?:[-*+•]|\d+[.)])[ \t])(?=[ \t]*\S)")
_HASHES = re.compile(r" {0,3}(#{1,6})(?=[ \t]|\Z)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its heading, the day the heading begins with if any, its bullets and the line of each (1-based).

    `points` is all it says, paragraphs beside bullets, each with its line.
    """

    heading: str
    day: date | None
    line: int
    bullets: tuple[str, ...]
    bullet_lines: tuple[int, ...]
    points: tuple[tuple[int, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """The notes section of a body: where its content begins and ends, and the headings of the notes in it."""

    level: int
    start: int
    end: int
    notes: tuple[Heading, ...]


def read_notes(body: str, body_line: int = 1, *, section: str = "Notes") -> tuple[Note, ...]:
    """The notes under the heading `section`, in file order. `body_line` is the line of the file `body` begins on."""
    found = find_section(body, section)
    return () if found is None else _notes_in(body, found, body_line)


def _notes_in(body: str, section: Section, body_line: int) -> tuple[Note, ...]:
    ends = [heading.start for heading in section.notes[1:]] + [section.end]
    return tuple([_read_note(body, heading, end, body_line) for heading, end in zip(section.notes, ends, strict=False)])


def every_note(body: str, body_line: int = 1) -> tuple[Note, ...]:
    """All notes of a card, dated or not, under whatever heading people give their calls."""
    found: list[Note] = []
    headings = tuple(read_headings(body))
    called = [_called(heading.text) for heading in headings]
    for name in map(_called, SECTIONS):
        if name in called:
            section = _section(body, headings, called.index(name))
            loose = _loose_note(body, headings, section, body_line)
            found += [*([loose] if loose else []), *_notes_in(body, section, body_line)]
    if not found and "otes" in body:
        found += _spoken_notes(body, body_line)
    return tuple(sorted(found, key=lambda note: note.line))


def notes_are_short(body: str, most: int, longest: int) -> bool:
    """Whether it takes but a look to see that no note says more than `most` points or one of over `longest` characters.

    With headings of two levels at most, each note lies between two headings, and its points are lines of it.
    """
    if "```" in body or "~~~" in body or "<!--" in body or "\r" in body:
        return False  # headings or lines may be something else than they look
    levels: set[int] = set()
    said = size = 0
    for line in body.split("\n"):
        size += len(line) + 1
        if not line or line.isspace():
            continue
        if line[0] in "# " and (mark := _HASHES.match(line)):
            levels.add(len(mark[1]))
            said = size = 0
            continue
        said += 1
        if said > most or size > longest or (line[0] in "-= " and not line.strip("-= \t")):
            return False  # the last may underline a heading
    return len(levels) <= 2


def _spoken_notes(body: str, body_line: int) -> Iterator[Note]:
    """Notes under a plain line `Notes :`, as the sheet writes them: up to the next heading or paragraph."""
    headings = read_headings(body)
    starts = sorted(one.start for one in headings)
    for found in _SPOKEN.finditer(body):
        line = body.count("\n", 0, found.start()) + 1
        after = next((start for start in starts if start > found.start()), len(body))
        stop = _PARAGRAPH.search(body, found.end(), after)
        heading = Heading(1, found[1], found.start(), found.end(), line)
        note = _read_note(body, heading, stop.start() if stop else after, body_line)
        if note.points:
            yield note


def _loose_note(body: str, headings: tuple[Heading, ...], section: Section, body_line: int) -> Note | None:
    """What stands in the notes section above its first dated note, as a note of its own; None when nothing does."""
    heading = next(one for one in headings if one.end == section.start)
    note = _read_note(body, heading, section.notes[0].start if section.notes else section.end, body_line)
    return note if note.points else None


def find_section(body: str, section: str) -> Section | None:
    """Where the notes stand, if there is such a section."""
    wanted = _called(section.strip())
    headings = tuple(read_headings(body))
    place = next((place for place, heading in enumerate(headings) if _called(heading.text) == wanted), None)
    return None if place is None else _section(body, headings, place)


def _called(heading: str) -> str:
    """A heading as it is compared with others."""
    return heading.rstrip(" \u00a0\u202f:").casefold().replace("’", "'")


def _section(body: str, headings: tuple[Heading, ...], place: int) -> Section:
    """The section of the heading at this place."""
    heading, below = headings[place], headings[place + 1 :]
    after = next((one for one in below if one.level <= heading.level), None)
    end = after.start if after else len(body)
    inside = [one for one in below if one.start < end]
    top = min((one.level for one in inside), default=0)
    return Section(heading.level, heading.end, end, tuple([one for one in inside if one.level == top]))


def _read_note(body: str, heading: Heading, end: int, body_line: int) -> Note:
    points: list[tuple[int, bool, str]] = []
    first = heading.line + len(LINE_BREAK.findall(body[heading.start : heading.end])) + body_line - 1
    apart, margin = True, 0
    for number, line in enumerate(LINE_BREAK.split(body[heading.end : end]), first):
        found, text = _BULLET.match(line), line.strip()
        indent, listed = len(line) - len(line.lstrip(" ")), bool(points and points[-1][1])
        if found and not (listed and indent >= margin + _NESTED):
            margin = min(margin, indent) if listed else indent
            points.append((number, True, found.group(1).strip()))
        elif text and points and (not apart or line[:1].isspace()):
            points[-1] = (*points[-1][:2], f"{points[-1][2]} {text}")
        elif text and not text.startswith("<!--"):
            points.append((number, False, text))
        apart = not text
    bullets = [(number, text) for number, is_bullet, text in points if is_bullet]
    return Note(
        heading.text,
        day_of(heading.text),
        heading.line + body_line - 1,
        tuple(text for _number, text in bullets),
        tuple(number for number, _text in bullets),
        tuple((number, text) for number, _is_bullet, text in points),
    )


def day_of(heading: str) -> date | None:
    """The day with which a note's heading begins, if any."""
    found = _DAY.match(heading)
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
