"""What a card file says where nothing is wrong with it and its front matter is made of plain lines: a look is enough.

Nine verbs of ten ask a card for some of its values and for nothing else. Where the answer is None, `parse_document`
reads the file, finds what is wrong with it and where everything stands.
"""

from collections.abc import Mapping

from kanban.model.text.characters import conflict_problems
from kanban.model.text.encoding import MAX_FILE
from kanban.model.text.front.front_fields import Value
from kanban.model.text.front.plain_lines import plain_values
from kanban.patterns import pattern

Look = tuple[Mapping[str, Value], str]
"""Key → value, and the first heading, which is asked for where there is no title."""
_FENCE = "---\n"

_NO_PROBLEM = pattern("[\t\u00a0\u202f]")
"""Characters that Python does not print and with which nothing is wrong in a card."""


def said_in(data: bytes) -> Mapping[str, Value] | None:
    """Key → value, as `RawField.value` has it, of a file about which `parse_document` has no problem; else None."""
    if len(data) > MAX_FILE or not data.startswith(b"---\n"):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    seen = text.replace("\n", "")
    printable = seen.isprintable()
    if not (printable or _NO_PROBLEM.sub("", seen).isprintable()):
        return None
    end = text.find("\n---", len(_FENCE) - 1) + 1
    if not end or text[end + 3 : end + 4] not in ("\n", "") or conflict_problems(text, end):
        return None
    return plain_values(text[len(_FENCE) : end], printable=printable)


def look_at(data: bytes) -> Look | None:
    """What is said of such a file, and its first heading where it has no title."""
    said = said_in(data)
    return None if said is None else (said, "" if said.get("title") else heading_in(data))


def heading_in(data: bytes) -> str:
    """The first heading of such a file, as `document_title` has it."""
    if b"#" not in data and b"=" not in data:
        return ""
    from kanban.model.text.headings import first_heading

    return first_heading(body_in(data))


def body_line_in(data: bytes) -> int:
    """The line of the file on which that begins."""
    return data.count(b"\n", 0, data.find(b"\n---", len(_FENCE) - 1) + len("\n---\n")) + 1


def body_in(data: bytes) -> str:
    """What follows the front matter in such a file."""
    return data[data.find(b"\n---", len(_FENCE) - 1) + len("\n---\n") :].decode()
