"""A text that an old editor saved in its own encoding, as UTF-8, where one reading of its bytes is left.

Windows writes `é` as one byte, a Mac once wrote another, Notepad saves `Unicode` as UTF-16. The bytes do not say which;
the letters do: in a wrong encoding `déjà` reads `dŽjˆ`, which nobody types. No byte is lost: encoded back, the text
gives the very bytes it came from.
"""

import re

_LETTERS = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÇÉÈÊËÎÏÔÖÙÛÜŒÆÑÓÚ"
_MARKS = "€£«»‘’“”–—…°·•²³½¼¾§©®ºª¿¡\u00a0"
_PLAUSIBLE = frozenset(_LETTERS + _MARKS)
_ODD = re.compile(r"[a-zß-ÿœ](?![A-Z])[À-ÞŒŸ]|(?<!\S)[ÇÈ](?!\S)|(?<=[a-zß-ÿœ])[–—“”«»§£©®·²³½¼¾¿¡](?=[a-zß-ÿœ])")
"""A capital or a mark inside a word of small letters, and two words that are none: a Mac's guillemets."""
_WINDOWS = "Windows-1252"
_SINGLE_BYTE = {_WINDOWS: "cp1252", "Mac OS Roman": "mac_roman", "MS-DOS 850": "cp850"}
_ZERO = b"\0"
_MOST_MARKS = 0.4


def recoded(data: bytes) -> tuple[str, str] | None:
    """The text and the encoding it was in; None when it is UTF-8 already, or when what it says would be a guess."""
    if _ZERO in data:
        text = _utf16(data)
        return None if text is None else (text, "UTF-16")
    try:
        data.decode()
    except UnicodeDecodeError:
        return _single_byte(data)
    return None


def _utf16(data: bytes) -> str | None:
    """Two bytes a character: by its mark, or by where its zero bytes stand, which for our letters is one side only."""
    little, big = data[1::2].count(_ZERO), data[::2].count(_ZERO)
    if len(data) % 2 or not max(little, big) or (little and big):
        return None
    try:
        text = data.decode("utf-16-le" if little else "utf-16-be").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    strange = [letter for letter in text if not letter.isascii() and letter not in _PLAUSIBLE]
    return text if len(strange) <= len(text) * _MOST_MARKS and _is_text(text) else None


def _single_byte(data: bytes) -> tuple[str, str] | None:
    """The text in Windows' encoding where it reads as words there, else in the only other one in which it does."""
    found = {name: text for name, encoding in _SINGLE_BYTE.items() if (text := _in(data, encoding)) is not None}
    name = next(iter(found), "")
    return (found[name], name) if name == _WINDOWS or len(set(found.values())) == 1 else None


def _in(data: bytes, encoding: str) -> str | None:
    """The text where what is UTF-8 stays, else all of it in that encoding; None where neither reads as words."""
    mixed, odd = _mixed(data, encoding)
    kept = "".join(letter for letter in mixed if "\x7f" < letter < "\u0800")
    if _reads(mixed, odd + kept):
        return mixed
    try:
        whole = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return whole if _reads(whole, "".join(letter for letter in whole if not letter.isascii())) else None


def _mixed(data: bytes, encoding: str) -> tuple[str, str]:
    """The text with each byte that is not UTF-8 in that encoding, and the letters of these bytes."""
    text = data.decode("utf-8", "surrogateescape")
    letters = {0xDC00 + byte: bytes([byte]).decode(encoding, "replace") for byte in range(0x80, 0x100)}
    odd = {letter for letter in text if ord(letter) in letters}
    return text.translate(letters), "".join(odd).translate(letters)


def _reads(text: str, letters: str) -> bool:
    plain = sum(letter.isascii() and letter.isalpha() for letter in text)
    written = plain > sum(text.count(letter) for letter in set(letters))
    return written and all(letter in _PLAUSIBLE for letter in letters) and not _ODD.search(text) and _is_text(text)


def _is_text(text: str) -> bool:
    return all(letter.isprintable() or letter in "\n\r\t\u00a0\u202f\u2009" for letter in text)
