"""Views: conditions that the board keeps under a name (`views:` in board.yml), each a page and a tab of the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.i18n.formats import format_number
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.condition import Condition, condition_typed
from kanban.render.addresses import person_keys, view_page


@dataclass(frozen=True, slots=True)
class ViewTab:
    """One tab above the wall: all cards, or a view with how many open cards it shows."""

    name: str
    href: str
    count: str
    current: bool


def readable_views(board: Board, as_of: date) -> dict[str, str]:
    """The names of the views whose conditions can be understood, and the addresses of their pages."""
    unread = {name for name, _problem in _unread(board, as_of)}
    keys = person_keys(board.config.views)
    return {name: view_page(keys[name]) for name in board.config.views if name not in unread}


def unread_views(board: Board, as_of: date) -> Iterator[str]:
    """What of the views cannot be understood, so that they have no tab."""
    for name, problem in _unread(board, as_of):
        yield _("View “{name}”: {problem}").format(name=name, problem=problem)


def _unread(board: Board, as_of: date) -> Iterator[tuple[str, str]]:
    for name in board.config.views:
        try:
            conditions_of_view(board, name, as_of)
        except KanbanError as problem:
            yield name, problem.message


def conditions_of_view(board: Board, name: str, as_of: date) -> Condition:
    """The test that the view's conditions stand for. Raises KanbanError for what cannot be understood."""
    conditions = [condition_typed(text, board, as_of) for text in board.config.views[name]]

    def fits(card: Card) -> bool:
        return all(condition(card) for condition in conditions)

    return fits


def view_tabs(board: Board, current: str, as_of: date) -> tuple[ViewTab, ...]:
    """All cards first, then each view; none at all where the board keeps no view."""
    cards = board.open_cards
    tabs = [
        ViewTab(name, address, format_number(sum(map(conditions_of_view(board, name, as_of), cards))), name == current)
        for name, address in readable_views(board, as_of).items()
    ]
    return (ViewTab(_("All cards"), "index.html", format_number(len(cards)), not current), *tabs) if tabs else ()
