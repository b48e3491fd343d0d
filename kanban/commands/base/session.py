"""What a verb works with: the board where the user stands, its repository, the day, and the way to answer."""

from __future__ import annotations

import gc
import json
import time
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanban.again.files import files_below
from kanban.commands.base.calling.invocation import Settings, settings_of, speak
from kanban.errors import KanbanError, NotARepository
from kanban.folder.finding import find_board
from kanban.folder.reading import FolderMemory, Reader, read_file, read_folder
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.model.cards.assembly import config_from, layout_of, read_board, renames_of
from kanban.model.cards.board import Board
from kanban.model.cards.unchanged_cards import CardMemory
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig
from kanban.paper.plain import printable
from kanban.repository.git.discovery import Place, discover
from kanban.repository.git.plain_files import is_plainly_whole
from kanban.repository.kept.index import folders_above
from kanban.repository.kept.known_settings import keep, recall
from kanban.repository.kept.silent_files import SilentBlobs, SilentFiles
from kanban.schemas.writing import to_json

if TYPE_CHECKING:
    from kanban.again.files import Looked as Seen
    from kanban.gestures.base.situation import Situation
    from kanban.metrics.base.ledger import Ledger
    from kanban.model.cards.boardfile import BoardFile
    from kanban.model.history.events import History
    from kanban.repository.git.repository import Repository
    from kanban.repository.kept.cache import KnownPast
    from kanban.repository.kept.known_clocks import KnownClocks
    from kanban.repository.read.source import Looked


def goes_on() -> None:
    """Said by what lives for hours: boards that are read again and again are let go, the old ones among them.

    A verb that ends in a second hardly looks for cycles (`cli.COLLECT`), and would never among what has lived a while.
    """
    gc.set_threshold(10_000, 10, 10)


JUST = 1_000_000_000
"""Nanoseconds for which the board is as it was seen when a verb began, which had no time to wait for anybody."""


class Kept:
    """What one reading leaves for the next where a verb reads again and again: cards, histories."""

    def __init__(self) -> None:
        self.cards: CardMemory | None = None
        self.histories: dict[tuple[object, ...], History] = {}
        self.files: FolderMemory | None = None
        self._board: tuple[tuple[BoardFile, ...], date, Board] | None = None

    def assembled(self, files: tuple[BoardFile, ...], day: date, memory: CardMemory) -> Board:
        """The board of these files: the same as the last one while no file and not the day is another."""
        if self._board is None or self._board[:2] != (files, day):
            self._board = files, day, read_board(files, anchor=day, memory=memory)
        return self._board[2]


class Session:
    """One run of one verb. Everything is read when first asked for."""

    def __init__(
        self, settings: Settings, as_of: str | None = None, kept: Kept | None = None, *, known: bool = False
    ) -> None:
        self.settings = settings
        self._as_of = as_of
        self.known = known
        self.ledgers: dict[tuple[object, ...], Ledger] = {}
        self.later_changes: dict[tuple[object, ...], date] = {}
        self.configs: dict[str | None, tuple[tuple[date, BoardConfig], ...]] = {}
        self.stood: dict[int, Board] = {}
        self._begun: tuple[str, Looked] | None = None
        self.known_clocks: list[KnownClocks | None] = []
        self.kept = kept or Kept()
        self.board_folder: str | None = None
        """The board to read from git, where several are looked at one after the other; else the one around the user."""
        speak(settings)

    @cached_property
    def root(self) -> Path:
        """The board's folder: the nearest `board.yml` at or above the start, else the only one below."""
        return find_board(Path(self.settings.directory))

    @cached_property
    def settings_file(self) -> BoardFile:
        """The board's `board.yml`."""
        return read_file(self.root, BOARD_FILE)

    @cached_property
    def config(self) -> BoardConfig:
        """The board's configuration in the working tree; sets the language of everything that follows."""
        config = self.config_in({BOARD_FILE: self.settings_file}, self.root)
        self.speak_as(config)
        return config

    def config_in(self, files: dict[str, BoardFile], start: Path) -> BoardConfig:
        """The configuration among a board's files; YAML is not read where the index around `start` knows what it says.

        Raises BadBoard as `config_from` does.
        """
        file = files.get(BOARD_FILE)
        data = file.data if file is not None and self.settings.cached else None
        folders = folders_above(start) if data else None
        kept = data is None or folders is None or not folders.ours or recall(folders.common_dir, data)
        config, problems = config_from(files)
        if data is not None and folders is not None and not kept and not problems:
            keep(folders.common_dir, data, config)
        return config

    def speak_as(self, config: BoardConfig) -> None:
        """Put the language in force that was asked for, else the board's; and remember whose day it is."""
        set_language(self.settings.language or config.language)
        self.settings.zone = config.zone

    @cached_property
    def today(self) -> date:
        """The day that counts as today: `--as-of`, else the calendar day in the board's timezone."""
        return self.today_of(self.config)

    def today_of(self, config: BoardConfig) -> date:
        """The same for a board with another configuration."""
        now = datetime.now(config.zone).date()
        return now if self._as_of is None else _past_day(self._as_of, "--as-of", now, config.language)

    @property
    def now(self) -> datetime:
        """This very moment in the board's timezone, whatever day counts as today."""
        return datetime.now(self.config.zone)

    @property
    def stamp(self) -> str:
        """The moment as written to a card: the day that counts as today, with the time unless it is another day."""
        now = datetime.now(self.config.zone)
        return f"{now:%Y-%m-%dT%H:%M}" if now.date() == self.today else self.today.isoformat()

    @property
    def authored(self) -> str:
        """When a gesture happened, as git takes it: on the day that counts as today, where that is over; "" for now."""
        now = datetime.now(self.config.zone)
        return (
            datetime.combine(self.today, now.time(), now.tzinfo).isoformat("T", "seconds")
            if self.today < now.date()
            else ""
        )

    @property
    def looks_back(self) -> bool:
        """Whether another day than today may have been asked for."""
        return self._as_of is not None or self.known

    def day(self, text: str, option: str) -> date:
        """The day in the past that a person typed after `option`. Raises KanbanError when it cannot be understood."""
        return _past_day(text, option, self.today, self.config.language)

    def situation(self, board: Board | None = None) -> Situation:
        """What a gesture is made on: the board (default: read afresh), and how to ask for the rest."""
        from kanban.gestures.base.situation import Situation

        return Situation(board or self.read_board(), self.today, self.stamp, self._who, self._past)

    def _who(self) -> str:
        identity = self.repository.identity()
        return identity.name if identity else ""

    def _past(self) -> History:
        return self.history(needed=False)

    @cached_property
    def board(self) -> Board:
        """The board as it stands in the working tree."""
        return self.read_board()

    def read_board(self) -> Board:
        """Read the working tree afresh."""
        return self.kept.assembled(read_folder(self.root, self._reader), self.today, self.memory)

    @property
    def _reader(self) -> Reader | None:
        """Who knows the board's files: a hand that reads it again and again, else the index."""
        folders = folders_above(self.root) if self.settings.cached and self.kept.files is None else None
        if folders is None or not folders.ours:
            return self.kept.files
        return SilentFiles(folders.common_dir, self.root, self._just_seen())

    def _just_seen(self) -> dict[str, Seen]:
        """What was seen of the board's files when this run began: that need not be looked at twice. Told once."""
        seen, self.settings.seen = self.settings.seen, {}
        return seen if 0 <= time.time_ns() - self.settings.seen_at < JUST else {}

    @property
    def memory(self) -> CardMemory:
        """Cards read already: the boards of one run mostly hold the same files."""
        if self.kept.cards is None:
            self.kept.cards = CardMemory()
        return self.kept.cards

    @cached_property
    def renames(self) -> dict[str, str]:
        """Former card id → current one; without reading the whole board when nobody has asked for it."""
        if "board" in self.__dict__:
            return self.board.renames

        reader = self._reader
        if isinstance(reader, SilentFiles) and reader.all_silent(files_below(str(self.root))):
            return {}
        return renames_of(read_folder(self.root, reader), self.config)

    def board_at(self, revision: str) -> Board:
        """The board as it stands in a revision or tree."""
        files = self.repository.files_at(revision, self.prefix)
        return read_board(files, anchor=self.today, memory=self.memory)

    def try_out(self) -> None:
        """From here on the repository is only looked at: no program that its configuration names is started."""
        self.__dict__["repository"] = self.repository.tried_out()

    @cached_property
    def repository(self) -> Repository:
        """The repository around the board's folder. Raises NotARepository with the offer to make one."""
        return _repository_at(self.place, cached=self.settings.cached)

    @cached_property
    def place(self) -> Place:
        """Where that repository is. Raises NotARepository with the offer to make one."""
        return _place_around(self.root)

    @cached_property
    def surrounding(self) -> Repository:
        """The repository around the user, which may hold boards that are not on disk. Raises NotARepository."""
        return _repository_at(_place_around(Path(self.settings.directory)), cached=self.settings.cached)

    def look_ahead(self) -> None:
        """Begin to ask git about the next commit; whatever is wrong is told when it is asked for."""
        with suppress(KanbanError):
            self.surrounding.look_ahead()

    @cached_property
    def prefix(self) -> str:
        """The board's folder inside the repository, "" at its top, else with a final slash."""
        return self.repository.prefix_of(self.root)

    def history(self, *, revision: str = "HEAD", needed: bool = True) -> History:
        """The events of the board's cards up to `revision`.

        With `needed`, a shallow clone raises ShallowHistory; without, what is there is returned and says so itself.
        """
        head = self.repository.head() if revision == "HEAD" else self.repository.resolve(revision)
        renames = tuple(sorted(self.renames.items()))
        key = (head, renames, layout_of(self.config), self.config.timezone, self.config.history.commits)
        history = self.kept.histories.get(key)
        if history is None:
            history = self.kept.histories[key] = self._read_history(revision)
        if not needed:
            return history
        from kanban.gestures.base.past import whole

        return whole(history)

    def begin_history(self) -> None:
        """Where nothing is known of the history, begin to read it beside whatever comes until it is asked for."""
        head = self.repository.head()
        if head is None or self._begun is not None or self.kept.histories:
            return
        from kanban.commands.base.progress import HistoryProgress
        from kanban.repository.read.log import WORTH_BEGINNING, begin

        looked = begin(
            self.repository,
            cards=lambda: sum(1 for _file in islice(files_below(str(self.root)), WORTH_BEGINNING)),
            prefix=self.prefix,
            layout=layout_of(self.config),
            renames=lambda: self.renames,
            revision=head,
            first_parent=self.config.history.first_parent,
            cached=self.settings.cached,
            shown=HistoryProgress,
        )
        self._begun = head, looked

    def past_in_columns(self) -> KnownPast | None:
        """The past of many cards that was begun to be read, or is kept, no event of it made yet; None where none is."""
        if self._begun is None or self.kept.histories:
            return None
        from kanban.repository.read.log import read_columns

        return read_columns(
            self.repository,
            self._begun[1],
            prefix=self.prefix,
            layout=layout_of(self.config),
            renames=self.renames,
            first_parent=self.config.history.first_parent,
            cached=self.settings.cached,
        )

    def _read_history(self, revision: str) -> History:
        from kanban.commands.base.progress import HistoryProgress
        from kanban.repository.read.log import read_history

        if revision == "HEAD":
            self.begin_history()
        begun, looked = self._begun, None
        if begun is not None and revision in ("HEAD", begun[0]):
            looked, self._begun = begun[1], None
        with HistoryProgress() as progress:
            return read_history(
                self.repository,
                prefix=self.prefix,
                layout=layout_of(self.config),
                zone=self.config.zone,
                renames=self.renames,
                revision=revision,
                first_parent=self.config.history.first_parent,
                progress=progress,
                cached=self.settings.cached,
                looked=looked,
            )


def _past_day(text: str, option: str, today: date, language: str) -> date:
    from kanban.gestures.base.days import past_day_typed

    return past_day_typed(text, option, today, language)


def _repository_at(place: Place, *, cached: bool) -> Repository:
    from kanban.repository.git.repository import Repository

    repository = Repository(place)
    if cached and is_plainly_whole(place.common_dir):
        repository.leaves_unread(SilentBlobs(place.common_dir, ""))
    return repository


def _place_around(folder: Path) -> Place:
    try:
        return discover(folder)
    except NotARepository as error:
        if error.cure:
            raise
        raise NotARepository(error.message, cure=_("`kanban init . --git` makes this folder a repository")) from error


def open_session(context: click.Context, as_of: str | None = None, *, known: bool = False) -> Session:
    """The session of this run. With `known`, a past day is what the repository had been told by then."""
    session = Session(settings_of(context), as_of, known=known)
    session.config  # noqa: B018 - the board's language must be in force before the first text is made
    return session


def emit_json(document: object) -> None:
    """Print a document as JSON on standard output; names that are not Unicode stand in it as `kanban log` has them."""
    text = to_json(document)
    if not text.isascii() and text.encode("utf-8", "replace").decode() != text:
        text = to_json(_printable(json.loads(text)))
    click.echo(text)


def _printable(document: Any) -> Any:
    if isinstance(document, str):
        return printable(document)
    if isinstance(document, dict):
        return {_printable(key): _printable(value) for key, value in document.items()}
    return [_printable(item) for item in document] if isinstance(document, list) else document
