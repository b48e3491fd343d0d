"""A board to check, with what is known around it: what it was before, and where its files are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kanban.errors import NotFound
from kanban.folder.finding import find_board
from kanban.i18n import _, ngettext
from kanban.lint.waivers.baseline import added_entries
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.lint.steps.step import Step, Unsigned
    from kanban.model.cards.card import Card
    from kanban.model.history.events import History
    from kanban.model.settings.board_yml import BoardConfig
    from kanban.pull.nextaction import Lacking
    from kanban.repository.git.repository import Repository
    from kanban.repository.read.source import Looked

Files = Mapping[str, BoardFile]


class Committed(Mapping[str, BoardFile]):
    """The files of a board in a commit, asked of git when somebody looks: all, or those of some top folders alone."""

    def __init__(self, ask: Callable[[Sequence[str]], Files]) -> None:
        self._ask = ask

    @cached_property
    def _all(self) -> Files:
        return self._ask(())

    def among(self, paths: Iterable[str]) -> Files:
        """The files in the folders of these paths, others may come along."""
        folders = sorted({path.partition("/")[0] for path in paths})
        return self._all if "_all" in self.__dict__ or not folders else self._ask(folders)

    def __getitem__(self, path: str) -> BoardFile:
        return self._all[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


@dataclass(frozen=True)
class Source:
    """What one run of the linter looks at.

    `prefix` is the board's folder in the repository, "" or with a final slash. `revision` is the commit whose history
    tells the cards' ages, "" when there is none. `before` are the files before the change, None when no change is
    looked at, `merged` those of each other parent of a merge; `base`,
    `beside` (the other parents' boards) and `steps` tell what it did. `root` is the
    folder that fixes may write to, None when the board is read from git alone. `baseline` is the file that the board
    names as its baseline, read from where the board was read; None when there is none; `baseline_before` is that of the
    board before. `strict` is the same board under
    the rules that stood before the change, None when the change leaves them alone or its approver has agreed.
    `cached` says whether what is kept between commands may be used;
    `history` is that of the revision where it was read already; `looked` is a reading of it that has been begun.
    `cards_then`, `rules_then`, `lacking_then` (cards, rules and pull stop at the time of the steps) and `unsigned`: see
    `LintContext`.
    """

    files: Files
    board: Board
    today: date
    prefix: str = ""
    repository: Repository | None = None
    revision: str = ""
    before: Files | None = None
    merged: tuple[Files, ...] = ()
    base: Board | None = None
    beside: tuple[Board, ...] = ()
    steps: tuple[Step, ...] | None = None
    root: Path | None = None
    notes: tuple[str, ...] = ()
    baseline: bytes | None = None
    baseline_before: bytes | None = None
    strict: Board | None = None
    cached: bool = True
    history: History | None = None
    looked: Looked | None = None
    cards_then: Mapping[str, Card] = field(default_factory=dict)
    rules_then: Mapping[str, BoardConfig] = field(default_factory=dict)
    lacking_then: Mapping[str, tuple[Lacking, Lacking]] = field(default_factory=dict)
    unsigned: tuple[Unsigned, ...] = ()

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds files of the board, relative to it."""
        parts = (path.split("/") for path in self.files)
        return frozenset("/".join(part[:end]) for part in parts for end in range(1, len(part)))

    @cached_property
    def renewed(self) -> frozenset[str]:
        """Paths whose content is not that of `before`; every path when nothing is known of before."""
        before = self.before
        if before is None:
            return frozenset(self.files)
        return frozenset(path for path, file in self.files.items() if not same(file, before.get(path)))

    @cached_property
    def fresh(self) -> frozenset[str]:
        """The ids of the open cards whose content is not that of `before`; none where nothing is known of before.

        A second card of the same id counts for both: nobody knows which of them goes on.
        """
        before = self.before
        if before is None:
            return frozenset()
        cards = [*self.board.open_cards, *chain.from_iterable(self.board.duplicates.values())]
        if isinstance(before, Committed):
            before = before.among(card.path for card in cards)
        paths = {card.path: card.id for card in cards}
        files = ((path, self.files.get(path)) for path in paths)
        return frozenset(paths[path] for path, file in files if file is None or not same(file, before.get(path)))

    @cached_property
    def changed(self) -> frozenset[str]:
        """The same without what a merge takes over as the other side has it: that was committed, and judged, there."""
        files = self.files
        return frozenset(
            path for path in self.renewed if not any(same(files[path], side.get(path)) for side in self.merged)
        )

    def content(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none or they were not read."""
        file = self.files.get(path)
        return None if file is None else file.data

    @cached_property
    def accepts_more(self) -> tuple[str, ...]:
        """In a sentence, that the change accepts findings that were not accepted before; () when it does not."""
        more = added_entries(self.baseline_before, self.baseline)
        said = ngettext("accepts {count} finding more in {path}", "accepts {count} findings more in {path}", more)
        return (said.format(count=more, path=self.board.config.lint.baseline),) if more else ()

    @property
    def is_changed(self) -> bool:
        """Whether anything of the board changed, removals included, or did on the way to where it was before."""
        if self.before is None or self.steps or self.unsigned:
            return True
        return bool(self.renewed) or bool(set(self.before) - set(self.files))


def same(one: BoardFile, other: BoardFile | None) -> bool:
    """Whether two versions of a file say the same; line ends that git may have converted do not count."""
    if one is other:
        return True
    if other is None or one.note != other.note or one.stage != other.stage:
        return False
    if one.blob and one.blob == other.blob:
        return one.mode == other.mode
    if one.data is other.data:
        return True
    ours, theirs = ((file.data or b"").replace(b"\r\n", b"\n") for file in (one, other))
    return ours == theirs


def by_path(files: Iterable[BoardFile]) -> dict[str, BoardFile]:
    """Files by path; of an unfinished merge's sides our own, else theirs."""
    found: dict[str, BoardFile] = {}
    for file in files:
        if file.stage != 1 and file.path not in found:
            found[file.path] = file
    return found


def board_root(start: Path, paths: Sequence[str]) -> Path:
    """The folder of the board that the user means: around the first of the paths, else around where they stand."""
    if not paths:
        return find_board(start)
    first = start / paths[0]
    if not os.path.lexists(first):
        raise NotFound(_("there is no file or folder {path}").format(path=paths[0]), cure=_("check the path"))
    try:
        return find_board(first)
    except NotFound:
        return find_board(start)
