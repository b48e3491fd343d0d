"""How people compare names."""

import unicodedata


def plain(text: str) -> str:
    """The text without case, accents and surrounding space: how people compare names."""
    text = text.strip().casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
