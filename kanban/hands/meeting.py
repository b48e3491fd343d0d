"""A meeting at the board: daily or weekly, right to left, one item after the other, its decisions as forms."""

from collections.abc import Callable
from dataclasses import dataclass

from kanban.commands.base.session import Session
from kanban.commands.output.page_output import past_of
from kanban.gestures.base.words import parameters_of
from kanban.gestures.table import GESTURES
from kanban.hands.inputs import Input, asked_input, field_input
from kanban.model.cards.board import Board
from kanban.paper.page import Page
from kanban.rituals.daily import build_daily
from kanban.rituals.daily_sheet import daily_sheet
from kanban.rituals.decisions import Decision, Item, daily_items, weekly_items
from kanban.rituals.weekly import build_weekly
from kanban.rituals.weekly_sheet import weekly_sheet


@dataclass(frozen=True, slots=True)
class Answer:
    """One decision: its key, what it says, the gesture with its words, and what it asks."""

    letter: str
    label: str
    gesture: str
    words: dict[str, object]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One item: what it is about, in lines, and the answers it may have. `light` as on the agenda."""

    section: str
    head: str
    card: str
    lines: tuple[str, ...]
    light: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The agenda of one meeting. `minutes` is how long it is meant to take."""

    title: str
    minutes: int
    items: tuple[Spoken, ...]


def _daily(session: Session, board: Board) -> tuple[Page, list[Item], int]:
    history, clocks = past_of(session)
    daily = build_daily(board, history, clocks, session.today)
    sheet = daily_sheet(daily)
    return sheet, daily_items(daily, sheet), 10


def _weekly(session: Session, board: Board) -> tuple[Page, list[Item], int]:
    _history, clocks = past_of(session)
    weekly = build_weekly(board, clocks, session.today)
    sheet = weekly_sheet(weekly)
    return sheet, weekly_items(weekly, sheet), 30


MEETINGS: dict[str, Callable[[Session, Board], tuple[Page, list[Item], int]]] = {"daily": _daily, "weekly": _weekly}
"""The meetings that are held at the board, by name."""


def meeting_of(session: Session, name: str) -> Meeting:
    """The agenda of one of MEETINGS as the board stands now."""
    board = session.board
    sheet, items, minutes = MEETINGS[name](session, board)
    return Meeting(sheet.title, minutes, tuple(_spoken(board, item) for item in items))


def _spoken(board: Board, item: Item) -> Spoken:
    entry = item.entry
    answers = tuple(_answer(board, entry.card, one) for one in item.decisions)
    return Spoken(item.section, entry.head, entry.card, entry.lines, entry.light, answers)


def _answer(board: Board, card: str, decision: Decision) -> Answer:
    if decision.gesture == "set":
        inputs = tuple(field_input(board, board.named(card), key, needed=True) for key in decision.asks)
    else:
        parameters = parameters_of(GESTURES[decision.gesture])
        inputs = tuple(asked_input(board.config, decision.gesture, parameters[name]) for name in decision.asks)
    return Answer(decision.letter, decision.label, decision.gesture, dict(decision.words), inputs)
