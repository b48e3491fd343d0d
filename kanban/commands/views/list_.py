"""`kanban list`: cards as a table or as data."""

from __future__ import annotations

import shlex
from datetime import date
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
from kanban.commands.output.styled import styled
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_money, format_percent, format_when
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.cards.people import class_meant
from kanban.paper.plain import safe
from kanban.pull.classes import class_rank
from kanban.pull.nextaction import is_overdue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanban.commands.output.card_lines import CardRow
    from kanban.commands.output.card_records import ListDocument
    from kanban.metrics.clock_days import Clocks


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
    fitting = (card for card in board.cards if _fits(board, card, session.today, wanted))
    cards = [card for card in fitting if all(fits(card) for fits in asked)]
    cards.sort(key=lambda card: _order(board, card, session.today))
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
    _print(board, cards, clocks, session.today)
    click.echo(ngettext("{count} card", "{count} cards", len(cards)).format(count=len(cards)))


def _order(board: Board, card: Card, today: date) -> tuple[int, int, date, str]:
    """Column by column; inside, by class of service, then by the day of the next action (none is the most urgent)."""
    when = card.next_action_date
    day = when.day if when is not None else date.min
    return board.config.position(card.column), class_rank(board, card, today), day, card.id


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


def _print(board: Board, cards: list[Card], clocks: Mapping[str, Clocks], today: date) -> None:
    """The cards as a table; into a pipe or a file every cell goes whole, for `grep` and the like."""
    headings = [_("Card"), _("Column"), _("On"), _("Next action"), _("Amount"), "%", _("Owner"), _("Idle")]
    rows = [_row(board, card, clocks.get(card.id), today) for card in cards]
    click.echo("\n".join([line.said for line in card_lines(headings, rows, width_of_output())]))


def _row(board: Board, card: Card, clocks: Clocks | None, today: date) -> CardRow:
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
        format_days(clocks.idle_days) if clocks and clocks.idle_days is not None else "",
    )
    action = styled(safe(card.next_action).replace("\n", " "))
    return CardRow((name, styled(board.column_of(card).title), styled(due, style), action, *map(styled, figures)))
