"""Past versions of cards, read from git's objects in one go and understood only when somebody asks.

Two lists of blobs come in: those whose fields are needed, and those that matter only if they speak of a block. Of the
second, contents without the word are let go as they pass by, so that a long history does not fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kanban.model.boardfile import SIZE_CAP, BoardFile
from kanban.model.card import Card
from kanban.model.cardreading import read_card
from kanban.model.config import BoardConfig
from kanban.repository.objects import stream_blobs
from kanban.repository.repository import Repository

_GLANCE = b"blocked_"


class Versions(Mapping[str, Card]):
    """Blob id → the card that the blob holds, read under one configuration; parsed on first access, then kept.

    The id, column and path of such a card are not those it had then: who asks knows them from the history.
    """

    def __init__(self, contents: Mapping[str, bytes], days: Mapping[str, date], config: BoardConfig) -> None:
        self._contents = contents
        self._days = days
        self._config = config
        self._parsed: dict[str, Card] = {}

    def __getitem__(self, blob: str) -> Card:
        card = self._parsed.get(blob)
        if card is None:
            file = BoardFile("", self._contents[blob], blob=blob)
            card = read_card(file, "", "", self._config, anchor=self._days[blob])
            self._parsed[blob] = card
        return card

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)

    def __contains__(self, blob: object) -> bool:
        return blob in self._contents


def read_versions(
    repository: Repository, config: BoardConfig, needed: Mapping[str, date], glanced: Mapping[str, date]
) -> Versions:
    """Read the blobs of both lists; each comes with the day near which a date without a year is meant in it."""
    days = {**glanced, **needed}
    contents: dict[str, bytes] = {}
    for blob, data in stream_blobs(repository.git, days, SIZE_CAP):
        if data is not None and (blob in needed or _GLANCE in data):
            contents[blob] = data
    return Versions(contents, days, config)
