"""A board that is followed: of what changed only the files that were named are read, however many cards there are."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kanban.again.files import is_board_path
from kanban.commands.base.session import Kept, Session
from kanban.commands.check.inputs.source import Source
from kanban.folder.reading import FolderMemory, read_file
from kanban.i18n import current_language
from kanban.i18n.catalogue import set_language
from kanban.model.cards.assembly import layout_of
from kanban.review.comparison import Pair, compare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kanban.commands.base.calling.invocation import Settings
    from kanban.model.cards.board import Board


class Followed:
    """The board of a session, as it was when it was last brought up to date."""

    def __init__(self, settings: Settings, as_of: str | None) -> None:
        self._settings, self._as_of = settings, as_of
        self._spoken = ""
        self._kept = Kept()
        self._kept.files = FolderMemory()
        self.session = self.fresh()
        self._day: date | None = self.session.today
        self.board = self.session.board

    def fresh(self) -> Session:
        """A session of now, which knows what the one before had read. Raises KanbanError where no board is read."""
        session = Session(self._settings, self._as_of, self._kept)
        set_language(self._spoken or current_language())  # of a board.yml that is broken just now it is said as before
        session.config  # noqa: B018 - the board's language must be in force before the first text is made
        self._spoken = current_language()
        self.session = session
        return session

    def update(self, changed: Iterable[str]) -> tuple[Pair, ...]:
        """The cards that differ since the last time, `changed` being the board's files that may have.

        Raises KanbanError where the board cannot be read as it stands now; then everything is told the next time.
        """
        before, paths = self.board, frozenset(changed)
        today = self.session.today
        renewed = self._renewed(paths, today) if today == self._day else None
        self._day = None  # until it is read, nobody knows which files are others
        self.board = renewed or self.fresh().board
        self._day = today
        old, new = ({id(card): card for card in board.cards} for board in (before, self.board))
        gone = [card for key, card in old.items() if key not in new]
        come = [card for key, card in new.items() if key not in old]
        return compare(replace(before, cards=tuple(gone)), replace(self.board, cards=tuple(come))).changed

    def _renewed(self, paths: frozenset[str], today: date) -> Board | None:
        """The board with those cards read anew; None where something else than cards changed, or a card is torn."""
        config, root = self.board.config, self.session.root
        layout = layout_of(config)
        places = {path: layout.place(path) for path in paths}
        if not all(places.values()) or not all(map(is_board_path, paths)):
            return None
        cards = [card for card in self.board.cards if card.path not in paths]
        for path, place in places.items():
            file = read_file(root, path)
            if file.note == "missing":
                continue
            if place is None or file.data is None or os.path.islink(root / path):
                return None
            column, card_id = place
            cards.append(self.session.memory.read(file, card_id, column, config, today))
        order = {column.key: at for at, column in enumerate(config.columns)}
        cards.sort(key=lambda card: (order[card.column], card.id, card.path))
        return replace(self.board, cards=tuple(cards))

    def source(self) -> Source:
        """The board for the linter, by itself: what its past tells is asked by `kanban lint`."""
        root, name = self.session.root, self.board.config.lint.baseline
        accepted = (root / name).read_bytes() if name and (root / name).is_file() else None
        return Source(self.board.files, self.board, self.session.today, root=root, baseline=accepted, cached=False)
