"""From a name to a file's stem: what a card is called in paths, commands and links."""

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 60
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "readme",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_AND = {"fr": " et "}


def slug(name: str, language: str = "en") -> str:
    """Lower-case ASCII letters, digits and hyphens, at most 60; "" when nothing of the name can be kept.

    `&` is a word, in the language: `Hélène & Fils` is `helene-et-fils` on a French board.
    """
    text = name.casefold().translate(_LETTERS).replace("&", _AND.get(language, " and "))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_LENGTH].strip("-")
    return f"{found}-card" if found in _RESERVED else found


def free_slug(name: str, taken: Container[str], language: str = "en") -> str:
    """A stem for the name that is not taken: the slug itself, else with -2, -3, … appended."""
    base = slug(name, language) or "card"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
