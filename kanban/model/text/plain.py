"""How people compare names."""

import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """The text without case, accents and surrounding space: how people compare names."""
    text = text.strip().casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    for character in set(decomposed):
        if character > "\x7f" and unicodedata.combining(character):
            decomposed = decomposed.replace(character, "")
    return decomposed


def in_order(names: Iterable[str]) -> list[str]:
    """Names, each once, as people look for them, nobody's last; those alike but for case and accents in one order, too.

    A set has another order in every run: what is sorted by less than the whole name would be said in turns.
    """
    return sorted(set(names), key=lambda name: (not name, plain(name), name))


def nearest(word: str, known: Iterable[str], most: int = 3, alike: float = 0.6) -> list[str]:
    """The known words most like this one, the nearest first; `alike` from 0, nothing in common, to 1, the same."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), most, alike)
