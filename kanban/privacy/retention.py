"""How long people stay on a board: who they are, when they were last in contact, whose time is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.links import PEOPLE, names_nobody
from kanban.model.history.events import History
from kanban.privacy.words import folded


@dataclass(frozen=True, slots=True)
class Known:
    """A person of a customer, their cards, and the day of the last thing done there; None for one without a card."""

    name: str
    cards: tuple[str, ...]
    last_contact: date | None


def people_of(board: Board, history: History) -> tuple[Known, ...]:
    """Everybody who is a card's contact or has a file, by name. Two spellings of a name are one person."""
    names: dict[str, str] = {}
    cards: dict[str, list[Card]] = {}
    directory = board.directory
    for name, deals in [(one.name, directory.deals_of(one)) for one in directory.of_kind(PEOPLE)]:
        names.setdefault(_spelt(name), name)
        cards.setdefault(_spelt(name), []).extend(deals)
    for card in board.cards:
        known = {word for one in directory.people_of(card) for word in folded(one.name).split()}
        if (
            card.contact
            and not names_nobody(card.contact)
            and known.isdisjoint(word for word in folded(card.contact).split() if len(word) > 2)
        ):
            names.setdefault(_spelt(card.contact), card.contact)
            cards.setdefault(_spelt(card.contact), []).append(card)
    return tuple(_known(names[name], found, history) for name, found in sorted(cards.items()))


def _spelt(name: str) -> str:
    return " ".join(folded(name).split())


def _known(name: str, cards: list[Card], history: History) -> Known:
    days = [event.at.date() for card in cards for event in history.of(card.id)[-1:]]
    return Known(name, tuple(dict.fromkeys(card.id for card in cards)), max(days, default=None))


def over_since(person: Known, months: int) -> date | None:
    """The day from which the person's data is to be erased: so many months after the last contact."""
    return _later(person.last_contact, months) if person.last_contact is not None else None


def due(board: Board, history: History, today: date) -> Iterator[tuple[Known, date]]:
    """Whose time is over on the day, and since when, the longest over first. A card in play keeps its people."""
    found = []
    for person in people_of(board, history):
        since = over_since(person, board.config.policies.retention_months)
        in_play = any(board.is_open(card) for card in board.cards if card.id in person.cards)
        if since is not None and since <= today and not in_play:
            found.append((person, since))
    yield from sorted(found, key=lambda item: item[1])


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)
