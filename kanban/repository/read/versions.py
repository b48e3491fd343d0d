"""Past versions of cards, read from git's objects in one go.

Two lists of blobs come in: those whose fields are needed, and those that matter only if they speak of a block. Of the
second, contents without the word are let go as they pass by, so that a long history does not fill the memory; that they
have nothing to say is kept between commands, for a blob never changes.
"""

from collections.abc import Mapping
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


def read_versions(
    repository: Repository,
    config: BoardConfig,
    needed: Mapping[str, date],
    glanced: Mapping[str, date],
    *,
    cached: bool = False,
    read: Mapping[str, Card] | None = None,
) -> Versions:
    """Read the blobs of both lists; each comes with the day near which a date without a year is meant in it.

    With `cached`, blobs known to have nothing to say of a block are not looked at again; the answer is the same. `read`
    are versions at hand, read under the same configuration and near the same day.
    """
    kept = _Silent(repository) if cached else None
    silent = kept.load() if kept else frozenset()
    days = {**glanced, **needed}
    contents = {blob: card.text.encode() for blob, card in (read or {}).items()}
    wanted = [blob for blob in days if blob not in contents and (blob in needed or blob not in silent)]
    new: list[str] = []
    for blob, data in stream_blobs(repository.git, wanted, SIZE_CAP):
        if data is not None and (blob in needed or _GLANCE in data):
            contents[blob] = data
        else:
            new.append(blob)
    if kept and len(new) >= WORTH_WRITING:
        kept.store((silent if len(silent) < MOST else silent.intersection(glanced)).union(new))
    return Versions(contents, days, config, read)


class _Silent:
    """The blobs known to have nothing to say, as a row of the index."""

    def __init__(self, repository: Repository) -> None:
        self.index = Index(repository.common_dir)

    def load(self) -> frozenset[str]:
        data = self.index.get(_KIND, _GLANCE)
        return frozenset(data.decode().split("\n")) if data else frozenset()

    def store(self, blobs: frozenset[str]) -> None:
        self.index.keep(_KIND, {_GLANCE: "\n".join(sorted(blobs)).encode()})
