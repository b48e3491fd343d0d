"""What can still be read of a front matter that YAML refuses as a whole.

The board goes on showing a broken card's account and title. Nothing found here is ever written back.
"""

import re
from collections.abc import Iterator

from kanban.model.text.front.front_fields import RawField, read_fields
from kanban.model.text.front.yaml_nodes import Mapping, Scalar
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.problem import LINE_BREAK

# A hostile file must not buy thousands of small parses.
MOST_ENTRIES = 300

_ENTRY = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?:[ \t]+([^\r\n]*))?(?=[\r\n]|\Z)")
_UNSURE = tuple("[{&*!|>'\"#")


def salvage_fields(text: str, shift: int, first_line: int) -> tuple[RawField, ...]:
    """The fields of `text` that can be read one by one, the first of each key; `shift` and `first_line` place it."""
    fields: dict[str, RawField] = {}
    for count, (start, end, line) in enumerate(_entries(text, first_line)):
        if count >= MOST_ENTRIES:
            break
        field = _read_entry(text, start, end, shift, line)
        if field is not None:
            fields.setdefault(field.key, field)
    return tuple(fields.values())


def _entries(text: str, first_line: int) -> Iterator[tuple[int, int, int]]:
    """Each `key:` line with the indented and `- ` lines below it: start, end and line number."""
    current: tuple[int, int] | None = None
    position, line = 0, first_line
    while position < len(text):
        found = LINE_BREAK.search(text, position)
        after = found.end() if found else len(text)
        if text[position] not in " \t-\r\n":
            if current is not None:
                yield current[0], position, current[1]
            current = (position, line) if _ENTRY.match(text, position) else None
        position, line = after, line + 1
    if current is not None:
        yield current[0], len(text), current[1]


def _read_entry(text: str, start: int, end: int, shift: int, line: int) -> RawField | None:
    head = _ENTRY.match(text, start)
    if head is None:
        return None
    for stop in dict.fromkeys((end, head.end())):
        root, problems = read_yaml(text[start:stop], first_line=line)
        if isinstance(root, Mapping) and not problems and len(root.pairs) == 1:
            fields, refused = read_fields(root, shift + start)
            return fields[0] if fields and not refused else None
    value = (head.group(2) or "").strip()
    if not value or value.startswith(_UNSURE):
        return None
    at = head.start(2)
    node = Scalar(value, line, at - start + 1, "", at - start, at - start + len(value))
    key = Scalar(head.group(1), line, 1, "", 0, len(head.group(1)))
    return read_fields(Mapping(((key, node),), line, 1), shift + start)[0][0]
