"""The fields of a front matter as typed: key, text, and where each stands in the file."""

from typing import NamedTuple

from kanban.i18n import _
from kanban.model.text.characters import hidden_in_value
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence
from kanban.model.text.problem import Problem
from kanban.patterns import pattern

KEY = pattern(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_EMPTY = frozenset({"", "~", "null"})


Value = str | tuple[str, ...]
"""What stands under a key: a text, or the texts of a list."""


def joined(value: Value) -> str:
    """A value as one text; the items of a list are joined with `, `."""
    return value if isinstance(value, str) else ", ".join(value)


def texts_of(value: Value) -> tuple[str, ...]:
    """A value as a list: a single value is a list of one, an empty value a list of none."""
    if isinstance(value, str):
        return (value,) if value else ()
    return value


class Span(NamedTuple):
    """One value's place: 1-based line and column, and the offsets [start, end) in `Document.text`.

    `style` is "" for a plain value, else the character that opens it: a quote, `|` or `>`.
    """

    line: int
    column: int
    start: int
    end: int
    style: str = ""


class RawField(NamedTuple):
    """One `key: value` of a front matter. `value` is the text as read by YAML, never a number, a date or a boolean.

    An empty value, `~` and `null` are "". A list is a tuple of texts. `line` and `column` (1-based) are where the
    value begins, for an empty value where it would; `key_line` is the line of the key. `start` and `end` are the
    value's offsets in `Document.text`, `key_start` and `key_end` the key's. `style` is "" for a plain value, else
    `'`, `"`, `|` or `>`; for a list it is `[` when written in brackets, `-` with one item a line. `items` are the
    places of a list's items.
    """

    key: str
    value: Value
    line: int
    column: int
    is_list: bool = False
    quoted: bool = False
    style: str = ""
    key_line: int = 0
    key_start: int = 0
    key_end: int = 0
    start: int = 0
    end: int = 0
    items: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The value as one text; the items of a list are joined with `, `."""
        return joined(self.value)

    @property
    def texts(self) -> tuple[str, ...]:
        """The value as a list."""
        return texts_of(self.value)


def scalar_text(node: Scalar) -> str:
    """What a scalar says: "" for a plain `~` or `null`, else its text."""
    return "" if not node.style and node.text in _EMPTY else node.text


def read_fields(mapping: Mapping, shift: int) -> tuple[tuple[RawField, ...], list[Problem]]:
    """The fields of a front matter's mapping; `shift` is the offset of its text in the file.

    A key or a value that a flat front matter cannot have becomes a problem and is left out.
    """
    fields: list[RawField] = []
    problems: list[Problem] = []
    for key, node in mapping.pairs:
        if not KEY.match(key.text):
            problems.append(_bad_key(key))
        elif type(node) is Scalar:
            fields.append(_single(key, node, shift, problems))
        elif type(node) is Sequence and all(type(item) is Scalar for item in node.items):
            fields.append(_list(key, node, shift, problems))
        else:
            problems.append(_nested(key, node))
    return tuple(fields), problems


def _single(key: Scalar, node: Scalar, shift: int, problems: list[Problem]) -> RawField:
    style = node.style
    if style == '"':
        _look_inside(key, node, problems)
    return RawField(
        key.text,
        scalar_text(node),
        node.line,
        node.column,
        False,
        style in ("'", '"'),
        style,
        key.line,
        key.start + shift,
        key.end + shift,
        node.start + shift,
        node.end + shift,
    )


def _list(key: Scalar, node: Sequence, shift: int, problems: list[Problem]) -> RawField:
    texts: list[str] = []
    spans: list[Span] = []
    for item in node.items:
        if not isinstance(item, Scalar):
            continue
        if item.style == '"':
            _look_inside(key, item, problems)
        texts.append(scalar_text(item))
        spans.append(Span(item.line, item.column, item.start + shift, item.end + shift, item.style))
    return RawField(
        key.text,
        tuple(texts),
        node.line,
        node.column,
        True,
        False,
        "[" if node.flow else "-",
        key.line,
        key.start + shift,
        key.end + shift,
        node.start + shift,
        node.end + shift,
        tuple(spans),
    )


def _look_inside(key: Scalar, node: Scalar, problems: list[Problem]) -> None:
    if not node.text.isprintable():
        found = hidden_in_value(node.text.replace("\r", ""), key.text, node.line, node.column)
        if found is not None:
            problems.append(found)


def _bad_key(key: Scalar) -> Problem:
    message = _("`{key}` cannot be the name of a field").format(key=key.text[:40])
    cure = _("name it with letters without accents, digits, `_` or `-`, beginning with a letter")
    return Problem("", key.line, key.column, "bad-key", message, cure, key.text)


def _nested(key: Scalar, node: Node) -> Problem:
    culprit: Node = node
    if isinstance(node, Sequence):
        culprit = next(item for item in node.items if not isinstance(item, Scalar))
    message = _("`{key}` holds more fields or lists inside: a card's fields are single values or simple lists")
    cure = _("write each of them as a field of its own, as in `{key}_…: value`").format(key=key.text)
    line, column = culprit.line, culprit.column
    return Problem("", line, column, "nested-value", message.format(key=key.text), cure, key.text)
