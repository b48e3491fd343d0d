"""What a site is made from: a board on a day, and whatever else is known about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.diagnosis.diagnosis import diagnose
from kanban.forecast.forecast import forecast_of
from kanban.forecast.recalled import Recalled
from kanban.metrics.base.clocks import clocks
from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.report import build_report
from kanban.model.cards.board import Board
from kanban.render.charts.base.drawing import can_draw
from kanban.render.plan import digest
from kanban.render.views.cards.closed_cards import is_recent

if TYPE_CHECKING:
    from kanban.diagnosis.diagnosis import Diagnosis
    from kanban.forecast.forecast import Forecast
    from kanban.metrics.base.ledger import Ledger
    from kanban.metrics.clock_days import Clocks
    from kanban.metrics.report import Report
    from kanban.model.cards.card import Card
    from kanban.model.history.events import Event, History
    from kanban.paper.page import Page
    from kanban.render.charts.base.renderer import EarlyRenderer

INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Revision:
    """The commit a site was made from: its full id, when it was made, and whether the folder has changed since."""

    commit: str = ""
    committed_at: datetime | None = None
    changed_since: bool = False

    @property
    def short(self) -> str:
        """The first nine characters; "" without a commit."""
        return self.commit[:9]


@dataclass(frozen=True)
class PastDay:
    """A past day that gets a page. `key` is a digest of all that had happened by its end; `open` gives the board as it

    stood then, and the ledger it comes from.
    """

    day: date
    key: str
    open: Callable[[], tuple[Board, Ledger]]

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"{self.day.isoformat()}.html"


class Begun:
    """What is worked out beside: nothing until it is settled, then what it was begun for."""

    def __init__(self) -> None:
        self._settle: Callable[[], Mapping[str, bytes]] | None = None
        self._pages: dict[str, bytes] = {}

    def begin(self, settle: Callable[[], Mapping[str, bytes]]) -> None:
        """`settle` waits for it, notes what came of it, and gives pages that were made with it."""
        self._settle = settle

    def settle(self) -> None:
        """Wait for it."""
        settle, self._settle = self._settle, None
        if settle is not None:
            self._pages.update(settle())

    def page(self, address: str, write: Callable[[], bytes]) -> bytes:
        """A page that was made with it; else `write` makes it."""
        self.settle()
        made = self._pages.pop(address, None)
        return write() if made is None else made


@dataclass(frozen=True)
class Material:
    """The input of a site. What is None is not known, and the pages say how to get it.

    `prefix` is the board's folder inside its repository, for links to the forge. `open_ledger` gives the ledger that
    knows past versions of cards; without it the numbers come from the history and the cards as they stand.
    `read_versions` gives the versions that edits lie between. `known` keeps what is dear to work out, by a digest of
    all that it is made from, for the next site. `days` are past days that get a page.
    `hands_files_out` says that the files kept for cards can be had beside the pages, at their paths in the board.
    `open_findings` gives what the linter finds on the board, as a sheet.
    `renderer` draws charts. `begun` is what is worked out beside.
    `open_clocks` gives the clocks of cards as the board counts them; without it any event ends idleness.
    """

    board: Board
    as_of: date
    audience: str = INTERNAL
    revision: Revision = field(default_factory=Revision)
    prefix: str = ""
    history: History | None = None
    open_ledger: Callable[[], Ledger] | None = None
    read_versions: Callable[[], Mapping[str, Card]] | None = None
    known: MutableMapping[str, str] = field(default_factory=dict)
    days: tuple[PastDay, ...] = ()
    open_clocks: Callable[[Board], Mapping[str, Clocks]] | None = None
    hands_files_out: bool = False
    open_findings: Callable[[], Page] | None = None
    renderer: EarlyRenderer | None = None
    begun: Begun = field(default_factory=Begun, compare=False, repr=False)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see the site."""
        return self.audience == PUBLIC

    @property
    def has_past(self) -> bool:
        """Whether the whole history is known; half of one makes no numbers."""
        return self.history is not None and not self.history.shallow

    @cached_property
    def numbers_key(self) -> str:
        """A digest of what settles the numbers: the commit and the day, as what is not committed is in none.

        Names are those of the folder. "" where nothing settles them.
        """
        board, revision = self.board, replace(self.revision, changed_since=False)
        cards = [(card.id, card.path, card.label, "" if self.open_ledger else card.text) for card in board.cards]
        events = len(self.history.events) if self.history is not None else None
        known = (revision, events, self.has_past, self.as_of, self.audience, self.prefix)
        return digest(known, board.config, cards, can_draw()) if revision.commit or events is None else ""

    def recalled(self, name: str, work: Callable[[], str]) -> str:
        """What is told of the numbers under a name: worked out once for a commit and a day."""
        key = f"{name} {self.numbers_key}"
        if not self.numbers_key:
            return work()
        if key not in self.known:
            self.begun.settle()
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]

    @cached_property
    def findings(self) -> Page | None:
        """What the linter finds; None where it was not asked, as for a public site."""
        return self.open_findings() if self.open_findings is not None and not self.is_public else None

    def events_of(self, card: str) -> Sequence[Event]:
        """The events of one card up to the day; empty without a history."""
        return self.past.of(card) if self.past is not None else ()

    @cached_property
    def past(self) -> History | None:
        """What had happened by the end of the day."""
        return self.history.as_of(self.as_of) if self.history is not None else None

    @cached_property
    def clocks(self) -> Mapping[str, Clocks]:
        """Card id → its clocks, of open cards and those closed lately; {} without the whole history."""
        if self.history is None or not self.has_past:
            return {}
        board = self.board
        shown = [card for card in board.cards if board.is_open(card) or is_recent(board, card, self.ended, self.as_of)]
        board = Board(board.config, tuple(shown))
        return self.open_clocks(board) if self.open_clocks is not None else clocks(board, self.history, self.as_of)

    @cached_property
    def report(self) -> Report | None:
        """All numbers as of the day; None without the whole history."""
        if self.history is None or not self.has_past:
            return None
        if self.open_ledger is not None:
            return build_report(self.open_ledger())
        return build_report(open_ledger(self.board, self.history, self.as_of))

    @cached_property
    def forecast(self) -> Forecast | None:
        """What to expect of the next four weeks; None without the whole history."""
        return forecast_of(self.report.ledger, recalled=Recalled(self.known)) if self.report is not None else None

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """What is wrong with the flow, in the language in force; None without the whole history."""
        return diagnose(self.report.ledger, self.forecast) if self.report is not None else None

    @cached_property
    def versions(self) -> Mapping[str, Card]:
        """Past versions of cards by blob id; {} where they are not at hand, or not for everybody."""
        return self.read_versions() if self.read_versions is not None else {}

    @cached_property
    def ended(self) -> dict[str, date]:
        """Closed card id → the day on which it reached its exit; {} without the whole history."""
        found: dict[str, date] = {}
        if not self.has_past:
            return found
        for card in self.board.cards:
            if self.board.is_open(card):
                continue
            move = next((event for event in reversed(self.events_of(card.id)) if event.places), None)
            if move is not None:
                found[card.id] = move.at.date()
        return found
