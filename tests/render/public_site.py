"""A board with a canary in every place a text can stand in, and the disguises in which one could leave."""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
from collections.abc import Iterable, Iterator
from itertools import islice
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


_START = 8
"""Bytes of a disguise that are looked up at once, before the whole of it is looked for."""


def leaks(built: dict[str, bytes], words: Iterable[str]) -> list[str]:
    """Which words stand in which file, in whatever disguise and case; folded lines of calendars are unfolded first."""
    texts = {address: _unfolded(data + b"\n" + address.encode()).lower() for address, data in built.items()}
    everything = b"\n".join(texts.values())
    starts = {everything[at : at + _START] for at in range(len(everything) - _START + 1)}
    found = []
    for word in words:
        for form in disguises(word):
            sought = form.lower()
            if (len(sought) < _START or sought[:_START] in starts) and sought in everything:
                places = list(islice((one for one, data in texts.items() if sought in data), 3))
                found.append(f"{word} as {form!r} in {places}")
    return found


def _unfolded(data: bytes) -> bytes:
    ways = (data, re.sub(rb"\r?\n[ \t]", b"", data), re.sub(rb"=\r?\n", b"", data))
    return b"\n".join(dict.fromkeys(ways))
