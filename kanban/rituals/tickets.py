"""Micro-rules under trial: the tickets in `experiments/`, and those whose two weeks are over (D50)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kanban.model.board import Board
from kanban.model.document import parse_document
from kanban.model.reading import read_card_when

FOLDER = "experiments/"
DAYS = 14


@dataclass(frozen=True, slots=True)
class Ticket:
    """One micro-rule being tried: decided on at `due`."""

    id: str
    path: str
    problem: str
    rule: str
    indicator: str
    start: date
    due: date


def open_tickets(board: Board, today: date) -> tuple[Ticket, ...]:
    """The tickets without a decision that have begun, the one due first at the top."""
    found = []
    for path, file in board.files.items():
        if not path.startswith(FOLDER) or not path.endswith(".md") or file.data is None:
            continue
        document = parse_document(file.data)
        texts = {one.key: one.text.strip() for one in document.fields}
        day = read_card_when(texts.get("start", ""), board.config.language, anchor=today).value
        if day is None or texts.get("decision") or day.day > today:
            continue
        name = path.removeprefix(FOLDER).removesuffix(".md")
        rule = texts.get("rule") or texts.get("title") or name
        indicator = texts.get("indicator", "")
        due = day.day + timedelta(days=DAYS)
        found.append(Ticket(name, path, texts.get("problem", ""), rule, indicator, day.day, due))
    return tuple(sorted(found, key=lambda ticket: (ticket.due, ticket.id)))


def due_tickets(board: Board, today: date) -> tuple[Ticket, ...]:
    """The tickets on which the team must decide: keep, adjust or drop."""
    return tuple(ticket for ticket in open_tickets(board, today) if ticket.due <= today)
