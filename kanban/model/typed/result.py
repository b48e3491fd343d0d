"""What reading a person's text gives: a value, or what is wrong with the text and what to type instead."""

import unicodedata
from typing import Generic, TypeVar

from kanban.errors import KanbanError
from kanban.model.text.problem import Problem
from kanban.values import dataclass

T = TypeVar("T")

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
_FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)}
_PLAINLY = _INVISIBLE | _FULL_WIDTH
_SHOWN = 40
_QUOTES = {"“": "”", "”": "”", "«": "»", "„": "“", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """Either `value`, or a `code` with its `message` and `cure`; never both, never an exception.

    `code` is a stable kebab-case name ("" when the text was read); `message` says what is wrong in the
    language in force, `cure` what to type instead. `readings` are the texts that may be meant by one with several.
    """

    value: T | None = None
    code: str = ""
    message: str = ""
    cure: str = ""
    readings: tuple[str, ...] = ()

    def required(self) -> T:
        """The value, for a text typed at the command line; raises `KanbanError` with message and cure."""
        if self.code or self.value is None:
            raise KanbanError(self.message, cure=self.cure)
        return self.value

    def problem(self, *, line: int = 1, column: int = 1, key: str = "", path: str = "") -> Problem:
        """The refusal as a problem placed in a file. Only for a text that was refused."""
        return Problem(path, line, column, self.code, self.message, self.cure, key)


def tidy(text: str) -> str:
    """The text on one line, every kind of space one plain space, invisible marks gone, apostrophes straight.

    Wide letters of the Far East are plain ones: `１４：００` is `14:00`.
    """
    plain = text.translate(_PLAINLY) if not text.isascii() else text
    return " ".join(plain.replace("\u2019", "'").replace("\u02bc", "'").split())


def bare(text: str) -> str:
    """The tidy text without the quotes that a word processor put around all of it: `« 28 k€ »` → `28 k€`."""
    inner = text.strip()
    if _QUOTES.get(inner[:1], "\n") == inner[-1:] and len(inner) > 1:
        inner = inner[1:-1]
    return tidy(inner)


def unaccented(text: str) -> str:
    """The bare text in small letters without accents: `Août` → `aout`."""
    plain = bare(text).casefold()
    if plain.isascii():
        return plain
    letters = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def shown(text: str) -> str:
    """The text as quoted in a message: one line, at most 40 characters, nothing a terminal would obey."""
    line = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
