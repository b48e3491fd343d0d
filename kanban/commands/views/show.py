"""`kanban show`: one card with its fields, what it lacks for the next column, its notes and its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.known import told_once
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.output.card_json import card_json
from kanban.commands.output.console import hanging
from kanban.errors import NotARepository
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_size
from kanban.model.cards.board import Board
from kanban.model.cards.card import Block, Card
from kanban.model.cards.fields import label_of
from kanban.model.cards.links.links import unlinked
from kanban.model.cards.said import value_said
from kanban.paper.plain import one_line, safe
from kanban.pull.moves import judge, next_column

if TYPE_CHECKING:
    from kanban.commands.output.card_records import ShowDocument
    from kanban.model.history.events import Event, EventRecord


_OTHERS = 5
"""Other deals of a company that are named beside a card."""


@click.command(
    cls=Verb,
    examples=(
        "kanban show acme-sso",
        "kanban show acme      a unique beginning, or part of the title or account, is enough",
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@as_of_option
@known_option
@json_option
@click.pass_context
def command(context: click.Context, /, card: str, as_of: str | None, known: bool, as_json: bool) -> None:
    """Show one card: fields, what is lacking for the next column, notes, history."""
    session = open_session(context, as_of, known=known)
    found = board_of(session).named(card)
    if as_json:
        emit_json(_document(session, found))
        return
    _print(session, found)


def _events(session: Session, card: Card) -> list[Event]:
    """The card's past; empty outside a repository, and in a shallow clone, at whose edge every card seems to begin."""
    from kanban.commands.base.ledger import past_of

    try:
        past = past_of(session)
        history = session.history(needed=False) if past is None else past.history
    except NotARepository:
        return []
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so it is left out"), err=True)
        return []
    return [event for event in history.told if event.card == card.id]


def _records(session: Session, card: Card) -> list[EventRecord]:
    """The card's past as data."""
    from kanban.commands.base.edits import edits_told
    from kanban.commands.views.log import event_record

    events = _events(session, card)
    edits = edits_told(session, events)
    return [event_record(event, edits.get(event.order)) for event in events]


def _lines(session: Session, card: Card) -> list[list[str]]:
    """The card's past as lines, each with who did it."""
    from kanban.commands.base.edits import edits_told
    from kanban.commands.views.log import describe, mark

    events = _events(session, card)
    edits = edits_told(session, events)
    told = [(event, describe(session, event, edits.get(event.order)) + mark(event)) for event in events]
    lines = [(format_date(event.at.date(), "medium"), what, safe(event.author)) for event, what in told]
    same = [(line, sum(1 for _one in group)) for line, group in groupby(lines)]
    return [[day, f"{what} ({count} ×)" if count > 1 else what, author] for (day, what, author), count in same]


def _document(session: Session, card: Card) -> ShowDocument:
    board = board_of(session)
    target = next_column(board, card)
    verdict = judge(board, card, target, today=session.today) if target else None
    return {
        "schema": "kanban-show/1",
        "as_of": session.today.isoformat(),
        **card_json(board, card, clocks_of(session).get(card.id)),
        "fields": {key: value if isinstance(value, str) else list(value) for key, value in card.written.items()},
        "body": card.body,
        "account_file": company.path if (company := board.directory.account_of(card)) is not None else None,
        "people_files": [one.path for one in board.directory.people_of(card)],
        "attachments": [one.path for one in board.attachments.get(card.id, ())],
        "next_column": target.key if target else None,
        "lacking": [{"rule": reason.rule, "message": reason.message, "cure": reason.cure} for reason in verdict.reasons]
        if verdict
        else [],
        "history": told_once(session, lambda: _records(session, card), "records", card.id),
    }


def _print(session: Session, card: Card) -> None:
    board = board_of(session)
    click.echo(click.style(safe(card.label), bold=True) + (f"  {safe(card.title)}" if card.title != card.label else ""))
    click.echo(click.style(safe(f"{board.column_of(card).title} · {card.path}"), dim=True))
    for line in _known(board, card):
        click.echo(click.style(safe(line), dim=True))
    if card.block is not None and board.is_open(card):
        click.echo(click.style(safe(_block_label(card.block, session.today)), fg="red", bold=True))
    for problem in card.problems:
        where = f"{problem.path}:{problem.line}"
        click.echo(
            click.style(safe(f"{where}: {problem.message}"), fg="red")
            + (f" → {safe(problem.cure)}" if problem.cure else "")
        )
    click.echo()
    fields = _fields(session, card)
    width = max((len(label) for label, _value in fields), default=0)
    for label, value in fields:
        click.echo(hanging(one_line(value), f"  {label:<{width}}  ", " " * (width + 4)))
    _print_lacking(session, card)
    if card.body.strip():
        click.echo("\n" + safe(card.body.strip().replace("\r\n", "\n")))
    kept = unlinked(board, card)
    if kept:
        click.echo("\n" + click.style(_("Files"), bold=True))
    for one in kept:
        click.echo(f"  {safe(one.path)}  {click.style(format_size(one.size), dim=True)}")
    history = told_once(session, lambda: _lines(session, card), "dated lines", card.id)
    if history:
        click.echo("\n" + click.style(_("History"), bold=True))
        for day, what, author in history:
            name = author.replace(" ", "\u00a0")  # on one line
            said = hanging(f"{what}  {name}", f"  {day}  ", " " * (len(day) + 4)).removesuffix(name)
            click.echo(said + click.style(author, dim=True))


def _known(board: Board, card: Card) -> Iterator[str]:
    """The files of its company and people, and with which other deals each is."""
    company = board.directory.account_of(card)
    for one in (*([company] if company is not None else []), *board.directory.people_of(card)):
        others = [other.id for other in board.directory.deals_of(one) if other.id != card.id]
        rest = len(others) - _OTHERS
        more = ngettext("{count} more", "{count} more", rest).format(count=rest) if rest > 0 else ""
        told = ", ".join([*others[:_OTHERS], *([more] if more else [])])
        yield f"{one.name} · {one.path}" + (f" · {_('also with')} {told}" if told else "")


def _block_label(block: Block, today: date) -> str:
    """The red label in one line: since when, why, what next, who (D16)."""
    days = block.days(today)
    since = "" if days is None else " " + ngettext("for {days} day", "for {days} days", days).format(days=days)
    label = _("blocked{since}: {cause}").format(since=since, cause=block.cause or "?")
    todo = _("today: {who} – {what}").format(
        who=block.owner or _("nobody yet"), what=block.next or _("nothing written")
    )
    return f"{label}  · {todo}"


def _fields(session: Session, card: Card) -> list[tuple[str, str]]:
    """Label and value of every field, in file order; typed values in the reader's form."""
    return [
        (
            safe(label_of(key, session.config)),
            value_said(card, key, session.config),
        )
        for key in card.written
        if card.has(key)
    ]


def _print_lacking(session: Session, card: Card) -> None:
    target = next_column(board_of(session), card)
    if target is None:
        return
    verdict = judge(board_of(session), card, target, today=session.today)
    click.echo()
    if not verdict.refusals:
        click.echo(click.style(_("ready for {column}").format(column=target.title), fg="green"))
        return
    click.echo(_("lacking for {column}:").format(column=target.title))
    for reason in verdict.refusals:
        click.echo(hanging(safe(f"{reason.message}  → {reason.cure}"), "  - ", " " * 6))
