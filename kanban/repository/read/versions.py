"""Past versions of cards, read from git's objects in one go.

Two lists of blobs come in: those whose fields are needed, and those that matter only if they speak of a block. Of the
second, contents without the word are let go as they pass by, so that a long history does not fill the memory; that they
have nothing to say is kept between commands, for a blob never changes.
"""

from collections.abc import Collection, Mapping
from datetime import date

from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.cards.card import Card
from kanban.model.history.versions import Versions
from kanban.model.settings.board_yml import BoardConfig
from kanban.repository.git.objects import stream_blobs
from kanban.repository.git.repository import Repository
from kanban.repository.kept.index import Index

WORTH_WRITING = 200
"""Fewer blobs are quickly looked at again."""
MOST = 250_000
"""Of so many blobs, only those of the present question are kept on."""

_GLANCE = b"blocked_"
_KIND = "silent"


class Silent:
    """The blobs known to have nothing to say, as a row of the index, and those that were found since."""

    def __init__(self, repository: Repository) -> None:
        self._index = Index(repository.common_dir)
        data = self._index.get(_KIND, _GLANCE)
        self.known = frozenset(data.decode().split("\n")) if data else frozenset[str]()
        self.new: list[str] = []

    def keep(self, glanced: Collection[str]) -> None:
        """Keep what was found, where that is worth it; of very many only those that were `glanced` at this time."""
        if len(self.new) >= WORTH_WRITING:
            blobs = (self.known if len(self.known) < MOST else self.known.intersection(glanced)).union(self.new)
            self._index.keep(_KIND, {_GLANCE: "\n".join(sorted(blobs)).encode()})


def read_versions(
    repository: Repository,
    config: BoardConfig,
    needed: Mapping[str, date],
    glanced: Mapping[str, date],
    *,
    silent: Silent | None = None,
    read: Mapping[str, Card] | None = None,
) -> Versions:
    """Read the blobs of both lists; each comes with the day near which a date without a year is meant in it.

    Blobs that are `silent`, known to have nothing to say of a block, are not looked at again; the answer is the same,
    and others that are found are learnt. `read` are versions at hand, read under the same configuration and near the
    same day.
    """
    known = silent.known if silent is not None else frozenset()
    days = {**glanced, **needed}
    contents = {blob: card.text.encode() for blob, card in (read or {}).items()}
    wanted = [blob for blob in days if blob not in contents and (blob in needed or blob not in known)]
    for blob, data in stream_blobs(repository.git, wanted, SIZE_CAP):
        if data is not None and (blob in needed or _GLANCE in data):
            contents[blob] = data
        elif silent is not None:
            silent.new.append(blob)
    return Versions(contents, days, config, read)
