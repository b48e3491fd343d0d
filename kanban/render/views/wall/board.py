"""The board page: signals first, then the columns side by side, then what was won and lost lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kanban.i18n import _, current_language
from kanban.i18n.shapes import currency_sign
from kanban.model.cards.board import Board
from kanban.model.cards.said import unread_settings
from kanban.model.text.plain import in_order
from kanban.render.addresses import owner_calendar
from kanban.render.views.cards.closed_cards import Rail, rail
from kanban.render.views.wall.card_on_board import FaceOf, Owners, face, owners_of
from kanban.render.views.wall.columns import ColumnView, column_view
from kanban.render.views.wall.legend import LegendEntry, legend
from kanban.render.views.wall.saved_views import ViewTab, conditions_of_view, unread_views, view_tabs
from kanban.render.views.wall.signals import Signal, signals, stop_sentence

if TYPE_CHECKING:
    from kanban.metrics.clock_days import Clocks


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Selection:
    """One filter; `key` names what it looks at."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar, a feed or data, to be subscribed to or fetched."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything the board page shows."""

    views: tuple[ViewTab, ...]
    signals: tuple[Signal, ...]
    unread: tuple[str, ...]
    stop: str
    choices: tuple[Selection, ...]
    lanes: tuple[Option, ...]
    found_one: str
    found_many: str
    part: str
    weighted: str
    signs: str
    clear: str
    nothing: str
    unknown: str
    columns: tuple[ColumnView, ...]
    exits: Rail | None
    legend: tuple[LegendEntry, ...]
    keys: str
    subscribe: str
    feeds: tuple[Subscription, ...]


def board_view(
    board: Board,
    clocks: Mapping[str, Clocks],
    ended: Mapping[str, date],
    as_of: date,
    *,
    public: bool = False,
    view: str = "",
    usual: Mapping[str, int] | None = None,
    faces: FaceOf = face,
) -> BoardView:
    """The board on the day `as_of`, or a `view` of it. `ended` is the day on which each closed card reached its exit,

    when known; `usual` are the days within which 85% of the cards left each column, where enough of them have.
    """
    owners, paces = owners_of(board), usual or {}
    only = conditions_of_view(board, view, as_of) if view else None
    return BoardView(
        views=view_tabs(board, view, as_of),
        signals=signals(board, as_of, only),
        unread=(*unread_settings(board), *unread_views(board, as_of)),
        stop=stop_sentence(board),
        choices=_choices(board, owners),
        found_one=_("{count} card shown"),
        found_many=_("{count} cards shown"),
        part=_("{count} of {total}"),
        weighted=_("weighted {amount}"),
        signs=_signs(board),
        clear=_("Show all"),
        nothing=_("No card fits what you look for."),
        unknown=_("No card: “{text}” is not on this board, only {names}."),
        columns=tuple(
            column_view(
                board, column, clocks, as_of, owners, public=public, only=only, usual=paces.get(column.key), faces=faces
            )
            for column in board.config.open_columns
        ),
        lanes=_lanes(board),
        exits=rail(board, ended, as_of, owners) if only is None else None,
        legend=legend(board),
        subscribe=_("Subscribe:"),
        feeds=_feeds(board),
        keys=_("Keys: / to search, arrows to move, Enter to open, Esc to clear."),
    )


def _signs(board: Board) -> str:
    """`EUR=€ USD=$`: how the currencies of the cards are written, for sums over what a filter shows."""
    found = sorted({card.amount.currency for card in board.open_cards if card.amount is not None})
    return " ".join(f"{code}={currency_sign(code, current_language())}" for code in found)


def _feeds(board: Board) -> tuple[Subscription, ...]:
    """The calendar of all, one per owner, the feed of changes, the data."""
    owners = in_order(card.owner for card in board.open_cards if card.owner)
    return (
        Subscription(_("calendar"), "calendar.ics"),
        *(Subscription(_("calendar of {owner}").format(owner=owner), owner_calendar(owner)) for owner in owners),
        Subscription(_("what changed"), "feed.xml"),
        Subscription(_("data"), "board.json"),
    )


def _lanes(board: Board) -> tuple[Option, ...]:
    """By what the wall can be cut into lanes: by what tells its cards apart."""
    cards = board.open_cards
    found = (
        (Option("owner", _("Lanes by owner")), {card.owner for card in cards}),
        (Option("class", _("Lanes by class")), {board.config.class_of(card.service_class).key for card in cards}),
        (Option("source", _("Lanes by source")), {card.source for card in cards}),
    )
    return tuple(option for option, values in found if len(values) > 1)


def _choices(board: Board, people: Owners) -> tuple[Selection, ...]:
    """Filters by owner and by class; a filter with one possible answer is left out."""
    owners = in_order(card.owner for card in board.open_cards if card.owner)
    kinds = {board.config.class_of(card.service_class).effective_kind for card in board.open_cards}
    classes = [one for one in board.config.classes if one.effective_kind in kinds]
    found = (
        Selection("owner", _("All owners"), tuple(Option(people.keys[owner], owner) for owner in owners)),
        Selection("class", _("All classes"), tuple(Option(one.effective_kind, one.name or one.key) for one in classes)),
    )
    return tuple(selection for selection in found if len(selection.options) > 1)
