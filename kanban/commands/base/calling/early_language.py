"""The language of what is said before a board is read: help, usage errors, and verbs that need no board."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

BOARD_FILE = "board.yml"
_LANGUAGE = rb"(?m)^language:[ \t]*[\"']?(en|fr)\b"
_ENOUGH = 1 << 16


def language_typed(arguments: Sequence[str], directory: str = ".") -> str:
    """`--lang` as it was typed, else the language of the board at or above the folder, else the terminal's.

    Works on words that could not be understood, so that the error itself is in the reader's language. Of a board it
    reads one line, and neither git nor YAML is loaded for it.
    """
    for at, word in enumerate(arguments):
        following = arguments[at + 1] if at + 1 < len(arguments) else ""
        if word in ("--lang=en", "--lang=fr"):
            return word[-2:]
        if word == "--lang" and following in ("en", "fr"):
            return following
        if word == "-C":
            directory = os.path.join(directory, following)
    return next(_languages_above(directory), None) or language_of_environment()


def _languages_above(folder: str) -> Iterator[str]:
    """What the nearest `board.yml` at or above the folder says of its language, if it can be read."""
    try:
        place = os.path.realpath(folder)
        while not os.path.isfile(file := os.path.join(place, BOARD_FILE)):
            place, below = os.path.dirname(place), place
            if place == below:
                return
        with open(file, "rb") as stream:
            found = re.search(_LANGUAGE, stream.read(_ENOUGH))
    except OSError:
        return
    if found is not None:
        yield found[1].decode()


def language_of_environment() -> str:
    """The language a terminal asks for before any board is known."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
