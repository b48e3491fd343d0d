"""Text with nothing in it that a terminal or a reader's eye would obey."""

from __future__ import annotations

import re
import shlex
import unicodedata

_SIGNED = re.compile(r"(?<=[+−])(?=[€$£¥])")
_JOINERS = "\u200c\u200d"
"""Invisible, and part of how emoji and some scripts are written."""


def one_line(text: str) -> str:
    """The text on one line."""
    if text.isprintable():
        return text
    return "".join(" " if sign in "\n\r\t\u2028\u2029" else _shown(sign) for sign in text)


def unbroken(text: str) -> str:
    """For a browser: no line is broken between the sign of an amount and its currency."""
    return _SIGNED.sub("\u2060", text)


def safe(text: str) -> str:
    """The text with the lines it has."""
    if text.isprintable():
        return text
    return "".join(sign if sign == "\n" else _shown(sign) for sign in text)


def between_words(said: str, width: int, rest: str = "") -> str:
    """The line broken between words for so many cells, further lines after `rest`; what is in backticks stays whole."""
    if len(said) <= width:
        return said
    import textwrap

    whole = _TYPED.sub(lambda one: one[0].replace(" ", "\0"), said).replace("→ ", "→\0")
    lines = textwrap.wrap(whole, width, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\0", " ")


def typed(name: str) -> str:
    """A name as it is safe to paste into a shell: quoted when it holds anything but plain letters."""
    return shlex.quote(name)


def commands_in(cure: str) -> list[str]:
    """Our commands that a cure names in `backticks`, without them."""
    return _COMMAND.findall(cure)


def without_commands(cure: str) -> str:
    """What a cure says besides its commands."""
    return _COMMAND.sub("", cure)


_TYPED = re.compile(r"`[^`]+`")
_COMMAND = re.compile(r"`(kanban [^`]+)`")


def _shown(sign: str) -> str:
    """A character as it is; one that steers (control, direction) or hides is told by its number."""
    if unicodedata.category(sign) in ("Cc", "Cs", "Cf", "Zl", "Zp") and sign not in _JOINERS:
        return f"\\u{ord(sign):04x}"
    return sign


def printable(text: str) -> str:
    """Names that are not Unicode come from git with stand-in characters, which no output can encode."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
