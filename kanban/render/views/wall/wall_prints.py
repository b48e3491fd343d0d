"""What hangs on the wall: the poster, the columns' banners, block labels, micro-rule tickets (D47–D50)."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull import wip
from kanban.pull.banner import done_of, rules_of
from kanban.render.views.wall.card_on_board import Face, face, owners_of
from kanban.render.views.wall.columns import count_title
from kanban.render.views.wall.legend import LegendEntry, class_rule
from kanban.render.views.wall.states import reading_order

PAPERS = {"a3": (42.6, 0.7), "a4": (43.5, 1.05)}
"""Paper → how many lines of a card's text the columns of a poster are high, without the rules at their foot, and how
much of it the frame and the margin of a card take."""

_NAME, _NEXT, _CAUSE, _RULES = 18.2, 27, 26, 37
"""How many middling letters a line has where five columns stand side by side: of a card's name, of its next action, of
its block label, and of the rules at the foot of a column."""

_THIN, _BROAD = frozenset("fijlrtI.,:;!'’|()[]· \u00a0\u202f"), frozenset("mwMW@%—…")

_NAME_LINE, _FOOT_LINE, _FOOT_EDGE = 1.2, 0.9, 0.2
"""How high a line of a name and one of the rules are, and the edge above the rules."""

_VERDICT_LINES = 1.7
"""How high the word on a limit is."""

_MOST_NAME_LINES, _MOST_NEXT_LINES, _MOST_BLOCK_LINES = 2, 2, 4
"""What is longer is cut there."""

_EXIT_SHARE = 0.28
"""How wide the column of an exit is, of an open one's."""

_TIGHT = 0.88
"""How small cards are printed where that saves a sheet: the style `tight`."""

MOST_SHEETS = 20

LABELS_PER_SHEET, TICKETS_PER_SHEET = 21, 4


@dataclass(frozen=True, slots=True)
class PosterColumn:
    """One column of a sheet; `verdict` says that its limit is reached or exceeded."""

    name: str
    count: str
    wip: str
    verdict: str
    css: str
    cards: tuple[Face, ...]
    more: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper; `number` is `2 / 3`, "" where there is only one."""

    number: str
    columns: tuple[PosterColumn, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """The board on paper: on one sheet, and on more where one has not room for all cards."""

    title: str
    period: str
    css: str
    sheets: tuple[Sheet, ...]
    rules: tuple[str, ...]
    legend: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """One column's banner, A6."""

    name: str
    wip: str
    wip_label: str
    rules: tuple[str, ...]
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """One block label; blank ones are filled in by hand."""

    account: str
    date: str
    cause: str
    next: str
    who: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One micro-rule on trial for two weeks; blank ones are filled in by hand."""

    problem: str = ""
    rule: str = ""
    indicator: str = ""
    target: str = ""
    started: str = ""
    decision_day: str = ""


def poster(board: Board, as_of: date, paper: str, *, filled: bool) -> Poster:
    """The board for paper, with its cards on as many sheets as they need, or empty for sticky notes."""
    monday = as_of - timedelta(days=as_of.weekday())
    period = _("from {first} to {last}").format(
        first=format_date(monday, "long"), last=format_date(monday + timedelta(days=6), "long")
    )
    blank = _("from ……………… to ………………")
    printing, tight = _Printing(board, as_of, paper), ""
    sheets = printing.sheets(filled=filled)
    if len(sheets) > 1 and len(closer := printing.scaled(_TIGHT).sheets(filled=filled)) < len(sheets):
        sheets, tight = closer, " tight"
    return Poster(
        title=board.config.title or _("Board"),
        period=period if filled else blank,
        css=f"{paper} {'filled' if filled else 'blank'}{tight}",
        sheets=sheets,
        rules=(
            _("pull while the column is under its WIP limit"),
            _("finish before you start"),
            _("every card has a dated next action"),
        ),
        legend=tuple(
            LegendEntry(one.effective_kind, one.name or one.key, class_rule(one)) for one in board.config.classes
        ),
    )


class _Printing:
    """Cards onto sheets of one paper: the whole board on the first, what it has no room for on those that follow."""

    def __init__(self, board: Board, as_of: date, paper: str) -> None:
        self.board, self.as_of, self.paper = board, as_of, paper
        self.scale = 1.0
        self.room, self.frame = PAPERS[paper]
        self.faces: dict[str, Face] = {}
        self.owners = owners_of(board)
        self.exits = [column for column in board.config.exits() if column.kind != "parked"]
        self.wide = (5 + 2 * _EXIT_SHARE) / (len(board.config.open_columns) + len(self.exits) * _EXIT_SHARE)

    def scaled(self, scale: float) -> Self:
        """The same, printed so many times as large."""
        other = copy(self)
        other.scale = scale
        other.room, other.frame = (lines / scale for lines in PAPERS[self.paper])
        return other

    def sheets(self, *, filled: bool) -> tuple[Sheet, ...]:
        """All sheets, numbered when there are several."""
        first, left = [], []
        for column in (*self.board.config.open_columns, *self.exits):
            cards: list[Card] = []
            if filled and column.is_open:
                here = self.board.in_column(column.key)
                cards = sorted(here, key=lambda card: reading_order(self.board, card, self.as_of))
            shown = self._fitting(cards, self._room_above_rules(column))
            first.append(self._column(column, cards[: len(shown)], len(cards) if filled and column.is_open else None))
            left += self._parts(column, cards[len(shown) :])
        every = [first, *self._continued(left)]
        return tuple(
            Sheet(f"{at} / {len(every)}" if len(every) > 1 else "", tuple(columns))
            for at, columns in enumerate(every, 1)
        )

    def _parts(self, column: Column, cards: list[Card]) -> list[tuple[Column, list[Card]]]:
        """Cards in stacks as high as a sheet."""
        found = []
        while cards:
            shown = self._fitting(cards, self.room) or cards[:1]
            found.append((column, shown))
            cards = cards[len(shown) :]
        return found

    def _continued(self, left: list[tuple[Column, list[Card]]]) -> Iterator[list[PosterColumn]]:
        """The stacks side by side, as many as there are columns, on no more sheets than one would hang up."""
        wide = len(self.board.config.open_columns)
        most = wide * (MOST_SHEETS - 1)
        dropped = sum(len(cards) for _column, cards in left[most:])
        shown = [self._column(column, cards) for column, cards in left[:most]]
        if dropped:
            more = ngettext("and {count} more", "and {count} more", dropped).format(count=dropped)
            shown[-1] = replace(shown[-1], more=more)
        for at in range(0, len(shown), wide):
            yield shown[at : at + wide]

    def _column(self, column: Column, cards: list[Card], whole: int | None = None) -> PosterColumn:
        """One column with its head; on a following sheet (`whole` is None and there are cards) its name alone."""
        follows = bool(cards) and whole is None
        light = wip.column_light(self.board, column) if whole is not None else ""
        verdicts = {"red": ngettext("limit exceeded", "limits exceeded", 1), "amber": _("full")}
        return PosterColumn(
            name=_("{column}, continued").format(column=column.title) if follows else column.title,
            count=str(whole) if whole is not None else "",
            wip="" if follows else str(column.wip) if column.wip is not None else "∞" if column.is_open else "",
            verdict=verdicts.get(light, ""),
            css=f"{column.kind} {light}" if light in verdicts else column.kind,
            cards=tuple(map(self._face, cards)),
            more="",
            enter=() if follows else tuple(requirement.text for requirement in column.dor),
            leave=() if follows else tuple(done_of(column)),
        )

    def _room_above_rules(self, column: Column) -> float:
        texts = ([requirement.text for requirement in column.dor], done_of(column))
        lines = sum(self._lines(" · ".join(words), _RULES * self.scale) for words in texts)
        head = _VERDICT_LINES if wip.column_light(self.board, column) in ("red", "amber") else 0
        return self.room - (head + (_FOOT_LINE * lines + _FOOT_EDGE if lines else 0)) / self.scale

    def _lines(self, text: str, letters: float, most: int = 99) -> int:
        """About how many lines the text takes, broken between words."""
        room, lines, used = max(4.0, letters * self.wide / self.scale), int(bool(text)), 0.0
        for word in text.split():
            width = _width(word)
            if used and used + _width(" ") + width > room:
                lines, used = lines + 1, 0.0
            used += width + (_width(" ") if used else 0)
            lines, used = lines + int(used // room), used % room
        return min(most, lines)

    def _height(self, card: Card) -> float:
        """About how many lines a card on the poster is high."""
        one = self._face(card)
        found = self.frame + 1 + _NAME_LINE * self._lines(one.account, _NAME, _MOST_NAME_LINES)
        found += max(1, self._lines(f"{one.date or one.no_date} {one.next}", _NEXT, _MOST_NEXT_LINES))
        found -= 0 if one.facts or one.initials else 1
        label = one.block
        return found + (self._lines(f"{label.since} {label.text}", _CAUSE, _MOST_BLOCK_LINES) if label else 0)

    def _face(self, card: Card) -> Face:
        if card.path not in self.faces:
            self.faces[card.path] = face(self.board, card, None, self.as_of, self.owners)
        return self.faces[card.path]

    def _fitting(self, cards: list[Card], room: float) -> list[Card]:
        """As many of the first cards as there is room for."""
        shown: list[Card] = []
        for card in cards:
            room -= self._height(card)
            if room < 0:
                break
            shown.append(card)
        return shown


def _width(word: str) -> float:
    """How wide a word is, in middling letters of a wide typeface: others are narrower, never wider."""
    return sum(0.65 if sign in _THIN else 1.5 if sign in _BROAD else 1.15 if sign.isupper() else 1 for sign in word)


def banners(board: Board) -> tuple[Banner, ...]:
    """One banner a column, exits included."""
    return tuple(_banner(board, column) for column in board.config.columns)


def _banner(board: Board, column: Column) -> Banner:
    return Banner(
        name=column.title,
        wip=str(column.wip) if column.wip is not None else "",
        wip_label=_("cards at most") if column.wip is not None else count_title(0, None).partition(", ")[2],
        rules=tuple(rules_of(column, board.config)),
        enter=tuple(requirement.text for requirement in column.dor),
        leave=tuple(done_of(column)),
    )


def labels(board: Board) -> tuple[Label, ...]:
    """The labels of the blocked cards, then blank ones up to a full sheet."""
    found = []
    for card in board.open_cards:
        block = card.block
        if block is not None:
            day = format_date(block.since, "medium") if block.since else ""
            found.append(Label(card.label, day, block.cause, block.next, block.owner))
    blank = -len(found) % LABELS_PER_SHEET or (0 if found else LABELS_PER_SHEET)
    return (*found, *[Label("", "", "", "", "")] * blank)


def tickets(running: tuple[Ticket, ...] = ()) -> tuple[Ticket, ...]:
    """The tickets of running experiments, then blank ones up to a full sheet."""
    blank = -len(running) % TICKETS_PER_SHEET or (0 if running else TICKETS_PER_SHEET)
    return (*running, *[Ticket()] * blank)
