"""The cards of the trees that meet, each by the name that it bears in the end and in the columns of its own tree.

Somebody may have renamed a card, a column's folder, or both, while another worked on: git would guess what became of
what, and guesses wrong between cards that look alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.session import Session
from kanban.i18n.catalogue import current_language
from kanban.model.cards.assembly import layout_of, renames_of
from kanban.model.cards.boardfile import SIZE_CAP, BoardFile
from kanban.model.cards.read_card import read_card
from kanban.model.history.hand_renames import is_same_deal, renamed_in, rewritten_in
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.objects import board_files
from kanban.repository.git.rawlog import read_commits
from kanban.repository.read.boards import boards_in_tree, content_at
from kanban.review.merge.conflict import Copy

if TYPE_CHECKING:
    from kanban.model.cards.layout import Layout
    from kanban.model.history.commits import Change
    from kanban.repository.git.repository import Repository


def boards_beside(session: Session, revision: str) -> Iterator[Session]:
    """The other boards of the repository that stand on disk too; nobody's texts change their language."""
    top = session.repository.toplevel
    for folder in boards_in_tree(session.repository, revision):
        if top is not None and f"{folder}/".lstrip("/") != session.prefix and (top / folder / BOARD_FILE).is_file():
            settings = Settings()
            settings.directory, settings.language = str(top / folder), current_language()
            yield Session(settings, session.today.isoformat())


Copies = Mapping[str, tuple[Copy, ...]]


class Sides:
    """What stands where in any tree of one meeting; `base`, `ours` and `theirs` are its commits."""

    def __init__(self, session: Session, base: str | None, ours: str, theirs: str) -> None:
        self.session, self.base, self.ours, self.theirs = session, base, ours, theirs
        self.rewritten: dict[str, str] = {}
        """Former and new id of cards that somebody renamed and rewrote in one commit, once names were looked at."""
        self._read: dict[str, Copies] = {}
        self._configs: dict[str, BoardConfig] = {}

    @property
    def _repository(self) -> Repository:
        return self.session.repository

    def config(self, tree: str) -> BoardConfig:
        """The board's rules in a tree; as they stand here where it has none that can be read."""
        if tree not in self._configs:
            data = content_at(self._repository, tree, self.session.prefix + BOARD_FILE)
            read = read_config(data)[0] if data is not None else None
            self._configs[tree] = read or self.session.config
        return self._configs[tree]

    def copies(self, tree: str) -> Copies:
        """The copies of every card in a tree, in the order of their paths."""
        if tree not in self._read:
            found: dict[str, tuple[Copy, ...]] = {}
            layout = layout_of(self.config(tree))
            for file in self._repository.files_at(tree, self.session.prefix):
                place = layout.place(file.path)
                if place is not None and file.data is not None:
                    card = self._name(place[1])
                    found[card] = (*found.get(card, ()), Copy(file.path, place[0], file.data))
            self._read[tree] = found
        return self._read[tree]

    def copy(self, tree: str, card: str) -> Copy | None:
        """The first copy of a card in a tree; None where there is none."""
        found = self.copies(tree).get(card, ()) if tree else ()
        return found[0] if found else None

    def paths(self, tree: str) -> dict[str, list[str]]:
        """The paths of every card in a tree, relative to the repository."""
        found: dict[str, list[str]] = {}
        layout = layout_of(self.config(tree))
        for path in self._listed(tree):
            if (place := layout.place(path)) is not None:
                found.setdefault(self._name(place[1]), []).append(self.session.prefix + path)
        return found

    def card_at(self, path: str) -> str:
        """The card whose file a path of the repository is on either side, "" for another file."""
        prefix = self.session.prefix
        if not path.startswith(prefix):
            return ""
        for layout in self._layouts:
            if (place := layout.place(path.removeprefix(prefix))) is not None:
                return self._name(place[1])
        return ""

    def strays(self, before: str, after: str) -> set[str]:
        """Cards of one tree whose files another tree has too, in folders that are no columns there."""
        if self.config(before).columns == self.config(after).columns:
            return set()
        layout, there = layout_of(self.config(after)), set(self._listed(after))
        return {
            card
            for card, found in self.copies(before).items()
            if any(copy.path in there and layout.place(copy.path) is None for copy in found)
        }

    def path_in(self, tree: str, card: str, column: str, sides: Iterable[Copy | None]) -> str:
        """Where a card stands in a column of a tree's board: where a side has it there already, else in its folder."""
        config = self.config(tree)
        layout = layout_of(config)
        fits = (side.path for side in sides if side is not None and layout.place(side.path) == (column, card))
        folder = next((known.directory for known in config.columns if known.key == column), column)
        return next(fits, f"{folder}/{card}.md")

    @cached_property
    def _layouts(self) -> tuple[Layout, ...]:
        trees = (self._repository.tree(one) for one in (self.ours, self.theirs))
        return tuple(layout_of(self.config(tree)) for tree in trees)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Former id → id in the end. What the others call it by now is what it is called."""
        mine, theirs = (self._renames(one) for one in (self.ours, self.theirs))
        both = {new: theirs[old] for old, new in mine.items() if theirs.get(old, new) != new}
        return {**mine, **theirs, **both}

    def _renames(self, side: str) -> dict[str, str]:
        """Former id → the one that a side has, by what cards say, and by files that one commit only renamed."""
        repository = self._repository
        tree = repository.tree(side)
        config = self.config(tree)
        said = renames_of(self._since_base(tree), config)
        if self.base is None:
            return said
        layout = layout_of(config)
        told = read_commits(repository.git, side, [self.session.prefix.strip("/")], [self.base])
        lines = [commit.changes for commit in told if len(commit.parents) < 2]
        by_hand = {old: new for changes in lines for old, new in renamed_in(changes, layout)}
        rewritten = dict(self._rewritten(lines, layout, config))
        placed = (layout.place(path) for path in self._listed(tree))
        present = {place[1] for place in placed if place is not None}
        found = {old: new for old, new in rewritten.items() if old not in present and old not in said}
        self.rewritten |= found
        return {old: new for old, new in by_hand.items() if old not in present} | found | said

    def _rewritten(
        self, lines: Iterable[tuple[Change, ...]], layout: Layout, config: BoardConfig
    ) -> Iterator[tuple[str, str]]:
        """Former and new id of the cards that a commit gave another name and rewrote, where that is sure."""
        for pair in (rewritten_in(changes, layout) for changes in lines):
            if pair is None or pair[0].before == pair[1].after:
                continue
            read = self._repository.read_blobs([pair[0].before, pair[1].after], SIZE_CAP)
            cards = [
                read_card(BoardFile(change.path, read.get(blob)), place[1], place[0], config)
                for change, blob in zip(pair, (pair[0].before, pair[1].after), strict=True)
                if (place := layout.place(change.path)) is not None
            ]
            if is_same_deal(cards[0], cards[1]):
                yield cards[0].id, cards[1].id

    def _name(self, card: str) -> str:
        seen = {card}
        while (new := self._names.get(card, card)) not in seen:
            card = new
            seen.add(card)
        return card

    def _since_base(self, tree: str) -> Iterator[BoardFile]:
        """The board's files in a tree; what they hold only where that is new."""
        entries = set(self._repository.ls_tree(tree, self.session.prefix))
        old = set(self._repository.ls_tree(self._repository.tree(self.base), self.session.prefix) if self.base else ())
        yield from board_files(self._repository.git, entries - old, SIZE_CAP)[0]
        yield from (BoardFile(entry.path, None) for entry in entries & old)

    def _listed(self, tree: str) -> list[str]:
        prefix = self.session.prefix
        return [entry.path.removeprefix(prefix) for entry in self._repository.ls_tree(tree, prefix)]
