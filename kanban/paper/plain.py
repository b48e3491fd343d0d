"""Texts on one line, with nothing in them that a terminal or a reader would obey."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """The text on one line, with nothing in it that a terminal or a reader's eye would obey."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) in ("Cc", "Cs", "Cf"):
        return f"\\u{ord(character):04x}"
    return character
