"""The board drawn for a terminal: as many columns side by side as fit, the rest below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from kanban.commands.output.console import AMBER
from kanban.commands.output.styled import shorten
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money, format_percent, format_when
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.cards.said import unread_settings
from kanban.model.cards.slug import slug
from kanban.model.settings.columns import Column
from kanban.paper.plain import safe
from kanban.pull import wip
from kanban.pull.cadence import age_light
from kanban.pull.classes import class_rank
from kanban.pull.nextaction import is_overdue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanban.metrics.clock_days import Clocks

MIN_WIDTH = 18
GAP = 2
ROOMY = 30
"""From this width on the class of service stands on the line of the figures."""
_LIGHTS = {"red": "bold red", "amber": AMBER, "green": "", "none": ""}


def wall(
    board: Board,
    clocks: Mapping[str, Clocks],
    today: date,
    width: int,
    *,
    owner: str | None = None,
    everything: bool = False,
) -> Iterator[RenderableType]:
    """The lines of the wall, at most `width` cells wide."""
    title = board.config.title or _("Board")
    heading = Text(safe(title), style="bold")
    heading.append(f"  {format_date(today, 'full')}", style="dim")
    yield heading
    columns = board.config.columns if everything else board.config.open_columns
    fit = max(1, min(len(columns), (width + GAP) // (MIN_WIDTH + GAP)))
    rows = -(-len(columns) // fit)
    fit = -(-len(columns) // rows)
    cell = (width + GAP) // fit - GAP
    for start in range(0, len(columns), fit):
        yield _row(board, columns[start : start + fit], clocks, today, cell, owner)
    if not everything:
        yield _exits(board)
    yield from _alarms(board, today)


def _row(
    board: Board, columns: tuple[Column, ...], clocks: Mapping[str, Clocks], today: date, width: int, owner: str | None
) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=False)
    for _column in columns:
        table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    table.add_row(*(_heading(board, column, width) for column in columns))
    cells = []
    for column in columns:
        cards = [card for card in board.in_column(column.key) if owner is None or plain(card.owner) == plain(owner)]
        cards.sort(key=lambda card: _urgency(board, card, today))
        drawn = [_card(board, card, clocks.get(card.id), column, today, width) for card in cards]
        cells.append(Group(*drawn) if drawn else Text(_("empty"), style="dim"))
    table.add_row(*cells)
    return table


def _urgency(board: Board, card: Card, today: date) -> tuple[int, ...]:
    """Blocked, broken and late first, then by date: what the eye should meet."""
    when = card.next_action_date
    trouble = card.block is not None or bool(card.problems) or not card.readable
    rank = class_rank(board, card, today)
    day = when.day.toordinal() if when else 0
    return (0 if trouble else 1, 0 if is_overdue(card, today) else 1, rank, day)


def _heading(board: Board, column: Column, width: int) -> Group:
    count = len(board.in_column(column.key))
    light = wip.column_light(board, column)
    figure = f"{count}" if column.wip is None else f"{count}/{column.wip}"
    figure += {"red": " " + _("OVER"), "amber": " " + _("FULL")}.get(light, "")
    name = Text(shorten(column.title, max(4, width - len(figure) - 1)), style="bold")
    return Group(Text.assemble(name, " ", (figure, _LIGHTS[light] or "bold")), Rule(style="dim", characters="─"))


def _card(board: Board, card: Card, clocks: Clocks | None, column: Column, today: date, width: int) -> Text:
    lines = [_name(card, width)]
    if not card.readable:
        line = card.problems[0].line if card.problems else 1
        lines.append(Text(shorten(_("unreadable: line {line}").format(line=line), width), style="bold red"))
        return Text("\n").join([*lines, Text("")])
    if card.problems:
        first = card.problems[0]
        text = _("line {line}: {problem}").format(line=first.line, problem=first.message)
        lines.append(Text(shorten(text, width), style="red"))
    if card.block is not None:
        lines.append(Text(shorten(_blocked(card), width), style="bold red"))
    if column.is_open:
        lines.append(_next(card, today, width))
    lines.append(_money(board, card, clocks, column, width))
    return Text("\n").join([*lines, Text("")])


def _name(card: Card, width: int) -> Text:
    """The id, which every verb takes; with the customer where the id does not say who it is and there is room."""
    label = safe(card.label)
    if slug(label) != card.id and cell_len(f"{card.id} {label}") <= width:
        return Text.assemble((card.id, "bold"), " ", (label, "dim"))
    return Text(shorten(card.id, width), style="bold")


def _blocked(card: Card) -> str:
    block = card.block
    since = format_date(block.since, "short") if block and block.since else "?"
    cause = block.cause if block else ""
    return _("BLOCKED {since}: {cause}").format(since=since, cause=cause)


def _next(card: Card, today: date, width: int) -> Text:
    when = card.next_action_date
    if when is None:
        return Text(shorten(_("no dated next action"), width), style="red")
    shown = format_when(when, "short")
    late = is_overdue(card, today)
    style = "red" if late else "bold" if when.day == today else ""
    if late:
        shown = _("late {day}").format(day=shown)
    return Text.assemble((shown, style), " ", shorten(card.next_action, max(0, width - len(shown) - 1)))


def _money(board: Board, card: Card, clocks: Clocks | None, column: Column, width: int) -> Text:
    service = board.config.class_of(card.service_class)
    parts = [service.name or service.key] if service.effective_kind != "standard" and column.is_open else []
    lead = Text(shorten(parts.pop(), width) + "\n", style="dim") if parts and width < ROOMY else Text("")
    amount = format_money(card.amount, short=True) if card.amount is not None else ""
    chance = format_percent(card.probability) if card.probability is not None and column.is_open else ""
    days = _days(clocks, column)
    room = width - (len(days.plain) + 1 if days else 0)
    # The owner is what a team looks for: the chance goes first where there is no room for all.
    full, short = ([*parts, *filter(None, said)] for said in ((amount, chance, card.owner), (amount, card.owner)))
    text = " · ".join(full)
    text = text if cell_len(text) <= room else " · ".join(short)
    return Text.assemble(lead, Text(shorten(text, room), style="dim"), " " if days and text else "", days)


def _days(clocks: Clocks | None, column: Column) -> Text:
    """Days in the column, with its light as colour and sign."""
    if clocks is None or not column.is_open:
        return Text("")
    light = age_light(column, clocks.column_days)
    word = {"red": " !", "amber": " ~"}.get(light, "")
    return Text(f"{format_days(clocks.column_days)}{word}", style=_LIGHTS[light] or "dim")


def _exits(board: Board) -> Text:
    counts = (f"{column.title} {len(board.in_column(column.key))}" for column in board.config.exits())
    return Text(" · ".join(counts), style="dim")


def _alarms(board: Board, today: date) -> Iterator[Text]:
    """What is wrong, in words, under the wall, for black-and-white terminals and hurried readers."""
    for line in unread_settings(board):
        yield Text(safe(line), style="red")
    late = [card for card in board.open_cards if is_overdue(card, today)]
    none = [card for card in board.open_cards if not card.has_dated_next_action]
    blocked = [card for card in board.open_cards if card.block is not None]
    broken = [card for card in board.cards if card.problems]
    undated = ngettext(
        "{count} card has no dated next action: {ids}", "{count} cards have no dated next action: {ids}", len(none)
    )
    for cards, text in (
        (blocked, ngettext("{count} card is blocked: {ids}", "{count} cards are blocked: {ids}", len(blocked))),
        (late, ngettext("{count} next action is late: {ids}", "{count} next actions are late: {ids}", len(late))),
        (none, undated),
    ):
        if cards:
            ids = safe(", ".join(card.id for card in cards))
            yield Text(text.format(count=len(cards), ids=ids), style="red")
    for card in broken:
        for problem in card.problems[:1]:
            yield Text(safe(f"{card.path}:{problem.line}: {problem.message} → {problem.cure}"), style="red")
