"""Past versions of cards, read from git's objects in one go.

Two lists of blobs come in: those whose fields are needed, and those that matter only if they speak of a block. Of the
second, contents without the word are let go as they pass by, so that a long history does not fill the memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kanban.model.boardfile import SIZE_CAP
from kanban.model.config import BoardConfig
from kanban.model.documents import Documents
from kanban.model.versions import Versions
from kanban.repository.objects import stream_blobs
from kanban.repository.repository import Repository

_GLANCE = b"blocked_"


def read_versions(
    repository: Repository,
    config: BoardConfig,
    needed: Mapping[str, date],
    glanced: Mapping[str, date],
    documents: Documents | None = None,
) -> Versions:
    """Read the blobs of both lists; each comes with the day near which a date without a year is meant in it.

    `documents` remembers how their contents were parsed.
    """
    days = {**glanced, **needed}
    contents: dict[str, bytes] = {}
    for blob, data in stream_blobs(repository.git, days, SIZE_CAP):
        if data is not None and (blob in needed or _GLANCE in data):
            contents[blob] = data
    return Versions(contents, days, config, documents)
