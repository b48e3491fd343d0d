"""Pages of which there are many, made by several processes: a hundred at a time, whose memory goes with its process."""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, islice
from operator import attrgetter

from kanban.beside import Beside, may_fork, processors
from kanban.render.plan import PlannedFile

BATCH = 125
"""Pages made by one process: a quarter of a second, beside which its beginning is nothing."""
FEWEST = 20
"""Fewer are made as quickly without another process."""


def made_beside(files: Iterable[PlannedFile], is_news: Callable[[PlannedFile], bool]) -> Iterator[PlannedFile]:
    """The same files in the same order; those of `many` that `is_news` names are made by then, where there are many.

    The first one is made here, so that what all of them share is at hand before the others begin.
    """
    begun: deque[_Batch] = deque()
    shared = False
    for many, some in groupby(files, attrgetter("many")):
        if not many:
            yield from some
        for batch in _batches(some) if many else ():
            here = 0
            if not shared:
                here = next((at for at, file in enumerate(batch, 1) if is_news(file)), 0)
                shared = here > 0
                while begun:
                    yield from begun.popleft().files()
                yield from batch[:here]
            done = begun.popleft().files() if len(begun) == processors() else ()
            begun.append(_Batch(batch[here:], is_news))
            yield from done
        while begun:
            yield from begun.popleft().files()


def _batches(files: Iterable[PlannedFile]) -> Iterator[list[PlannedFile]]:
    files = iter(files)
    while batch := list(islice(files, BATCH)):
        yield batch


class _Batch:
    """Some files, of which those that are news are being made."""

    def __init__(self, files: Sequence[PlannedFile], is_news: Callable[[PlannedFile], bool]) -> None:
        self._files = files
        self._news = [file for file in files if is_news(file)]
        self._begun = Beside(partial(_made, self._news)) if len(self._news) >= FEWEST and may_fork() else None

    def files(self) -> list[PlannedFile]:
        """The files, those that were made as they were made."""
        if self._begun is None:
            return list(self._files)
        told = marshal.loads(self._begun.answer())  # noqa: S302 - written by ourselves, in a file without a name
        pairs = zip(self._news, told, strict=True)
        made = {file.address: replace(file, write=partial(bytes, data)) for file, data in pairs}
        return [made.get(file.address, file) for file in self._files]


def _made(files: Sequence[PlannedFile]) -> bytes:
    return marshal.dumps([file.write() for file in files])
