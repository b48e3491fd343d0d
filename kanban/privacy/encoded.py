"""Texts as mails, calendars, address books, web pages and data write them: what they say, and how to write it again.

A name that stands as `H=C3=A9l=C3=A8ne` or in a base64 part is there for every program that reads the file. Two kinds:
signs written in other signs (`Reading`), and whole blocks of them (`Block`).
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from html import unescape
from urllib.parse import quote

_UNIT = re.compile(
    r"(?P<quoted>(?:=[0-9A-Fa-f]{2}(?:=\r?\n)?)+|=\r?\n)"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});)"
    r"|(?P<escape>(?:\\u[0-9A-Fa-f]{4})+)"
    r"|(?P<bytes>[\udc80-\udcff]+)"
)
_FOLDED = re.compile(rf"(?P<fold>\r?\n[ \t])|{_UNIT.pattern}")
"""In calendars and address books a line that begins with a space goes on with the one before."""
_IS_FOLDED = "BEGIN:V"
_WORD = r"=\?[\w-]+\?[QqBb]\?[^?\s]*\?="
_WORDS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{40,}[ \t]*\r?\n[ \t]?)+[A-Za-z0-9+/]*={0,2}|[A-Za-z0-9+/]{8,}={0,2}")
ZIP = "PK\x03\x04"
"""How an office document or another archive begins."""
_WIDE = ("\udcff\udcfe", "\udcfe\udcff")
"""How a file of two bytes a sign (UTF-16) begins, read as UTF-8."""
_LARGEST = 20_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""How what is packed may be packed; LZMA, which some Pythons cannot read, counts as closed."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, ValueError, EOFError)
"""What `zipfile` raises for an archive that is cut, damaged, locked or of an unknown kind; it is told as closed."""
_READABLE = 0.9
"""So much of a decoded block must be signs that people write; a picture is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is read, from `at` on: it is written from `start` to `end`, in a form ("" for as it is read)."""

    at: int
    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, and the parts it is read from."""

    text: str
    parts: tuple[Part, ...]

    def source(self, start: int, end: int) -> tuple[int, int, str]:
        """Where the signs from `start` to `end` are written, and in which form the first encoded one of them is."""
        first, last = (bisect_right(self.parts, sign, key=lambda one: one.at) - 1 for sign in (start, end - 1))
        form = next((one.form for one in self.parts[first : last + 1] if one.form), "")
        return self._place(first, start)[0], self._place(last, end - 1)[1], form

    def _place(self, number: int, sign: int) -> tuple[int, int]:
        part = self.parts[number]
        if part.form:
            return part.start, part.end
        return part.start + sign - part.at, part.start + sign - part.at + 1


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text that says something else when it is decoded; `again` writes it anew, None where nobody can."""

    start: int
    end: int
    text: str
    again: Callable[[str], str] | None


def reading(text: str) -> Reading | None:
    """The text with every encoded sign read; None where none is."""
    units = _FOLDED if _IS_FOLDED in text else _UNIT
    said: list[str] = []
    parts: list[Part] = []
    at = length = 0
    for found in units.finditer(text):
        form = found.lastgroup or ""
        for read, start, end, kind in (
            (text[at : found.start()], at, found.start(), ""),
            (_READ[form](found.group()), found.start(), found.end(), form),
        ):
            if read:
                parts.append(Part(length, start, end, kind))
                said.append(read)
                length += len(read)
        at = found.end()
    if not at:
        return None
    return Reading("".join([*said, text[at:]]), (*parts, Part(length, at, len(text), "")))


def written(text: str, form: str) -> str:
    """A text in one of the forms, so that it stands rightly among what is written so."""
    if form == "quoted":
        return "".join(one if one.isascii() and one != "=" else _hexed(one, "=") for one in text)
    if form == "percent":
        return quote(text, safe="()")
    if form == "escape":
        return "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in text)
    if form == "bytes":
        return text.encode("cp1252", "replace").decode("utf-8", "surrogateescape")
    return text


@dataclass(slots=True)
class Room:
    """How many bytes may still be unpacked in reading one file: an archive of archives grows without end."""

    left: int = _LARGEST


def blocks(text: str, room: Room) -> Iterator[Block]:
    """The blocks of a text, one after the other: the words of a mail's head, base64, what is packed, wide signs."""
    if text.startswith(ZIP):
        yield from _packed(text, room)
        return
    if text.startswith(_WIDE):
        plain = text.encode("utf-8", "surrogateescape").decode("utf-16", "replace")
        order = "utf-16-le" if text.startswith(_WIDE[0]) else "utf-16-be"
        mark = text[:2]
        yield Block(
            0, len(text), plain, lambda new: mark + new.encode(order, "replace").decode("utf-8", "surrogateescape")
        )
        return
    for words in _WORDS.finditer(text):
        try:
            said = str(make_header(decode_header(re.sub(r"\s+", " ", words.group()))))
        except (HeaderParseError, LookupError, ValueError):
            continue
        yield Block(words.start(), words.end(), said, lambda new: Header(new, "utf-8", maxlinelen=998).encode())
    for found in _BASE64.finditer(text):
        raw = _from_base64(found.group())
        read = _readable(raw) if raw else None
        if read is not None:
            again = _again(found.group(), read[1])
            yield Block(found.start(), found.end(), read[0], again)


def is_closed(data: bytes) -> bool:
    """Whether nobody can read these bytes as text from here: a picture, a PDF, an archive of an unknown kind."""
    known = (b"\xff\xfe", b"\xfe\xff")
    if data.startswith(ZIP.encode()):
        return _is_read_in_part(data)
    return data.startswith(b"%PDF-") or (b"\0" in data[:8192] and not data.startswith(known))


def _is_read_in_part(data: bytes) -> bool:
    """Whether an archive holds more than is read of one, something behind a password, or something damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            shut = any(one.flag_bits & 1 or one.compress_type not in _METHODS for one in members)
            return shut or sum(one.file_size for one in members) > _LARGEST or archive.testzip() is not None
    except _DAMAGED:
        return True


def _bytes_read(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _quoted_read(text: str) -> str:
    return _bytes_read(bytes.fromhex("".join(re.findall("=([0-9A-Fa-f]{2})", text))))


def _hexed(sign: str, mark: str) -> str:
    return "".join(f"{mark}{one:02X}" for one in sign.encode())


_READ: dict[str, Callable[[str], str]] = {
    "quoted": _quoted_read,
    "percent": lambda text: _bytes_read(bytes.fromhex(text.replace("%", ""))),
    "entity": unescape,
    "escape": lambda text: "".join(chr(int(one, 16)) for one in text.split("\\u")[1:]),
    "bytes": lambda text: text.encode("utf-8", "surrogateescape").decode("cp1252", "replace"),
    "fold": lambda _text: "",
}


def _from_base64(text: str) -> bytes | None:
    plain = "".join(text.split())
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return None


def _readable(data: bytes) -> tuple[str, str] | None:
    """The text of some bytes with its encoding; None for what nobody wrote as text."""
    if data.startswith(ZIP.encode()):
        return data.decode("utf-8", "surrogateescape"), ""
    for encoding in ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        clear = sum(one.isprintable() or one in "\r\n\t" for one in text)
        return (text, encoding) if clear >= _READABLE * len(text) else None
    return None


def _again(source: str, encoding: str) -> Callable[[str], str] | None:
    """Writes base64 in lines as long as those of the source, with what parts them there."""
    if not encoding:
        return None
    broken = re.search(r"[ \t]*\r?\n[ \t]?", source)
    width = broken.start() if broken else 0

    def again(new: str) -> str:
        line = base64.b64encode(new.encode(encoding, "replace")).decode()
        if not broken:
            return line
        return broken.group().join(line[at : at + width] for at in range(0, len(line), width))

    return again


def _packed(text: str, room: Room) -> Iterator[Block]:
    """The texts in an office document or another archive; a word may be torn by markup, so that is left out."""
    with suppress(*_DAMAGED), zipfile.ZipFile(io.BytesIO(text.encode("utf-8", "surrogateescape"))) as archive:
        for member in archive.infolist():
            if member.file_size > room.left or member.flag_bits & 1 or member.compress_type not in _METHODS:
                continue
            room.left -= member.file_size
            with suppress(*_DAMAGED):  # the members after it are read all the same
                said = archive.read(member).decode("utf-8", "surrogateescape")
                yield Block(0, len(text), re.sub(r"<[^>]*>", "", said) if "<" in said else said, None)
