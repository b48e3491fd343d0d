"""Pages of which there are many, made by other processes while this one makes the others.

Each process makes some of them: what they asked of their cards goes with it.
"""

from __future__ import annotations

import io
import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from kanban.beside import Beside, may_fork, nameless_file, processors
from kanban.render.plan import PlannedFile

BATCH = 125
"""Pages made by one process: a quarter of a second, beside which its beginning is little."""
FEWEST = 20
"""Fewer are made as quickly without another process."""
_NUMBER = 4
"""Bytes by which a batch is named."""


def made_beside(files: Iterable[PlannedFile], is_news: Callable[[PlannedFile], bool]) -> Iterator[PlannedFile]:
    """The same files in their order; those of which there are many are being made from the beginning.

    The first of many is made here, so that what all of them share is at hand before other processes begin.
    """
    planned = list(files)
    for file in planned:
        if file.begin is not None and is_news(file):
            file.begin()
    news = [at for at, file in enumerate(planned) if file.many and is_news(file)]
    waits: set[int] = set()
    made: Iterator[PlannedFile] = iter(())
    if len(news) > FEWEST and may_fork():
        first, *others = news
        planned[first] = _with(planned[first], planned[first].write())
        made, waits = _Makers([planned[at] for at in others]).files(), set(others)
    yield from (next(made) if at in waits else file for at, file in enumerate(planned))


def _with(file: PlannedFile, data: bytes) -> PlannedFile:
    return replace(file, write=partial(bytes, data))


class _Makers:
    """Processes that make files: as many as there are processors, one of which waits until this one has nothing to do.

    Each takes the number of the next batch from a pipe, has it made by a process of its own, and tells when it is
    done. The first it makes itself, so that what pages load and compile is at hand for the others. What one that was
    killed had begun is made when it is asked for.
    """

    def __init__(self, files: Sequence[PlannedFile]) -> None:
        self._batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
        self._made = [nameless_file() for _batch in self._batches]
        (self._next, numbers), (self._told, self._telling), (self._free, self._busy) = _pipe(), _pipe(), _pipe()
        for at in range(len(self._batches)):
            numbers.write(at.to_bytes(_NUMBER, "big"))
        numbers.close()
        self._us = os.getpid()
        self._foremen = [Beside(partial(self._labour, late=not at), patient=True) for at in range(processors())]

    def files(self) -> Iterator[PlannedFile]:
        """The files, made, in their order. Asked once nothing else is left to do."""
        for end in (self._busy, self._free, self._next, self._telling):
            end.close()
        done: set[int] = set()
        for at, batch in enumerate(self._batches):
            while at not in done and (number := self._told.read(_NUMBER)):
                done.add(int.from_bytes(number, "big"))
            with self._made[at] as file:
                if at in done:
                    file.seek(0)
                    told = marshal.load(file)  # noqa: S302 - written by ourselves, in a file without a name
                    yield from map(_with, batch, told)
                else:
                    yield from batch

    def _labour(self, late: bool) -> bytes:
        """Make batches until there are none left, or nobody waits; one is `late`, and begins when it is let."""
        self._busy.close()
        if late:
            self._free.read(1)
        first = True
        while os.getppid() == self._us and (number := self._next.read(_NUMBER)):
            at = int.from_bytes(number, "big")
            work = partial(_made, self._batches[at])
            file = self._made[at]
            file.write(work() if first else Beside(work).answer())
            file.flush()
            self._telling.write(number)
            first = False
        return b""


def _pipe() -> tuple[io.FileIO, io.FileIO]:
    read, write = os.pipe()
    return io.FileIO(read, "r"), io.FileIO(write, "w")


def _made(files: Sequence[PlannedFile]) -> bytes:
    return marshal.dumps([file.write() for file in files])
