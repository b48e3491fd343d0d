"""Past versions of cards by blob id, kept as bytes and understood only when somebody asks."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.settings.board_yml import BoardConfig
from kanban.patterns import pattern

_ISO_DAY = pattern(rb": ([0-9]{4}-[0-9]{2})-[0-9]{2}\n(?=[A-Za-z#-])")
KEPT = 8000
"""Versions kept as cards: one figure after the other goes through all versions of the open cards."""


class Versions(Mapping[str, Card]):
    """Blob id → the card that the blob holds, read under one configuration when asked for; the last ones are kept.

    `days` gives for each blob the day near which a date without a year is meant in it. The id, column and path of
    such a card are not those it had then: who asks knows them from the history. `known` are cards read before, in the
    same way, from the same bytes.
    """

    def __init__(
        self,
        contents: Mapping[str, bytes],
        days: Mapping[str, date],
        config: BoardConfig,
        known: Mapping[str, Card] | None = None,
    ) -> None:
        self._contents = contents
        self._days = days
        self._config = config
        self._known = dict(known or {})
        self._last: dict[str, Card] = {}

    def __getitem__(self, blob: str) -> Card:
        card = self._known.get(blob) or self._last.get(blob)
        if card is None:
            file = BoardFile("", self._contents[blob], blob=blob)
            card = read_card(file, "", "", self._config, anchor=self._days.get(blob))
            if len(self._last) >= KEPT:
                del self._last[next(iter(self._last))]
            self._last[blob] = card
        return card

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)

    def __contains__(self, blob: object) -> bool:
        return blob in self._contents

    def tell_apart(self, blob: str, other: str, key: str) -> bool:
        """Whether the two versions can differ in the field `key`; without parsing, and yes when in doubt.

        The lines that hold the key, each with the line after it, are compared as bytes.
        """
        return self._lines(blob, key.encode()) != self._lines(other, key.encode())

    def month_said(self, blob: str, key: str) -> str | None:
        """The month (`2026-09`) of the day that a version says under `key`, without parsing; "" for no such line.

        None when in doubt. A version that cannot be read, or says it elsewhere than in its fields, has no such day.
        """
        data = self._contents.get(blob, b"")
        if b"\\" in data:
            return None
        at = data.find(key.encode())
        if at < 0:
            return ""
        found = _ISO_DAY.match(data, at + len(key))
        alone = found is not None and data[at - 1 : at] == b"\n" and data.find(key.encode(), at + 1) < 0
        return found[1].decode() if found is not None and alone else None

    def lacks(self, blob: str, key: str) -> bool:
        """Whether the version's bytes do not hold the key at all."""
        return key.encode() not in self._contents.get(blob, b"")

    def _lines(self, blob: str, key: bytes) -> list[bytes]:
        data = self._contents.get(blob, b"")
        found = []
        at = data.find(key)
        while at >= 0:
            end = data.find(b"\n", data.find(b"\n", at) + 1)
            found.append(data[data.rfind(b"\n", 0, at) + 1 : end if end > at else len(data)])
            at = data.find(key, at + len(key))
        return found


def may_hold(versions: Mapping[str, Card], blob: str, key: str) -> bool:
    """Whether a version can have a field whose key begins so: yes, unless its bytes prove that it has none."""
    return blob in versions and not (isinstance(versions, Versions) and versions.lacks(blob, key))


def cards_by_blob(cards: Iterable[Card], length: int) -> dict[str, Card]:
    """Git's id of a card's bytes, of `length` digits, → the card; only cards into which nothing but the bytes went.

    Left out are cards with problems, which name their file, and cards titled by their file's name. A file that git
    stores otherwise than it lies on the disk gets an id that git does not know.
    """
    from hashlib import sha1, sha256

    make = partial(sha1, usedforsecurity=False) if length == 40 else sha256
    found = {}
    for card in cards:
        if card.text and not card.problems and card.title != card.id:
            data = card.text.encode()
            found[make(b"blob %d\0%b" % (len(data), data)).hexdigest()] = card
    return found


def may_differ(versions: Mapping[str, Card], blob: str, other: str, key: str) -> bool:
    """Whether two versions can differ in the field `key`: yes, unless their bytes prove that they do not."""
    if isinstance(versions, Versions) and blob in versions and other in versions:
        return versions.tell_apart(blob, other, key)
    return blob != other
