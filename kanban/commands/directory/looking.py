"""`list` and `show`, the same for companies and for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.directory.document import DirectoryDocument, entry_document, entry_record
from kanban.commands.output.blocks import plain_table
from kanban.commands.output.console import console
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_money, format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import LABELS, Entry
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE
from kanban.model.cards.directory.standing import notes_of, standing_of
from kanban.model.cards.fields import label_of
from kanban.model.typed.values import Money
from kanban.paper.plain import safe


def list_verb(kind: str, examples: tuple[str, ...], text: str) -> click.Command:
    """`kanban account list` or `kanban person list`."""

    @click.pass_context
    def run(context: click.Context, /, as_of: str | None, as_json: bool) -> None:
        session = open_session(context, as_of)
        board = board_of(session)
        found = board.directory.of_kind(kind)
        if as_json:
            document: DirectoryDocument = {
                "schema": "kanban-directory/1",
                "kind": kind,
                "as_of": session.today.isoformat(),
                "entries": [entry_record(board, one) for one in found],
            }
            emit_json(document)
        elif not found:
            verb = "account" if kind == ACCOUNTS else "person"
            click.echo(_("{folder}/ holds nobody yet").format(folder=kind) + f'  → `kanban {verb} new "…"`')
        else:
            _print_list(board, found)

    return click.command("list", cls=Verb, examples=examples, help=text)(as_of_option(json_option(run)))


def show_verb(kind: str, name: click.ParamType[str], examples: tuple[str, ...], text: str) -> click.Command:
    """`kanban account show` or `kanban person show`."""

    @click.pass_context
    def run(context: click.Context, /, name: str, as_of: str | None, as_json: bool) -> None:
        session = open_session(context, as_of)
        board = board_of(session)
        entry = board.directory.named(kind, name)
        if as_json:
            emit_json(entry_document(board, entry, session.today.isoformat()))
        else:
            for line in _shown(board, entry):
                click.echo(line)

    shaped = click.argument("name", metavar="NAME", type=name)(as_of_option(json_option(run)))
    return click.command("show", cls=Verb, examples=examples, help=text)(shaped)


def _print_list(board: Board, found: tuple[Entry, ...]) -> None:
    company = (_("Account"), "left") if found[0].kind == PEOPLE else (_("People"), "right")
    table = plain_table(
        (_("Name"), "left"),
        company,
        (_("Open"), "right"),
        (_("Amount"), "right"),
        (_("Won"), "right"),
        (_("Next action"), "left"),
    )
    for one in found:
        standing = standing_of(board, one)
        second = _company(board, one) if one.kind == PEOPLE else str(len(board.directory.staff_of(one)))
        after = standing.next
        table.add_row(
            safe(one.name),
            safe(second),
            str(len(standing.open)),
            money_said(standing.worth),
            str(len(standing.won)),
            safe(_next_of(after)) if after is not None else "–",
        )
    console().print(table)


def _company(board: Board, person: Entry) -> str:
    found = board.directory.company_of(person)
    return found.name if found is not None else person.account


def money_said(worth: Mapping[str, Decimal]) -> str:
    """Sums by currency, the largest first."""
    ranked = sorted(worth.items(), key=lambda item: (-item[1], item[0]))
    return " + ".join(format_money(Money(amount, code)) for code, amount in ranked)


def _next_of(card: Card) -> str:
    when = format_when(card.next_action_date, "weekday") if card.next_action_date is not None else ""
    return f"{when}{_(': ')}{card.next_action or '…'} ({card.id})"


def _shown(board: Board, entry: Entry) -> Iterator[str]:
    directory, standing = board.directory, standing_of(board, entry)
    yield click.style(safe(entry.name), bold=True)
    yield click.style(safe(entry.path), dim=True)
    fields = [
        (_(LABELS[one.key]) if one.key in LABELS else label_of(one.key, board.config), one.text)
        for one in (entry.document.fields if entry.document else ())
        if one.text and one.key != "name"
    ]
    width = max((len(label) for label, _value in fields), default=0)
    yield from (f"  {safe(label):<{width}}  {safe(value)}" for label, value in fields)
    people = directory.staff_of(entry)
    if people:
        yield ""
        yield click.style(_("People"), bold=True)
        yield from (
            safe(f"  {one.name}{f', {one.role}' if one.role else ''}  {' '.join(one.emails)}".rstrip())
            for one in people
        )
    yield ""
    worth = money_said(standing.worth)
    count = ngettext("{count} open deal", "{count} open deals", len(standing.open)).format(count=len(standing.open))
    yield click.style(f"{count}{f', {worth}' if worth else ''}", bold=True)
    for card in standing.open:
        told = _next_of(card) if card.next_action_date is not None else card.next_action or _("no next action")
        yield safe(f"  {card.id}  {board.column_of(card).title}  {told}")
    for card in standing.closed:
        yield click.style(safe(f"  {card.id}  {board.column_of(card).title}"), dim=True)
    said = notes_of(directory.deals_of(entry))
    if said:
        yield ""
        yield click.style(_("Notes"), bold=True)
        for note in said:
            yield safe(f"  {format_date(note.day, 'medium')}  {note.card.id}: {' · '.join(note.lines)}")
    if entry.document is not None and entry.document.body.strip():
        yield "\n" + safe(entry.document.body.strip().replace("\r\n", "\n"))
