"""Card files parsed before: what was found in a file is remembered by its content, in a form that can be kept on disk.

Only files without any problem are remembered. What is found in such a file follows from its bytes alone: neither the
board's configuration, nor the day, nor the language has a part in it, so that nothing remembered can become wrong.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from kanban.model.text.cardfile import Document, RawField, parse_document
from kanban.model.text.front.front_fields import Span

Outline = bytes
"""Where the parts of a file stand, without its text, as JSON."""

DIGEST = 16
"""Bytes of a content key."""
_STYLES = ("", '"', "'")
_DECODE = json.JSONDecoder().raw_decode
_MAKE = tuple.__new__
"""What a named tuple's own maker comes down to, at a third of the cost: a board has a hundred thousand fields."""


def content_key(data: bytes) -> bytes:
    """What a file's content is remembered by."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


class Documents:
    """Parses card files, those known already from their outline. `known` are given, `made` holds what is new.

    Where several outlines are found quicker at once, `several` does so.
    """

    def __init__(
        self,
        known: Mapping[bytes, Outline] | None = None,
        several: Callable[[Iterable[bytes]], Mapping[bytes, Outline]] | None = None,
    ) -> None:
        self.known: Mapping[bytes, Outline] = {} if known is None else known
        self.made: dict[bytes, Outline] = {}
        self._several = several
        self._at_hand: dict[bytes, Outline] = {}

    def expect(self, contents: Iterable[bytes]) -> None:
        """Look up at once what is known of contents that are likely to be asked for."""
        if self._several is not None:
            self._at_hand |= self._several(map(content_key, contents))

    def parsed(self, data: bytes) -> Document:
        """The same as `parse_document`."""
        key = content_key(data)
        outline = self._at_hand.pop(key, None) or self.known.get(key) or self.made.get(key)
        if outline is not None:
            with suppress(ValueError, TypeError, IndexError):
                return _restored(data.decode(), outline)
        document = parse_document(data)
        if not document.problems and document.readable and not document.bom:
            self.made[key] = _outline(document)
        return document


def _outline(document: Document) -> Outline:
    fields = [_simple(field, document.text) or _whole(field) for field in document.fields]
    told = [document.newline, document.body_line, *document.front, *document.inside, fields]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _simple(field: RawField, text: str) -> list[int] | None:
    """The places of a field of one line whose texts are those of the file, as nearly all are; None for another."""
    if field.style not in _STYLES:
        return None
    told = [field.line, field.key_start, field.key_end, field.start, field.end, _STYLES.index(field.style)]
    return told if _field(told, text) == field else None


def _whole(field: RawField) -> list[Any]:
    return [*field[:12], *field.items]


def _restored(text: str, outline: Outline) -> Document:
    newline, body_line, start, end, inside, outside, told = _DECODE(outline.decode())[0]
    fields = tuple([_field(one, text) if len(one) == 6 else _whole_field(*one) for one in told])
    return Document(text, False, newline, fields, text[end:], body_line, (start, end), (inside, outside), (), True)


def _field(told: list[int], text: str) -> RawField:
    line, key_start, key_end, start, end, style = told
    key, column = text[key_start:key_end], start - key_start + 1
    value = text[start + 1 : end - 1] if style else text[start:end]
    places = (line, key_start, key_end, start, end)
    return _MAKE(RawField, (key, value, line, column, False, style > 0, _STYLES[style], *places, ()))


def _whole_field(key: str, value: str | list[str], *told: Any) -> RawField:
    spans = tuple([Span(*item) for item in told[10:]])
    return RawField._make((key, value if isinstance(value, str) else tuple(value), *told[:10], spans))
