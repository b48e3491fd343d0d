"""Adding a note to a card's body without touching what stands there."""

import re
from collections.abc import Sequence

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.text.cardfile import Document, parse_document
from kanban.model.text.edit.replacement import Edit, apply_edits
from kanban.model.text.edit.splice import readable_document
from kanban.model.text.notes import Section, day_of, find_section, read_notes
from kanban.model.text.problem import LINE_BREAK


def append_note(data: bytes, heading: str, bullets: Sequence[str], *, section: str = "Notes") -> bytes:
    """The file with a note under `section`, which is made at the end of the body when it is missing.

    The newest note comes first, under any text that introduces the section; in a section whose dates ascend it
    comes last. Raises `EditConflict`.
    """
    document = readable_document(data)
    newline = document.newline
    heading = _one_line(heading)
    items = [line for line in map(_one_line, bullets) if line]
    found = find_section(document.body, section)
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


def append_item(data: bytes, item: str, sections: Sequence[str], otherwise: str) -> bytes:
    """The file with `- item` at the end of the first of these sections, which is made at the end as `otherwise`.

    Nothing changes where the item stands there already. Raises `EditConflict`.
    """
    document = readable_document(data)
    newline = document.newline
    line = f"- {_one_line(item)}"
    found = next(filter(None, (find_section(document.body, one) for one in sections)), None)
    if found is None:
        edit = _at_end(document, newline.join((f"## {otherwise}", "", line)))
    else:
        content = document.body[found.start : found.end].rstrip(" \t\r\n")
        if line in content.splitlines():
            return data
        last = content.rpartition("\n")[2].lstrip()
        at = found.start + len(content) + document.front[1]
        gap = newline if last.startswith(("- ", "* ", "+ ")) else newline * (2 if content else 1)
        edit = Edit(at, at, gap + line + ("" if document.text[at:].strip(" \t") else newline))
    _proved(document, apply_edits(document, [edit]), edit)
    return apply_edits(document, [edit])


def remove_item(data: bytes, item: str) -> bytes:
    """The file without the lines that are `- item` and nothing else. Raises `EditConflict`."""
    document = readable_document(data)
    lines = re.compile(rf"(?m)^[ \t]*[-*+] {re.escape(item)}[ \t]*(?:\r\n|\n|\r|\Z)")
    shift = document.front[1]
    found = [Edit(one.start() + shift, one.end() + shift, "") for one in lines.finditer(document.body)]
    return apply_edits(document, found)


def _one_line(text: str) -> str:
    """Line breaks become spaces; no-break spaces stay."""
    return re.sub(r"[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]+[ \t]*", " ", text).strip(" \t")


def _in_section(document: Document, section: Section, block: str) -> Edit:
    body, newline, shift = document.body, document.newline, document.front[1]
    days = [day for day in (day_of(note.text) for note in section.notes) if day is not None]
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
