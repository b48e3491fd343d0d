"""Words as a reader would compare them: without case, accents, ligatures or invisible marks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W\d_]+")
_LEAST, _STEM, _ENDING = 3, 4, 3


def folded(text: str) -> str:
    """The text in small letters, each with nothing upon it: `Hélène` → `helene`, `ﬁn` → `fin`, full width → plain."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    kept = (letter for letter in plain if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf")
    return "".join(kept).casefold() if not text.isascii() else text.casefold()


def words_of(text: str) -> Iterator[str]:
    """Every word of a text, folded; digits, underscores and signs part words."""
    yield from WORD.findall(folded(text))


class Names:
    """The words that name somebody, in whatever form a text may have them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = frozenset(word for text in texts for word in words_of(text) if len(word) >= _LEAST)
        self._stems = frozenset(word[:_STEM] for word in self.words if len(word) >= _STEM)

    def hold(self, word: str) -> bool:
        """Whether a word is one of the names, or one with another ending (`Quandrix`, `Quandrixes`)."""
        plain = folded(word)
        if plain in self.words:
            return True
        if len(plain) < _STEM or plain[:_STEM] not in self._stems:
            return False
        return any(_akin(plain, one) for one in self.words if len(one) >= _STEM)


def _akin(one: str, other: str) -> bool:
    """Whether two words differ by an ending alone."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= _ENDING
