"""A board while an editor has it open: what is saved, kept in memory and followed, and what an unsaved text makes it.

Nothing here writes. What the editor holds unsaved stands beside the saved files, never in their place.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.ledger import clocks_on
from kanban.commands.base.session import Kept, Session, goes_on
from kanban.commands.check.inputs.reading import history_of, on_disk
from kanban.commands.check.inputs.source import Source, same
from kanban.errors import NotARepository
from kanban.folder.reading import list_folder, read_file
from kanban.i18n.catalogue import set_language
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.assembly import layout_of, read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.history.events import History
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.git.repository import Repository

_TOO_LATE = 2_000_000_000
"""Nanoseconds: a file that changed so lately may change again without a trace in its time."""
_UNSURE = (-1, -1)


class Desk:
    """The board in `root`. `look` must be called before anything else, and again to see what has changed since."""

    def __init__(self, root: Path, language: str | None, as_of: str | None) -> None:
        self.root = root
        self._settings = Settings()
        self._settings.directory, self._settings.language = str(root), language
        self._as_of = as_of
        self._kept = Kept()
        self._told: dict[str, tuple[int, int]] = {}
        self._files: dict[str, BoardFile] = {}
        self._seen: tuple[object, ...] = ()
        self._source: Source | None = None
        self._past: tuple[object, History] | None = None
        goes_on()
        self._clocks: dict[str, Clocks | None] = {}
        self._session = self._opened(self._kept)
        self.held: dict[str, str] = {}
        """What the editor holds of open files, by path."""

    def _opened(self, kept: Kept) -> Session:
        session = Session(self._settings, self._as_of, kept)
        session.__dict__["root"] = self.root
        self.speak()
        return session

    def speak(self) -> None:
        """Put the language in force that was asked for, else the board's."""
        if self._source is not None:
            set_language(self._settings.language or self._source.board.config.language)

    @property
    def source(self) -> Source:
        """The board as it is saved, as of the last look."""
        if self._source is None:
            self.look()
        assert self._source is not None  # noqa: S101 - look raises or sets it
        return self._source

    @property
    def board(self) -> Board:
        """The same without what is around it."""
        return self.source.board

    @property
    def today(self) -> date:
        """The day that counts as today, as of the last look."""
        return self.source.today

    def look(self) -> bool:
        """Read what changed on disk or in git since the last look; whether anything did. Raises BadBoard.

        A file is known by its size and the time of its last change.
        """
        began = time.time_ns()
        told = list_folder(self.root)
        changed = [path for path, stamp in told.items() if self._told.get(path) != stamp]
        gone = self._told.keys() - told.keys()
        read = {path: read_file(self.root, path) for path in changed}
        moved = any(self._files.get(path) != file for path, file in read.items()) or bool(gone)
        self._told = {path: one if one[1] < began - _TOO_LATE else _UNSURE for path, one in told.items()}
        self._files = {path: file for path, file in (self._files | read).items() if path in told}
        session = self._opened(self._kept)
        seen = self._around(session)
        if self._source is not None and not moved and seen == self._seen:
            return False
        self._session, self._seen = session, ()
        source = on_disk(session, self.root, dict(self._files), self._repository)
        self._source, self._seen = self._with_past(source), seen
        self._clocks = {}
        return True

    @cached_property
    def _repository(self) -> Repository | None:
        try:
            return Repository.find(self.root)
        except NotARepository:
            return None

    def _around(self, session: Session) -> tuple[object, ...]:
        """What else the board follows from: the day, the commit checked out, an unfinished merge."""
        repository = self._repository
        if repository is None:
            self.__dict__.pop("_repository", None)  # somebody may have made one meanwhile
            return (session.today,)
        merging = tuple((repository.git_dir / name).exists() for name in ("MERGE_HEAD", "rebase-merge", "rebase-apply"))
        return session.today, repository.head(), merging

    def _with_past(self, source: Source) -> Source:
        """With the history of the commit, read again only where the commit or the names of cards are others."""
        if source.repository is None or not source.revision:
            return source
        key = (source.revision, source.board.config, tuple(sorted(source.board.renames.items())))
        if self._past is None or self._past[0] != key:
            found = history_of(source.repository, source.board, source.prefix, source.revision, cached=source.cached)
            self._past = key, found
        return replace(source, history=self._past[1])

    def clocks_of(self, card_id: str) -> Clocks | None:
        """The clocks of a card, as the last commit has them; None where there is no history, or none of it."""
        past, card = self.source.history, self.board.find(card_id)
        if past is None or past.shallow or card is None:
            return None
        if card_id not in self._clocks:
            told = clocks_on(self._session, past, Board(self.board.config, (card,)))
            self._clocks[card_id] = told.get(card_id)
        return self._clocks[card_id]

    def card_in(self, path: str, data: bytes) -> Card | None:
        """The card that a text at a path would be; None where no card can stand."""
        place = layout_of(self.board.config).place(path)
        if place is None:
            return None
        return read_card(BoardFile(path, data), place[1], place[0], self.board.config, anchor=self.today)

    def alone(self, path: str, data: bytes) -> Source:
        """The board with nothing but one text on it: enough for what is said of a card by itself."""
        card, source = self.card_in(path, data), self.source
        board = replace(source.board, cards=(card,) if card is not None else ())
        return self._other(replace(source, board=board), path, data, card)

    def with_text(self, path: str, data: bytes) -> Source:
        """The board as it would be if this text were saved. Raises BadBoard for a `board.yml` that cannot be used."""
        source, file = self.source, BoardFile(path, data)
        if path == BOARD_FILE:
            return on_disk(self._opened(Kept()), self.root, {**self._files, path: file}, self._repository)
        files = {**source.files, path: file}
        board = read_board(files.values(), anchor=source.today, memory=self._session.memory)
        card = board.find(place[1]) if (place := layout_of(board.config).place(path)) else None
        return self._other(replace(source, files=files, board=board), path, data, card)

    def _other(self, source: Source, path: str, data: bytes, card: Card | None) -> Source:
        """With what is new since the commit, and without a past in which the card was called otherwise."""
        before = source.before
        if before is not None:
            known = self.source.renewed
            new = not same(BoardFile(path, data), before.get(path))
            source.__dict__["renewed"] = known | {path} if new else known - {path}
        saved = self.board.find(card.id) if card is not None else None
        if card is not None and card.formerly != (saved.formerly if saved is not None else ()):
            return replace(source, history=None)
        return source
