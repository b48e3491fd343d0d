"""What needs a look, as counts in the order in which it is to be met, and the sentence of the pull stop."""

from dataclasses import dataclass
from datetime import date

from kanban.i18n import ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.condition import Condition
from kanban.pull import nextaction, wip
from kanban.render.addresses import anchor_of, slug
from kanban.render.views.wall.states import LATE, NONE, TODAY, due_state, is_hidden


@dataclass(frozen=True, slots=True)
class Signal:
    """One count that needs a look; `state` is what the filter shows when it is chosen, "" when it only leads there."""

    count: int
    label: str
    css: str
    href: str
    state: str


def signals(board: Board, as_of: date, only: Condition | None = None) -> tuple[Signal, ...]:
    """Broken, blocked, late, without a date, limits reached, due today; on a calm board one quiet line.

    Of a view `only` its cards are counted, and no limits: those are the whole board's.
    """
    cards = [card for card in board.open_cards if card.readable and (only is None or only(card))]
    states = {card.path: due_state(card, as_of) for card in cards}
    late = [card for card in cards if states[card.path] == LATE]
    none = [card for card in cards if states[card.path] == NONE]
    today = [card for card in cards if states[card.path] == TODAY]
    blocked = [card for card in cards if card.block]
    broken = [card for card in board.cards if not card.readable and only is None]
    found = (
        _signal(board, broken, "unreadable", "red", ngettext("unreadable", "unreadable", len(broken))),
        _signal(board, blocked, "blocked", "red", ngettext("blocked", "blocked", len(blocked))),
        _signal(board, late, LATE, "red", ngettext("late", "late", len(late))),
        _signal(board, none, NONE, "red", ngettext("without a dated action", "without a dated action", len(none))),
        *(_limits(board) if only is None else ()),
        _signal(board, today, TODAY, "ink", ngettext("due today", "due today", len(today))),
    )
    shown = tuple(signal for signal in found if signal is not None)
    return shown or (Signal(len(cards), _calm(cards), "calm", "", ""),)


def _calm(cards: list[Card]) -> str:
    """What is said where there is nothing to say; of dates only where they may be seen."""
    if any(is_hidden(card, "next_action_date") for card in cards):
        return ngettext("open card", "open cards", len(cards))
    return ngettext("open card, nothing late", "open cards, nothing late", len(cards))


def _signal(board: Board, cards: list[Card], state: str, css: str, label: str) -> Signal | None:
    return Signal(len(cards), label, css, f"#{anchor_of(board, cards[0])}", state) if cards else None


def _limits(board: Board) -> list[Signal]:
    """Columns over their limit (red), then those at it (amber)."""
    lights = {column.key: wip.column_light(board, column) for column in board.config.open_columns}
    found = []
    for light in ("red", "amber"):
        columns = [key for key, one in lights.items() if one == light]
        label = ngettext("limit reached", "limits reached", len(columns))
        if light == "red":
            label = ngettext("limit exceeded", "limits exceeded", len(columns))
        if columns:
            found.append(Signal(len(columns), label, light, f"#column-{slug(columns[0])}", ""))
    return found


def stop_sentence(board: Board) -> str:
    """Why nothing may be pulled now, and the way out; "" while pulling is free, or where it may not be seen."""
    cards = nextaction.missing(board)
    if not nextaction.stops_pulling(board) or any(is_hidden(card, "next_action_date") for card in cards):
        return ""
    text = ngettext(
        "Pulling is stopped: {count} open card has no dated next action ({names}).",
        "Pulling is stopped: {count} open cards have no dated next action ({names}).",
        len(cards),
    )
    names = ", ".join(card.label for card in cards[:4]) + (", …" if len(cards) > 4 else "")
    return text.format(count=len(cards), names=names)
