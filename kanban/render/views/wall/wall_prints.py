"""What hangs on the wall: the poster, the columns' banners, block labels, micro-rule tickets (D47–D50)."""

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.banner import done_of, rules_of
from kanban.render.views.wall.card_on_board import Face, Owners, block_label, face, owners_of
from kanban.render.views.wall.columns import count_title
from kanban.render.views.wall.legend import LegendEntry, class_rule
from kanban.render.views.wall.states import reading_order

PAPERS = {"a3": 46.0, "a4": 43.0}
"""Paper → how many lines of a card's text the columns of a poster are high, without the rules at their foot."""

_NAME, _NEXT, _CAUSE, _RULES = 16, 26, 22, 34
"""How many letters a line has: of a card's name, of its next action, of its block label, and of the rules at the foot
of a column."""

_MOST_BLOCK_LINES, _MOST_LINES, _NAME_LINE, _FRAME, _FOOT_LINE = 4, 2, 1.15, 2.0, 0.85
"""A block label is cut there, a name and a next action there; how high a line of a name is, a card's line of figures
with its frame and margin, and a line of the rules."""

_DATE = 7
"""Letters of the date before a next action."""

LABELS_PER_SHEET, TICKETS_PER_SHEET = 21, 4


@dataclass(frozen=True, slots=True)
class PosterColumn:
    """One column of the poster."""

    name: str
    count: str
    wip: str
    css: str
    cards: tuple[Face, ...]
    more: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """The board on one sheet."""

    title: str
    period: str
    css: str
    columns: tuple[PosterColumn, ...]
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
    """The board for one sheet of paper, with its cards or empty for sticky notes."""
    monday = as_of - timedelta(days=as_of.weekday())
    period = _("from {first} to {last}").format(
        first=format_date(monday, "long"), last=format_date(monday + timedelta(days=6), "long")
    )
    blank = _("from ……………… to ………………")
    exits = [column for column in board.config.exits() if column.kind != "parked"]
    columns = (*board.config.open_columns, *exits)
    owners = owners_of(board)
    return Poster(
        title=board.config.title or _("Board"),
        period=period if filled else blank,
        css=f"{paper} {'filled' if filled else 'blank'}",
        columns=tuple(_poster_column(board, column, as_of, PAPERS[paper], filled, owners) for column in columns),
        rules=(
            _("pull while the column is under its WIP limit"),
            _("finish before you start"),
            _("every card has a dated next action"),
        ),
        legend=tuple(
            LegendEntry(one.effective_kind, one.name or one.key, class_rule(one)) for one in board.config.classes
        ),
    )


def _poster_column(
    board: Board, column: Column, as_of: date, room: float, filled: bool, owners: Owners
) -> PosterColumn:
    """Exits stay empty on paper: what is won is celebrated by hand."""
    cards: list[Card] = []
    if filled and column.is_open:
        cards = sorted(board.in_column(column.key), key=lambda card: reading_order(board, card, as_of))
    enter, leave = tuple(requirement.text for requirement in column.dor), tuple(done_of(column))
    shown = _fitting(cards, room - _FOOT_LINE * sum(_lines(" · ".join(texts), _RULES) for texts in (enter, leave)))
    left = len(cards) - len(shown)
    return PosterColumn(
        name=column.title,
        count=str(len(cards)) if filled and column.is_open else "",
        wip=str(column.wip) if column.wip is not None else "∞" if column.is_open else "",
        css=column.kind,
        cards=tuple(face(board, card, None, as_of, owners) for card in shown),
        more=ngettext("and {count} more", "and {count} more", left).format(count=left) if left else "",
        enter=enter,
        leave=leave,
    )


def _lines(text: str, letters: int) -> int:
    """About how many lines the text takes."""
    return len(wrap(text, letters))


def _height(card: Card) -> float:
    """About how many lines a card on the poster is high."""
    name, action = _lines(card.label, _NAME), _lines("." * _DATE + card.next_action, _NEXT)
    found = _FRAME + _NAME_LINE * min(_MOST_LINES, name) + min(_MOST_LINES, action)
    label = block_label(card)
    return found + (min(_MOST_BLOCK_LINES, _lines(f"{label.since} {label.text}", _CAUSE)) if label else 0)


def _fitting(cards: list[Card], room: float) -> list[Card]:
    """As many of the first cards as the sheet has room for, and for a word on the rest."""
    room -= 0 if sum(map(_height, cards)) <= room else 1.5
    shown: list[Card] = []
    for card in cards:
        room -= _height(card)
        if room < 0:
            break
        shown.append(card)
    return shown


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
