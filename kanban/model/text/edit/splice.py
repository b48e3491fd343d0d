"""Changing one field of a card file without touching another byte.

Every function takes the bytes of a file and returns the new bytes. The result is read again and proved before it is
handed out: the field has its new value, every other field and the body are what they were. When that cannot be had, or
when the card cannot be read, `EditConflict` says where and what to do, and nothing is lost.
"""

import re
from collections.abc import Sequence

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.text.cardfile import Document, RawField, parse_document
from kanban.model.text.edit.list_splice import list_edits, unfold
from kanban.model.text.edit.quoting import block_text, flow_list, quoted
from kanban.model.text.edit.replacement import (
    Edit,
    apply_edits,
    colon_end,
    encode,
    keeps_empty_lines,
    rest_of_line,
    value_end,
)
from kanban.model.text.front.front_fields import KEY
from kanban.model.text.front.yaml_nodes import UNREADABLE
from kanban.model.text.problem import Problem, line_and_column, line_end, line_offset, line_start

Value = str | Sequence[str]

_NAME = re.compile(r"[ \t]*(?P<name>[^:\r\n]+):(?P<gap>[\u00a0\u2007\u2009\u202f]*)")

# Said to the user, but no hindrance to a safe edit, unless YAML itself refuses the character.
_HARMLESS = frozenset(
    {"bom", "mixed-newlines", "carriage-return", "control-character", "nested-value", "bad-key"}
    | {"front-matter-not-first", "front-matter-cut"}
)


def set_field(data: bytes, key: str, value: Value) -> bytes:
    """The file with `key` set to a text or to a list of texts.

    An existing field keeps its place, its comment, and its quotes or list style where they can hold the value; a new
    one becomes the last line of the front matter, which is made when there is none. "" leaves the key with no value.
    The same value again gives the same bytes. Raises `EditConflict`.
    """
    document = readable_document(data)
    wanted = value if isinstance(value, str) else tuple(value)
    field = document.get(key)
    if field is not None and field.value == wanted:
        return data
    _check_key(document, key)
    edits = _added(document, key, wanted) if field is None else _changed(document, field, wanted)
    return proved(document, apply_edits(document, edits), key, wanted)


def remove_field(data: bytes, key: str) -> bytes:
    """The file without the lines of `key`; the same bytes when it is not there. Raises `EditConflict`."""
    document = readable_document(data)
    field = document.get(key)
    if field is None:
        _check_key(document, key)
        return data
    text = document.text
    last = field.items[-1] if field.items and field.style == "-" else field
    start, end = line_start(text, field.key_start), line_end(text, value_end(text, last))
    place = document.fields.index(field)
    if place and keeps_empty_lines(text, document.fields[place - 1]):
        while end < document.inside[1] and not rest_of_line(text, end).strip(" \t"):
            end = line_end(text, end)
    return proved(document, apply_edits(document, [Edit(start, end, "")]), key, None)


def rename_field(data: bytes, old: str, key: str) -> bytes:
    """The file with the field `old` called `key`, its value as it is. The old name may be one that no field can have.

    Raises `EditConflict`, also when the card has a field `key` already.
    """
    document = readable_document(data)
    field = document.get(old)
    places = [problem.line for problem in document.problems if problem.code == "bad-key" and problem.key == old[:40]]
    line = field.key_line if field is not None else places[0] if places else 0
    found = _NAME.match(document.text, line_offset(document.text, line)) if line else None
    if document.get(key) is not None or found is None:
        message = _("`{old}` cannot be called `{key}`: the card has one already").format(old=old, key=key)
        raise EditConflict(message, cure=_("keep one of the two lines"), line=line or 1)
    edits = [Edit(*found.span("name"), key)]
    if found["gap"]:
        edits.append(Edit(*found.span("gap"), " "))
    renamed = apply_edits(document, edits)
    before = [(key, one.value) if one is field else (one.key, one.value) for one in document.fields]
    after = parse_document(renamed)
    now = [(one.key, one.value) for one in after.fields if field is not None or one.key != key]
    if not after.readable or after.get(key) is None or now != before or after.body != document.body:
        message = _("`{key}` cannot be changed without changing something else").format(key=key)
        raise EditConflict(message, cure=_("change the line of `{key}` by hand").format(key=key), line=line)
    return renamed


def add_to_list(data: bytes, key: str, item: str) -> bytes:
    """The file with `item` last in the list `key`; the same bytes when it is in it. A single value becomes a list.

    Raises `EditConflict`.
    """
    field = readable_document(data).get(key)
    texts = field.texts if field is not None else ()
    if item in texts:
        return data
    return set_field(data, key, (*texts, item))


def remove_from_list(data: bytes, key: str, item: str) -> bytes:
    """The file without `item` in the list `key`; the same bytes when it is not in it. Raises `EditConflict`."""
    field = readable_document(data).get(key)
    if field is None or item not in field.texts:
        return data
    return set_field(data, key, tuple(text for text in field.texts if text != item))


def new_document(fields: Sequence[tuple[str, Value]], body: str = "") -> bytes:
    """A fresh card file with LF line ends: the fields in this order, an empty line, and the body."""
    lines = []
    for key, value in fields:
        _check_key(None, key)
        lines.append(_line(key, value if isinstance(value, str) else tuple(value)))
    body = body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    tail = f"\n{body.lstrip(chr(10))}\n" if body else ""
    return encode("\n".join(("---", *lines, "---", tail)), bom=False)


def readable_document(data: bytes) -> Document:
    """The document to edit; raises `EditConflict` with the line and the cure when it cannot be read whole."""
    document = parse_document(data)
    if document.readable:
        return document
    raise _unsafe(_hindrance(document))


def _hindrance(document: Document) -> Problem:
    """The first of the problems that make a document unreadable."""
    grave = [problem for problem in document.problems if problem.code not in _HARMLESS]
    unread = UNREADABLE.search(document.text, *document.inside)
    if unread is not None:
        line = line_and_column(document.text, unread.start())[0]
        grave += [problem for problem in document.problems if problem.line == line]
    return min(grave, key=lambda problem: (problem.code == "no-front-matter", problem.line, problem.column))


def _unsafe(problem: Problem) -> EditConflict:
    message = _("the card cannot be edited safely: {message}").format(message=problem.message)
    return EditConflict(message, cure=problem.cure, line=problem.line)


def proved(before: Document, data: bytes, key: str, wanted: str | tuple[str, ...] | None) -> bytes:
    """`data`, once it is shown to differ from `before` in the field `key` alone; `wanted` None means it is gone."""
    after = parse_document(data)
    field = after.get(key)
    held = field.value if field is not None else None
    others = [(one.key, one.value) for one in before.fields if one.key != key]
    same = [(one.key, one.value) for one in after.fields if one.key != key] == others
    if after.readable and same and after.body == before.body and held == wanted:
        return data
    cure = _("change the line of `{key}` by hand").format(key=key)
    if not after.readable:
        problem = _hindrance(after)
        message = _("`{key}` cannot be changed safely: {message}").format(key=key, message=problem.message)
        raise EditConflict(message, cure=problem.cure or cure)
    raise EditConflict(_("`{key}` cannot be changed without changing something else").format(key=key), cure=cure)


def _check_key(document: Document | None, key: str) -> None:
    if not KEY.match(key):
        message = _("`{key}` cannot be the name of a field").format(key=key[:40])
        raise EditConflict(message, cure=_("use letters without accents, digits, `_` or `-`, beginning with a letter"))
    problem = next((one for one in document.problems if one.key == key), None) if document else None
    if problem is not None and problem.code == "nested-value":
        raise _unsafe(problem)


def _line(key: str, value: str | tuple[str, ...]) -> str:
    written = quoted(value) if isinstance(value, str) else flow_list(value)
    return f"{key}: {written}" if written else f"{key}:"


def _added(document: Document, key: str, value: str | tuple[str, ...]) -> list[Edit]:
    """The field as the last line of the front matter, or in a new front matter of its own."""
    text, newline = document.text, document.newline
    if document.front == (0, 0):
        return [Edit(0, 0, newline.join(("---", _line(key, value), "---", "")))]
    at = document.inside[1]
    newline = "\r\n" if text[:at].endswith("\r\n") else text[at - 1]
    indent = document.fields[0].key_start - line_start(text, document.fields[0].key_start) if document.fields else 0
    return [Edit(at, at, " " * indent + _line(key, value) + newline)]


def _changed(document: Document, field: RawField, value: str | tuple[str, ...]) -> list[Edit]:
    text = document.text
    if field.is_list and not isinstance(value, str):
        return list_edits(document, field, value)
    if field.style == "-":
        return unfold(text, field, quoted(value) if isinstance(value, str) else flow_list(value))
    if not isinstance(value, str):
        return [_put(text, field, flow_list(value))]
    if field.style in ("|", ">"):
        block = _block(document, field, value)
        if block is not None:
            return [Edit(field.start, value_end(text, field), block)]
    return [_put(text, field, quoted(value, field.style))]


def _block(document: Document, field: RawField, value: str) -> str | None:
    """The value as a block of text in the style and at the indentation of the old one."""
    text = document.text
    header = rest_of_line(text, field.start)
    content = text[line_end(text, field.start) : value_end(text, field)].lstrip("\r\n")
    indent = len(content) - len(content.lstrip(" "))
    own = field.key_start - line_start(text, field.key_start)
    return block_text(value, header, indent if indent > own else own + 2, document.newline)


def _put(text: str, field: RawField, written: str) -> Edit:
    """The value between colon and comment replaced by `written`, which may be nothing."""
    start, end = field.start, value_end(text, field)
    comment = ""
    if field.style in ("|", ">"):
        comment = rest_of_line(text, start).lstrip("|>+-0123456789")
    alone = not rest_of_line(text, end).strip(" \t")
    colon = colon_end(text, field)
    if not written:
        blank = not text[colon:start].strip()
        return Edit(colon if blank and alone and not comment else start, end, comment)
    if start > colon:
        return Edit(start, end, written + comment)
    return Edit(start, end + (len(rest_of_line(text, end)) if alone else 0), " " + written)
