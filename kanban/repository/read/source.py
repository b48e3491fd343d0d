"""Whose commits are read, what stands in the commit that they lead to, and what a reading leaves for the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from kanban.beside import Beside
from kanban.errors import KanbanError
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.boardfile import SIZE_CAP
from kanban.model.cards.layout import Layout
from kanban.model.history.events import History
from kanban.model.history.new_commits import Growth
from kanban.model.settings.board_yml import read_config
from kanban.repository.git.objects import TreeEntry, read_blobs
from kanban.repository.git.rawlog import Progress
from kanban.repository.git.repository import Repository
from kanban.repository.kept.cache import KnownPast
from kanban.repository.kept.past_by_card import PastByCard
from kanban.values import dataclass


@dataclass(frozen=True)
class Source:
    """Which board's commits to read, and how far: the board in the folder `prefix` of the commit `head`.

    `layout` says which folder is which column now, `renames` under which id a card is known now that had another one.
    """

    repository: Repository
    head: str
    prefix: str
    layout: Layout
    renames: Mapping[str, str]
    first_parent: bool = False
    progress: Progress | None = None

    @property
    def folder(self) -> str:
        """The board's folder as the beginning of a path."""
        return f"{self.prefix}/" if self.prefix else ""

    def present(self, layout: Layout) -> dict[str, str]:
        """Card id → column, for the cards in the head's tree."""
        places = (layout.place(entry.path) for entry in self._tree if entry.mode.startswith("100"))
        return {place[1]: place[0] for place in places if place}

    @cached_property
    def _tree(self) -> list[TreeEntry]:
        return self.repository.ls_tree(self.head, self.prefix)

    def layouts(self, blobs: Iterable[str]) -> dict[str, Layout]:
        """Versions of `board.yml` → which folder was which column; those that say nothing usable are left out.

        So are those that a partial clone lacks.
        """
        wanted = list(blobs)
        try:
            contents = read_blobs(self.repository.git, wanted, SIZE_CAP)
        except KanbanError:
            absent = self.repository.lacking(wanted)
            contents = read_blobs(self.repository.git, [blob for blob in wanted if blob not in absent], SIZE_CAP)
        found: dict[str, Layout] = {}
        same: dict[Layout, Layout] = {}
        for blob, data in contents.items():
            config = read_config(data or b"")[0]
            if config is not None:
                layout = layout_of(config)
                found[blob] = same.setdefault(layout, layout)
        return found


FEW = 200
"""Cards: who asks for more of them at once is told by the whole past."""
Kept = KnownPast | PastByCard


class Looked:
    """What a reading of some cards' past has found, for the next one: what is kept, or else the whole history.

    `begun` is the reading itself, where it was begun before anybody asked (`begin`).
    """

    def __init__(self) -> None:
        self.kept: tuple[Kept, Growth | None] | None = None
        self.whole: History | None = None
        self.begun: Beside | None = None
