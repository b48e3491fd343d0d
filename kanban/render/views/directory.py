"""A company's page, or that of a person at a customer's: its deals, what happens next, what was noted, its own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_money, format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import LABELS, Entry
from kanban.model.cards.directory.links import ACCOUNTS
from kanban.model.cards.directory.standing import notes_of, standing_of
from kanban.model.cards.fields import label_of
from kanban.model.typed.values import Money
from kanban.pull import nextaction
from kanban.render.addresses import address_of, entry_page
from kanban.render.markdown import LinkFinder, plain_link, to_html
from kanban.render.typography import typeset
from kanban.render.views.cards.fieldlist import FieldLine
from kanban.render.views.monday import Deal
from kanban.render.views.wall.columns import money_sum


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One of them in the list."""

    name: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A dated note of one of the deals."""

    day: str
    iso: str
    label: str
    href: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """Everything the page shows."""

    name: str
    lead: str
    list_title: str
    deals: tuple[Deal, ...]
    closed: tuple[Deal, ...]
    people: tuple[EntryLine, ...]
    fields: tuple[FieldLine, ...]
    notes: tuple[NoteLine, ...]
    text: Markup


def title_of(kind: str) -> str:
    """What the list is called."""
    return _("Companies") if kind == ACCOUNTS else _("Contacts")


def entry_lines(board: Board, entries: Sequence[Entry]) -> tuple[EntryLine, ...]:
    """Them by name, with what is open."""
    ordered = sorted(entries, key=lambda one: (one.name.casefold(), one.id))
    return tuple(EntryLine(one.name, entry_page(one), _lead(board, one)) for one in ordered)


def entry_view(board: Board, entry: Entry, as_of: date, find_link: LinkFinder) -> EntryView:
    """The page as it stands on the day."""
    directory, standing = board.directory, standing_of(board, entry)
    body = entry.document.body if entry.document is not None else ""
    return EntryView(
        name=entry.name,
        lead=_lead(board, entry),
        list_title=title_of(entry.kind),
        deals=tuple(_deal(board, card, as_of) for card in standing.open),
        closed=tuple(_closed(board, card) for card in standing.closed),
        people=tuple(EntryLine(one.name, entry_page(one), one.role) for one in directory.staff_of(entry)),
        fields=tuple(_fields(board, entry)),
        notes=tuple(
            NoteLine(
                format_date(note.day, "medium"),
                note.day.isoformat(),
                _called(note.card),
                address_of(board, note.card),
                tuple(typeset(line) for line in note.lines),
            )
            for note in notes_of(directory.deals_of(entry))
        ),
        text=to_html(body, find_link=find_link, first_level=2) if body.strip() else Markup(""),
    )


def _lead(board: Board, entry: Entry) -> str:
    standing = standing_of(board, entry)
    worth = money_sum(Money(amount, code) for code, amount in standing.worth.items())
    won = money_sum(Money(amount, code) for code, amount in standing.won_worth.items())
    count = ngettext("{count} open deal", "{count} open deals", len(standing.open)).format(count=len(standing.open))
    held = _("{count} won").format(count=len(standing.won)) if standing.won else ""
    return " · ".join(
        filter(None, (f"{count}, {worth}" if worth else count, f"{held}, {won}" if held and won else held))
    )


def _called(card: Card) -> str:
    """A deal among those of one customer: by its title, or its file's name where that is the customer's."""
    return card.id if card.title in ("", card.account) else card.title


def _deal(board: Board, card: Card, as_of: date) -> Deal:
    when = format_when(card.next_action_date, "weekday") if card.next_action_date is not None else ""
    amount = format_money(card.amount) if card.amount is not None else ""
    facts = " · ".join(filter(None, (board.column_of(card).title, amount, card.owner)))
    after = f"{when}{_(': ')}{card.next_action}" if when else card.next_action or _("no next action")
    red = card.block is not None or nextaction.is_overdue(card, as_of)
    return Deal(_called(card), address_of(board, card), typeset(after), facts, "red" if red else "")


def _closed(board: Board, card: Card) -> Deal:
    amount = format_money(card.amount) if card.amount is not None else ""
    facts = " · ".join(
        filter(None, (board.column_of(card).title, amount, _(card.lost_reason) if card.lost_reason else ""))
    )
    return Deal(_called(card), address_of(board, card), "", facts, "")


def _fields(board: Board, entry: Entry) -> Iterator[FieldLine]:
    for one in entry.document.fields if entry.document is not None else ():
        if one.key in ("name", "lint_ignore") or not one.texts:
            continue
        values: tuple[str | Markup, ...] = tuple(one.texts)
        if one.key == "email":
            values = tuple(plain_link(f"mailto:{text}", text) for text in one.texts)
        elif one.key == "account" and (company := board.directory.company_of(entry)) is not None:
            values = (Markup('<a href="../{}">{}</a>').format(entry_page(company), company.name),)
        elif one.key == "phone":
            numbers = (("".join(sign for sign in text if sign.isdigit() or sign == "+"), text) for text in one.texts)
            values = tuple(plain_link(f"tel:{number}", text) for number, text in numbers)
        yield FieldLine(_(LABELS[one.key]) if one.key in LABELS else label_of(one.key, board.config), values)
