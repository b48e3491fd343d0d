"""The board as it is shown now, in pieces: a page that is open is sent those that it lacks, never the whole again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kanban.hands.wall import version_of
from kanban.i18n.formats import format_days
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.render.addresses import address_of, anchor_of, slug
from kanban.render.environment import environment, write_page
from kanban.render.site_input import Material
from kanban.render.views.page import Page
from kanban.render.views.wall.board import BoardView
from kanban.render.views.wall.card_on_board import Face, Owners, face
from kanban.render.views.wall.columns import ColumnView
from kanban.web.texts import texts

if TYPE_CHECKING:
    from kanban.metrics.clock_days import Clocks

Facts = Mapping[str, str]
"""What a hand has to know of a card beside what stands on its face: its id, its version, its column and the like."""
FIRST = 24
"""Cards of each column that a page begins with, more than a tall screen shows; the rest is the first thing it lacks."""
_BEGUN = "+"
"""Behind a version: the page that shows it has only begun."""


class Faces:
    """The faces of cards, and their HTML: made again only of cards that are not what they were."""

    def __init__(self) -> None:
        self._context: tuple[object, ...] = ()
        self._known: dict[str, tuple[Card, Clocks | None, int | None, Face]] = {}
        self._asked: set[str] = set()
        self._written: dict[Face, str] = {}

    def of(
        self, board: Board, card: Card, clocks: Clocks | None, as_of: date, owners: Owners, usual: int | None
    ) -> Face:
        """The same as `face`."""
        context = board.config, as_of, owners, board.duplicates
        if self._context != context:
            self._context, self._known, self._asked = context, {}, set()
        known = self._known.get(card.path)
        if known is None or known[0] is not card or known[1:3] != (clocks, usual):
            known = card, clocks, usual, face(board, card, clocks, as_of, owners, usual)
            self._known[card.path] = known
        self._asked.add(card.path)
        return known[3]

    def written(self, view: BoardView) -> dict[str, str]:
        """Anchor → HTML of every face; what is not on the board any more is forgotten."""
        write, known = _piece("face", "face"), self._written
        shown = [one for column in view.columns for one in column.cards]
        self._written = {one: known.get(one) or write(one) for one in shown}
        self._known = {path: self._known[path] for path in self._asked}
        self._asked = set()
        return {one.anchor: html for one, html in self._written.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What a page knows that shows one state of the board, by anchors: columns, each card's face, and its facts."""

    walls: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    faces: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)

    def sharing(self, earlier: Known) -> Known:
        """The same, holding what it has in common with an earlier one only once: states are many, changes few."""

        def once(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
            return {key: before[key] if before.get(key) == value else value for key, value in now.items()}

        return Known(once(self.walls, earlier.walls), self.faces, once(self.facts, earlier.facts))

    def begun(self) -> Known:
        """What a page knows of it that has only begun."""
        walls = {anchor: {**wall, "cards": wall["cards"][:FIRST]} for anchor, wall in self.walls.items()}
        shown = [card for wall in walls.values() for card in wall["cards"]]
        return Known(walls, {anchor: self.faces[anchor] for anchor in shown})


def known_by(version: str, states: Mapping[str, Known]) -> Known:
    """What a page knows that says it shows this version; nothing where that is forgotten."""
    known = states.get(version.removesuffix(_BEGUN), Known())
    return known.begun() if version.endswith(_BEGUN) else known


@dataclass(frozen=True, slots=True)
class Upper:
    """What the scripts will put above the board, so that its place is kept: templates for new cards, and `share`."""

    templates: tuple[str, ...]
    read_only: bool
    share: str


@dataclass(frozen=True)
class Showing:
    """The board in one state. `write` gives every face in HTML, by its anchor; a page that begins needs the first."""

    version: str
    material: Material
    view: BoardView
    page: Page
    write: Callable[[BoardView], Mapping[str, str]]

    @cached_property
    def known(self) -> Known:
        """What a page knows that shows this: every open card, and those closed ones that stand beside them."""
        exits, faces = self.view.exits, self.write(self.view)
        shown = {*faces, *(line.anchor for group in (exits.groups if exits else ()) for line in group.cards)}
        board = self.material.board
        cards = ((anchor_of(board, card), card) for card in board.cards)
        facts = {anchor: self._facts(anchor, card) for anchor, card in cards if anchor in shown}
        return Known({one.anchor: _wall(one) for one in self.view.columns}, faces, facts)

    def _facts(self, anchor: str, card: Card) -> Facts:
        board, clocks = self.material.board, self.material.clocks.get(card.id)
        return {
            "id": card.id,
            "anchor": anchor,
            "href": address_of(board, card),
            "version": version_of(card),
            "column": card.column,
            "label": card.label,
            "source": card.source,
            "idle": format_days(clocks.idle_days) if clocks is not None else "",
        }

    def columns(self) -> list[dict[str, Any]]:
        """Every column as a hand knows it: open ones from left to right, then exits."""
        config = self.material.board.config
        return [
            {"key": one.key, "anchor": f"column-{slug(one.key)}", "title": one.title, "open": one.is_open}
            for one in (*config.open_columns, *config.exits())
        ]

    def begun(self, upper: Upper, *, known: bool = True) -> bytes:
        """The page with the first cards of each column; its scripts ask for the rest, a screen does not wait for it.

        One that is not `known` to show this asks for all that it may lack.
        """
        columns = tuple(replace(one, cards=one.cards[:FIRST]) for one in self.view.columns)
        part = any(len(one.cards) > FIRST for one in self.view.columns)
        showing = (self.version + _BEGUN if part else self.version) if known else ""
        board = replace(self.view, columns=columns)
        return write_page(
            "hands.html.jinja", page=self.page, board=board, monday=None, showing=showing, upper=upper, texts=texts()
        )

    def lacking(self, had: Known) -> dict[str, Any]:
        """What a page lacks: the few pieces that say something of the whole board, and of the cards those that differ.

        Where it knew no facts, `cards` are all of them (`whole`).
        """
        view, now = self.view, self.known
        pieces = {name: _piece(name)(view) for name in ("signals", "stops", "legend")}
        return {
            "stamp": _piece("stamp")(self.page),
            **pieces,
            "exits": _piece("exits")(view.exits) if view.exits else "",
            "order": list(now.walls),
            "walls": [wall for anchor, wall in now.walls.items() if had.walls.get(anchor) != wall],
            "faces": {anchor: html for anchor, html in now.faces.items() if had.faces.get(anchor) != html},
            "whole": not had.facts,
            "cards": [facts for anchor, facts in now.facts.items() if had.facts.get(anchor) != facts],
            "gone": [anchor for anchor in had.facts if anchor not in now.facts],
        }


def _wall(column: ColumnView) -> dict[str, Any]:
    """One column: its head, its cards in their order, and what stands there when it has none."""
    return {
        "anchor": column.anchor,
        "css": column.css,
        "head": _piece("head")(column),
        "empty": "" if column.cards else _piece("empty")(column),
        "cards": [face.anchor for face in column.cards],
    }


def _piece(name: str, template: str = "pieces") -> Callable[..., str]:
    """One of the templates' pieces, as a function that gives its HTML."""
    written: Callable[..., str] = getattr(environment().get_template(f"{template}.html.jinja").module, name)
    return lambda *shown: str(written(*shown))
