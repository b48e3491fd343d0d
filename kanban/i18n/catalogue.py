"""The language in force and its gettext catalogues.

Texts are translated where they are made: `_("…").format(…)`. The language is a context variable set once by the
command line (from `--lang`, else the board's `language:`), so a text made in one run is all in one language.
A catalogue is split by area of the code (`locale/fr/LC_MESSAGES/<area>.po`), loaded as one.
"""

import gettext
import os
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
    return _catalogue(language).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the language in force (French counts 0 and 1 as one)."""
    return _catalogue(_language.get()).ngettext(one, many, count)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """All areas' catalogues of a language, chained; English needs none."""
    chain: gettext.NullTranslations = gettext.NullTranslations()
    if language == "en":
        return chain
    folder = os.path.join(_LOCALE_FOLDER, language, "LC_MESSAGES")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".mo"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            area = gettext.GNUTranslations(file)
        area.add_fallback(chain)
        chain = area
    return chain
