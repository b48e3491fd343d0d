"""The dated notes in a card's body: reading them, and adding one without touching what stands there.

```
## Notes

### 2026-10-02 — call

- SSO and two integrations to price
- asks for a reference customer
```
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.text.cardfile import Document, parse_document
from kanban.model.text.edit.replacement import Edit, apply_edits
from kanban.model.text.edit.splice import readable_document
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
class _Section:
    """The notes section of a body: where its content begins and ends, and the headings of the notes in it."""

    level: int
    start: int
    end: int
    notes: tuple[Heading, ...]


def read_notes(body: str, body_line: int = 1, *, section: str = "Notes") -> tuple[Note, ...]:
    """The notes under the heading `section`, in file order. `body_line` is the line of the file `body` begins on."""
    found = _find_section(body, section)
    if found is None:
        return ()
    ends = [heading.start for heading in found.notes[1:]] + [found.end]
    return tuple(_read_note(body, heading, end, body_line) for heading, end in zip(found.notes, ends, strict=False))


def every_note(body: str, body_line: int = 1) -> tuple[Note, ...]:
    """All notes of a card, dated or not, under whatever heading people give their calls."""
    found: list[Note] = []
    for name in SECTIONS:
        loose = loose_note(body, body_line, section=name)
        found += [*([loose] if loose else []), *read_notes(body, body_line, section=name)]
    if not found and "otes" in body:
        found += _spoken_notes(body, body_line)
    return tuple(sorted(found, key=lambda note: note.line))


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


def loose_note(body: str, body_line: int = 1, *, section: str = "Notes") -> Note | None:
    """What stands in the notes section above its first dated note, as a note of its own; None when nothing does."""
    found = _find_section(body, section)
    if found is None:
        return None
    heading = next(one for one in read_headings(body) if one.end == found.start)
    note = _read_note(body, heading, found.notes[0].start if found.notes else found.end, body_line)
    return note if note.points else None


def append_note(data: bytes, heading: str, bullets: Sequence[str], *, section: str = "Notes") -> bytes:
    """The file with a note under `section`, which is made at the end of the body when it is missing.

    The newest note comes first, under any text that introduces the section; in a section whose dates ascend it
    comes last. Raises `EditConflict`.
    """
    document = readable_document(data)
    newline = document.newline
    heading = _one_line(heading)
    items = [line for line in map(_one_line, bullets) if line]
    found = _find_section(document.body, section)
    level = 3 if found is None else found.notes[0].level if found.notes else min(found.level + 1, 6)
    lines = [f"{'#' * level} {heading}", *([""] if items else []), *(f"- {item}" for item in items)]
    if found is None:
        edit = _at_end(document, newline.join((f"## {_one_line(section)}", "", *lines)))
    else:
        edit = _in_section(document, found, newline.join(lines))
    after = _proved(document, apply_edits(document, [edit]), edit)
    known = sum(note.heading == heading for note in read_notes(document.body, section=section))
    if sum(note.heading == heading for note in read_notes(after.body, section=section)) <= known:
        message = _("the note would not be seen as one: a code block or comment above is never closed")
        raise EditConflict(message, cure=_("close it, or write the note by hand"))
    return apply_edits(document, [edit])


def append_to_body(data: bytes, markdown: str) -> bytes:
    """The file with `markdown` at its end, after an empty line. Line ends and the final one, or none, stay as they are.

    Raises `EditConflict`.
    """
    document = readable_document(data)
    lines = LINE_BREAK.sub("\n", markdown).strip("\n")
    if not lines.strip():
        return data
    edit = _at_end(document, lines.replace("\n", document.newline))
    _proved(document, apply_edits(document, [edit]), edit)
    return apply_edits(document, [edit])


def _find_section(body: str, section: str) -> _Section | None:
    wanted = section.strip().casefold().replace("’", "'")
    headings = list(read_headings(body))
    for place, heading in enumerate(headings):
        if heading.text.rstrip(" \u00a0\u202f:").casefold().replace("’", "'") == wanted:
            below = headings[place + 1 :]
            after = next((one for one in below if one.level <= heading.level), None)
            end = after.start if after else len(body)
            inside = [one for one in below if one.start < end]
            top = min((one.level for one in inside), default=0)
            notes = tuple(one for one in inside if one.level == top)
            return _Section(heading.level, heading.end, end, notes)
    return None


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
        _day(heading.text),
        heading.line + body_line - 1,
        tuple(text for _number, text in bullets),
        tuple(number for number, _text in bullets),
        tuple((number, text) for number, _is_bullet, text in points),
    )


def _day(heading: str) -> date | None:
    found = _DAY.match(heading)
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def _one_line(text: str) -> str:
    """Line breaks become spaces; no-break spaces stay."""
    return re.sub(r"[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]+[ \t]*", " ", text).strip(" \t")


def _in_section(document: Document, section: _Section, block: str) -> Edit:
    body, newline, shift = document.body, document.newline, document.front[1]
    days = [day for day in (_day(note.text) for note in section.notes) if day is not None]
    if section.notes and not (len(days) > 1 and days[0] < days[-1]):
        at = section.notes[0].start
        above = _blank_above(body[:at])
        return Edit(at + shift, at + shift, ("" if above else newline) + block + newline * 2)
    content = body[: section.end].rstrip(" \t\r\n")
    at = max(len(content), section.start - _break_length(body, section.start))
    tight = section.end < len(body) and len(LINE_BREAK.findall(body[at : section.end])) < 2
    return Edit(at + shift, at + shift, newline * 2 + block + (newline if tight else ""))


def _at_end(document: Document, block: str) -> Edit:
    text, newline = document.text, document.newline
    if not text:
        return Edit(0, 0, block + newline)
    end = len(text)
    if not text.endswith(("\n", "\r")):
        final = newline if end == document.front[1] else ""
        return Edit(end, end, newline * 2 + block + final)
    return Edit(end, end, ("" if _blank_above(document.body) and document.body else newline) + block + newline)


def _break_length(text: str, end: int) -> int:
    return 2 if text[:end].endswith("\r\n") else 1 if text[:end].endswith(("\n", "\r")) else 0


def _blank_above(text: str) -> bool:
    """Whether the line before the end of `text` is empty."""
    kept = text[: len(text) - _break_length(text, len(text))]
    return not re.split(r"[\r\n]", kept)[-1].strip()


def _proved(before: Document, data: bytes, edit: Edit) -> Document:
    """The document after an edit of the body, once it is shown that the front matter is what it was."""
    after = parse_document(data)
    same = [(one.key, one.value) for one in after.fields] == [(one.key, one.value) for one in before.fields]
    grown = len(after.text) == len(before.text) + len(edit.text)
    if after.readable and same and grown and after.inside == before.inside:
        return after
    message = _("the text cannot be added without changing the front matter")
    raise EditConflict(message, cure=_("add it by hand"))
