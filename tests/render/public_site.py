"""A board with a canary in every place a text can stand in, and the disguises in which one could leave."""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from kanban.privacy.words import folded


def disguises(word: str) -> Iterator[bytes]:
    """The word as itself and in the nine encodings in which a page, a calendar or data could carry it."""
    raw = word.encode()
    yield from (raw, word.upper().encode(), word.lower().encode(), folded(word).encode())
    yield from (quote(word).encode(), html.escape(word).encode("ascii", "xmlcharrefreplace"))
    yield from (json.dumps(word)[1:-1].encode(), quopri.encodestring(raw, quotetabs=True), word[::-1].encode())
    yield from (raw.hex().encode(), word.encode("utf-16-le"), word.encode("utf-7"))
    for pad in range(3):
        middle = base64.b64encode(b"\0" * pad + raw)[4:-4]
        if len(middle) >= 8:
            yield middle


def leaks(built: dict[str, bytes], words: Iterable[str]) -> list[str]:
    """Which words stand in which file, in whatever disguise; folded lines of calendars are unfolded first."""
    texts = {address: _unfolded(data) + b"\n" + address.encode() for address, data in built.items()}
    everything = b"\n".join(texts.values())
    lower = everything.lower()
    found = []
    for word in words:
        for form in disguises(word):
            if form in everything or form.lower() in lower:
                places = [one for one, data in texts.items() if form in data or form.lower() in data.lower()]
                found.append(f"{word} as {form!r} in {places[:3]}")
    return found


def _unfolded(data: bytes) -> bytes:
    return re.sub(rb"\r?\n[ \t]", b"", data) + b"\n" + re.sub(rb"=\r?\n", b"", data) + b"\n" + data
