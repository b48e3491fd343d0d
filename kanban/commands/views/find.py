"""`kanban find`: words looked for everywhere, notes and closed cards too."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

import click
from rich.text import Text

from kanban.commands.base.calling.completed_names import COLUMN
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.console import console, width_of_output
from kanban.commands.output.styled import shorten
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board, plain
from kanban.model.cards.search import FoundCard, find
from kanban.paper.plain import safe

LINES = 3
"""Lines shown of one card: those in which the words weigh most."""


class LineRecord(TypedDict):
    """One line of the card's file."""

    line: Annotated[int, "1-based"]
    text: str


class FoundRecord(TypedDict):
    """A card in which every word stands."""

    card: str
    column: str
    path: Annotated[str, "relative to the board"]
    title: str
    rank: Annotated[int, "the higher the better the words fit"]
    lines: list[LineRecord]


class FindDocument(TypedDict):
    """The cards in which every word stands, the best first."""

    schema: Literal["kanban-find/1"]
    words: list[str]
    cards: list[FoundRecord]
    files: Annotated[list[str], "of companies and people in which every word stands, relative to the board"]


@click.command(
    cls=Verb,
    examples=(
        "kanban find quandrix budget       every card, open or closed, that speaks of both",
        "kanban find martin --open         open cards only",
        "kanban find rgpd --column perdu   one column, also the archived cards",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--open", "only_open", is_flag=True, default=False, help="Only open cards.")
@click.option("--column", "columns", multiple=True, type=COLUMN, help="Only this column (repeatable).")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many cards are shown.")
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    words: tuple[str, ...],
    only_open: bool,
    columns: tuple[str, ...],
    most: int,
    as_of: str | None,
    known: bool,
    as_json: bool,
) -> int:
    """Find WORDS in names, fields and notes of all cards, closed and archived ones too, the best first; in the files of
    companies and people as well.

    All words must stand in a card, case and accents aside; a part of a word is enough. Ends with exit code 1 when
    nothing is found.
    """
    session = open_session(context, as_of, known=known)
    board = board_of(session)
    keys = {board.column_named(name).key for name in columns}
    cards = [
        card for card in board.cards if (not keys or card.column in keys) and (not only_open or board.is_open(card))
    ]
    typed = [word for text in words for word in text.split()]
    found = find(cards, board, typed)
    entries = () if only_open or columns else board.directory.entries
    files = [one for one in entries if all(plain(word) in plain(one.text) for word in typed)]
    if as_json:
        paths = [one.path for one in files]
        emit_json(FindDocument(schema="kanban-find/1", words=typed, cards=list(map(_record, found)), files=paths))
    elif not found and not files:
        click.echo(_("nothing is found"))
    else:
        for one in files:
            deals = len(board.directory.deals_of(one))
            count = ngettext("{count} deal", "{count} deals", deals).format(count=deals)
            click.echo(f"{click.style(safe(one.path), bold=True)}  {safe(one.name)}  {count}")
        _print(board, found, typed, most)
    return 0 if found or files else FINDINGS


def _record(one: FoundCard) -> FoundRecord:
    card = one.card
    lines: list[LineRecord] = [{"line": line.number, "text": line.text} for line in one.lines]
    return {
        "card": card.id,
        "column": card.column,
        "path": card.path,
        "title": card.title,
        "rank": one.rank,
        "lines": lines,
    }


def _print(board: Board, found: list[FoundCard], words: list[str], most: int) -> None:
    """Each card with its best lines, `path:line` first as `grep -n` has it."""
    screen, width = console(), width_of_output()
    for one in found[:most]:
        card = one.card
        head = Text(safe(card.id), style="bold")
        head.append(f"  {board.column_of(card).title}", style="dim")
        head.append(f"  {safe(card.label)}")
        screen.print(head, no_wrap=True, overflow="ignore", crop=False)
        best = sorted(one.lines, key=lambda line: -line.weight)[:LINES]
        for line in sorted(best, key=lambda line: line.number):
            place = f"  {safe(card.path)}:{line.number}: "
            said = safe(line.text)
            text = Text(place, style="dim")
            text.append(_marked(shorten(said, width - len(place)) if width else said, words))
            screen.print(text, no_wrap=True, overflow="ignore", crop=False)
    left = len(found) - most
    said = ngettext("{count} card", "{count} cards", len(found)).format(count=len(found))
    click.echo(said + (_(", the first {most} shown: `--most` shows more").format(most=most) if left > 0 else ""))


def _marked(line: str, words: list[str]) -> Text:
    """The line with the words set off, where folding a letter leaves one letter."""
    text, folded = Text(line, style="default not dim"), "".join(plain(one)[:1] or " " for one in line)
    for word in map(plain, words):
        at = folded.find(word)
        while word and at >= 0:
            text.stylize("bold", at, at + len(word))
            at = folded.find(word, at + len(word))
    return text
