"""The language in force and its catalogues.

Texts are translated where they are made: `_("…").format(…)`. The language is a context variable set once by the
command line (from `--lang`, else the board's `language:`), so a text made in one run is all in one language.
A catalogue is split by area of the code (`locale/fr/LC_MESSAGES/<area>.po`), loaded as one.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from kanban.i18n.also_said import also_said

LANGUAGES = ("en", "fr")
_LOCALE_FOLDER = os.path.join(os.path.dirname(__file__), "locale")
_language: ContextVar[str] = ContextVar("kanban_language", default="en")


def current_language() -> str:
    """The language in force, `en` or `fr`."""
    return _language.get()


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Make `language` the one in force inside the `with` block; an unknown one is English."""
    token = _language.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def set_language(language: str) -> None:
    """Make `language` the one in force from here on; an unknown one is English."""
    _language.set(language if language in LANGUAGES else "en")


def _(message: str) -> str:
    """The text in the language in force. Call `.format(…)` on the result, never before."""
    return _translated(_language.get(), message)


def mark_for_translation(message: str) -> str:
    """The text as it is; marks one that is translated later, where it is shown. Imported as `N_`."""
    return message


N_ = mark_for_translation


def in_every_language(message: str) -> tuple[str, ...]:
    """The text in all languages, whichever is in force, and its other words: what people may type for it."""
    return tuple(dict.fromkeys((*(_translated(language, message) for language in LANGUAGES), *also_said(message))))


@cache
def _translated(language: str, message: str) -> str:
    return _forms(language).get(message, message).partition("\0")[0]


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the language in force (French counts 0 and 1 as one)."""
    forms = _forms(_language.get()).get(one)
    if forms is None:
        return one if count == 1 else many
    return forms.split("\0")[count > 1]


@cache
def _forms(language: str) -> dict[str, str]:
    """English text → the language's, its plural after a zero byte; of all areas, the last one's word counts.

    `gettext` reads the same files in six times the time, which every answer in French would wait for.
    """
    found: dict[str, str] = {}
    folder = os.path.join(_LOCALE_FOLDER, language, "LC_MESSAGES")
    for name in sorted(os.listdir(folder)) if language != "en" else ():
        if name.endswith(".mo"):
            with open(os.path.join(folder, name), "rb") as file:
                found |= _read(file.read())
    found.pop("", None)
    return found


def _read(data: bytes) -> dict[str, str]:
    """The texts of a `.mo`: two tables of lengths and places, of English texts and of the language's."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    _version, count, english, other = struct.unpack_from(f"{order}4I", data, 4)
    sides = []
    for at in (english, other):
        table = struct.unpack_from(f"{order}{2 * count}I", data, at)
        sides.append([data[start : start + size].decode() for size, start in zip(table[::2], table[1::2], strict=True)])
    return {text.partition("\0")[0]: said for text, said in zip(*sides, strict=True)}
