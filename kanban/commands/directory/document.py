"""A company or a person as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypedDict

from kanban.model.cards.board import Board
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import ACCOUNTS
from kanban.model.cards.directory.standing import notes_of, standing_of
from kanban.model.typed.read import write_amount
from kanban.schemas.fields import Amount, Day, Filled, one_of


class DealNoteRecord(TypedDict):
    """A dated note of one of the deals."""

    day: Day
    card: Filled
    lines: list[str]


class EntryRecord(TypedDict):
    """A company or a person, with its deals."""

    id: Annotated[Filled, "its file's name without .md"]
    path: Annotated[Filled, "its file, relative to the board"]
    name: str
    also: Annotated[list[str], "other names that cards may have for it"]
    account: Annotated[str | None, "of a person: id of the company's file, else the name as typed"]
    emails: list[str]
    phones: list[str]
    domains: list[str]
    role: str | None
    decision_maker: bool
    people: Annotated[list[Filled], "of a company: ids of its people"]
    open: Annotated[list[Filled], "ids of the open deals"]
    won: list[Filled]
    closed: Annotated[list[Filled], "ids of all closed deals, the won ones too"]
    open_amounts: Annotated[dict[str, Amount], "sums of the open deals by currency"]
    won_amounts: dict[str, Amount]
    next_card: Annotated[str | None, "the deal whose next action comes first"]
    next_action: str | None
    next_action_date: str | None


class DirectoryDocument(TypedDict):
    """All companies, or all people, of a board."""

    schema: Literal["kanban-directory/1"]
    kind: Annotated[str, one_of("accounts", "people")]
    as_of: Day
    entries: list[EntryRecord]


class EntryDocument(EntryRecord):
    """One company or person, with what was noted on its deals."""

    schema: Literal["kanban-directory-entry/1"]
    kind: Annotated[str, one_of("accounts", "people")]
    as_of: Day
    fields: dict[str, str | list[str]]
    body: str
    notes: list[DealNoteRecord]


def entry_record(board: Board, entry: Entry) -> EntryRecord:
    """One of them as it stands."""
    found, directory = standing_of(board, entry), board.directory
    company = directory.company_of(entry) if entry.account else None
    after = found.next
    when = after.next_action_date if after is not None else None
    return {
        "id": entry.id,
        "path": entry.path,
        "name": entry.name,
        "also": list(entry.also),
        "account": company.id if company is not None else entry.account or None,
        "emails": list(entry.emails),
        "phones": list(entry.phones),
        "domains": list(entry.domains),
        "role": entry.role or None,
        "decision_maker": entry.decides,
        "people": [one.id for one in directory.staff_of(entry)] if entry.kind == ACCOUNTS else [],
        "open": [card.id for card in found.open],
        "won": [card.id for card in found.won],
        "closed": [card.id for card in found.closed],
        "open_amounts": _amounts(found.worth),
        "won_amounts": _amounts(found.won_worth),
        "next_card": after.id if after is not None else None,
        "next_action": (after.next_action or None) if after is not None else None,
        "next_action_date": when.isoformat() if when is not None else None,
    }


def entry_document(board: Board, entry: Entry, as_of: str) -> EntryDocument:
    """One of them with its text and the notes of its deals."""
    document = entry.document
    fields = {one.key: list(one.texts) if one.is_list else one.text for one in document.fields} if document else {}
    notes: list[DealNoteRecord] = [
        {"day": one.day.isoformat(), "card": one.card.id, "lines": list(one.lines)}
        for one in notes_of(board.directory.deals_of(entry))
    ]
    return {
        "schema": "kanban-directory-entry/1",
        "kind": entry.kind,
        "as_of": as_of,
        **entry_record(board, entry),
        "fields": fields,
        "body": document.body if document is not None else "",
        "notes": notes,
    }


def _amounts(worth: dict[str, Decimal]) -> dict[str, str]:
    return {code: write_amount(amount) for code, amount in sorted(worth.items())}
