"""How people compare names."""

import unicodedata


def plain(text: str) -> str:
    """The text without case, accents and surrounding space: how people compare names."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
