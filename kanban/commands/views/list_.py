"""`kanban list`: cards as a table or as data."""

from __future__ import annotations

import shlex
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling.completed_names import CLASS, COLUMN, OWNER, say_unknown_class, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.conditions import conditions_of, view_option, where_option
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.card_json import card_json
from kanban.commands.output.card_lines import CardRow, card_lines
from kanban.commands.output.console import width_of_output
from kanban.commands.output.styled import Styled, styled
from kanban.i18n import _, ngettext
from kanban.i18n.catalogue import current_language
from kanban.i18n.formats import format_days, format_money, format_percent, format_when
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.cards.people import class_meant
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.paper.plain import safe
from kanban.pull.classes import class_rank
from kanban.pull.nextaction import is_overdue
from kanban.repository.kept.by_content import ByContent
from kanban.repository.kept.index import folders_above

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kanban.commands.base.session import Session
    from kanban.commands.output.card_records import ListDocument
    from kanban.metrics.clock_days import Clocks


VERSION = 1
"""Grows with every change of what a line says, so that none that was kept says it the old way."""


@click.command(
    cls=Verb,
    examples=(
        "kanban list                       open cards, column by column, the urgent first",
        "kanban list --owner Zoé --overdue  what Zoé should have done",
        "kanban list --column offer --json one column, as data",
    ),
)
@click.argument("search", nargs=-1)
@click.option("--all", "everything", is_flag=True, default=False, help="Closed cards too.")
@click.option("--column", "columns", multiple=True, type=COLUMN, help="Only this column (repeatable).")
@click.option("-o", "--owner", default=None, type=OWNER, help="Only this owner's cards.")
@click.option("--class", "service", default=None, type=CLASS, help="Only this class of service.")
@click.option("--tag", default=None, help="Only cards with this tag.")
@click.option("--blocked", is_flag=True, default=False, help="Only blocked cards.")
@click.option("--overdue", is_flag=True, default=False, help="Only cards whose next action is late.")
@click.option("--no-next", is_flag=True, default=False, help="Only cards without a dated next action.")
@where_option
@view_option
@as_of_option
@known_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_of: str | None, known: bool, as_json: bool, **wanted: Any) -> None:
    """List cards: open ones, or all. SEARCH words must all occur in a card's id, title, account or contact.

    `kanban find` looks into notes and every field too.
    """
    session = open_session(context, as_of, known=known)
    board = board_of(session)
    say_unknown_owner(board, wanted["owner"])
    say_unknown_class(board, wanted["service"])
    asked = conditions_of(board, wanted["where"], wanted["view"], session.today)
    among = board.cards if wanted["everything"] or wanted["columns"] else board.open_cards
    fitting = (card for card in among if _fits(board, card, session.today, wanted))
    cards = [card for card in fitting if all(fits(card) for fits in asked)]
    lines = _Lines(session, board)
    cards.sort(key=lines.order)
    clocks = clocks_of(session, cards)
    if as_json:
        rows = [card_json(board, card, clocks.get(card.id)) for card in cards]
        found: ListDocument = {"schema": "kanban-list/1", "as_of": session.today.isoformat(), "cards": rows}
        emit_json(found)
        return
    if not cards:
        click.echo(_("no card fits"))
        if wanted["search"]:
            said = _("`kanban find {words}` looks into notes and closed cards too")
            click.echo("  → " + safe(said.format(words=shlex.join(wanted["search"]))), err=True)
        return
    _print(cards, clocks, lines)
    click.echo(ngettext("{count} card", "{count} cards", len(cards)).format(count=len(cards)))


class _Lines:
    """The lines of cards: where each comes and what its cells say, made or known by the content of its file."""

    def __init__(self, session: Session, board: Board) -> None:
        self._board, self._today = board, session.today
        self._known = _known_lines(session) if board is session.board else None
        self._found: dict[str, tuple[Sequence[int], Sequence[Sequence[Sequence[str]]]]] = {}

    def of(self, card: Card) -> tuple[Sequence[int], Sequence[Sequence[Sequence[str]]]]:
        """The card's place among others, and of each cell but the last its pieces, each a text and its style."""
        if card.path not in self._found:
            kept = card.kept if self._board.is_open(card) else None
            made = partial(_line, self._board, card, self._today)
            self._found[card.path] = self._known.of(kept, made) if self._known is not None else made()
        return self._found[card.path]

    def order(self, card: Card) -> tuple[Sequence[int], str]:
        """Where the card comes."""
        place = self.of(card)[0]
        return list(place), card.id

    def keep(self) -> None:
        """Keep what was made."""
        if self._known is not None:
            self._known.keep(card.kept for card in self._board.open_cards)


def _known_lines(session: Session) -> ByContent | None:
    """The lines of the board's cards that were made today; None where nothing is kept."""
    folders = folders_above(session.root) if session.settings.cached else None
    settings = session.board.files[BOARD_FILE].data
    if folders is None or not folders.ours or settings is None:
        return None
    told = str(session.root), settings, session.today.isoformat(), current_language()
    return ByContent(folders.common_dir, "list", str(VERSION), *told)


def _place(board: Board, card: Card, today: date) -> list[int]:
    """Column by column; inside, by class of service, then by the day of the next action (none is the most urgent)."""
    when = card.next_action_date
    day = when.day.toordinal() if when is not None else 0
    return [board.config.position(card.column), class_rank(board, card, today), day]


def _fits(board: Board, card: Card, today: date, wanted: dict[str, Any]) -> bool:
    """Whether the card passes every filter that was given."""
    columns = [board.column_named(name).key for name in wanted["columns"]]
    if not (wanted["everything"] or board.is_open(card) or card.column in columns):
        return False  # a closed card that nobody asks for is not read
    words = [plain(word) for word in wanted["search"]]
    text = plain(f"{card.id} {card.title} {card.account} {card.contact}") if words else ""
    owner = wanted["owner"]
    service = wanted["service"] and class_meant(wanted["service"], board.config)
    return (
        (not columns or card.column in columns)
        and all(word in text for word in words)
        and (owner is None or plain(card.owner) == plain(owner))
        and (service is None or board.config.class_of(card.service_class).key == service)
        and (wanted["tag"] is None or wanted["tag"] in card.tags)
        and (not wanted["blocked"] or card.block is not None)
        and (not wanted["overdue"] or is_overdue(card, today))
        and (not wanted["no_next"] or not card.has_dated_next_action)
    )


def _print(cards: list[Card], clocks: Mapping[str, Clocks], lines: _Lines) -> None:
    """The cards as a table; into a pipe or a file every cell goes whole, for `grep` and the like."""
    headings = [_("Card"), _("Column"), _("On"), _("Next action"), _("Amount"), "%", _("Owner"), _("Idle")]
    idle = cache(format_days)  # a thousand cards are idle for as many days as a hundred
    rows = [_row(lines.of(card)[1], clocks.get(card.id), idle) for card in cards]
    lines.keep()
    click.echo("\n".join([line.said for line in card_lines(headings, rows, width_of_output())]))


def _row(cells: Sequence[Sequence[Sequence[str]]], clocks: Clocks | None, idle_said: Callable[[int], str]) -> CardRow:
    idle = idle_said(clocks.idle_days) if clocks and clocks.idle_days is not None else ""
    told = [Styled(tuple([(text, style) for text, style in cell])) for cell in cells]
    return CardRow((*told, styled(idle)))


def _line(board: Board, card: Card, today: date) -> tuple[Sequence[int], Sequence[Sequence[Sequence[str]]]]:
    """The card's place, and its cells but the last, which is no matter of its file alone."""
    name = styled(safe(card.id), "bold")
    service = board.config.class_of(card.service_class)
    if service.effective_kind != "standard":
        name += styled(f" {service.name or service.key}", "dim")
    if card.block is not None:
        name += styled(" " + _("BLOCKED"), "bold red")
    if card.problems:
        text = _("PROBLEM line {line}") if card.readable else _("UNREADABLE line {line}")
        name += styled(" " + text.format(line=card.problems[0].line), "bold red")
    when = card.next_action_date
    late = is_overdue(card, today)
    due = format_when(when) if when else _("none")
    style = "red" if late or when is None else "bold" if when.day == today else ""
    if not board.is_open(card):
        due, style = (format_when(when) if when else ""), ""
    elif late:
        due = _("{day} late").format(day=due)
    figures = (
        format_money(card.amount, short=True) if card.amount else "",
        format_percent(card.probability) if card.probability is not None else "",
        safe(card.owner),
    )
    action = styled(safe(card.next_action).replace("\n", " "))
    cells = (name, styled(board.column_of(card).title), styled(due, style), action, *map(styled, figures))
    return _place(board, card, today), [cell.pieces for cell in cells]
