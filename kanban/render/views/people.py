"""One person's page: what is due of theirs, their columns with sums, their numbers with how many they are of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_clauses, format_days, format_percent, format_when
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card
from kanban.model.typed.values import Money
from kanban.pull import nextaction
from kanban.pull.ranking import Task, tasks
from kanban.render.addresses import address_of, owner_calendar, person_page
from kanban.render.typography import typeset
from kanban.render.views.monday import Deal
from kanban.render.views.wall.card_on_board import Face, Owners, face, facts_of
from kanban.render.views.wall.columns import money_sum, weighted_sum
from kanban.render.views.wall.states import reading_order

if TYPE_CHECKING:
    from kanban.metrics.by_owner_source_class import Cut
    from kanban.metrics.clock_days import Clocks


@dataclass(frozen=True, slots=True)
class Number:
    """One of a person's numbers: its name, its value, and what it rests on."""

    label: str
    value: str
    rests: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One column of theirs."""

    name: str
    anchor: str
    count: str
    sums: str
    cards: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the page shows."""

    name: str
    role: str
    lead: str
    calendar: str
    wall: str
    day: tuple[Deal, ...]
    ahead: tuple[Deal, ...]
    columns: tuple[Stand, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list of them, which is by name: this is no ranking."""

    name: str
    href: str
    open: str
    due: str


def people_lines(board: Board, people: Sequence[str], keys: Mapping[str, str], as_of: date) -> tuple[PersonLine, ...]:
    """The people by name, with how many cards they have and how many of them want something today."""
    found = []
    for name in people:
        cards = [card for card in board.open_cards if card.owner == name]
        due = sum(nextaction.is_due(card, as_of) for card in cards)
        found.append(
            PersonLine(
                name,
                person_page(keys[name]),
                ngettext("{count} open card", "{count} open cards", len(cards)).format(count=len(cards)),
                ngettext("{count} due", "{count} due", due).format(count=due) if due else "",
            )
        )
    return tuple(found)


def person_view(
    board: Board,
    name: str,
    owners: Owners,
    clocks: Mapping[str, Clocks],
    as_of: date,
    numbers: Sequence[Number],
    usual: Mapping[str, int] | None = None,
) -> Person:
    """The page of one person; `usual` are the days within which 85% of the cards left each column."""
    mine = [card for card in board.open_cards if card.owner == name]
    declared = next((one for one in board.config.owners if plain(one.name) == plain(name)), None)
    due, ahead = _day(board, name, clocks, as_of)
    count = ngettext("{count} open card", "{count} open cards", len(mine)).format(count=len(mine))
    return Person(
        name=name,
        role=declared.role if declared is not None else "",
        lead=" · ".join(part for part in (count, money_sum(c.amount for c in mine if c.amount is not None)) if part),
        calendar=owner_calendar(name),
        wall=f"index.html#owner={owners.keys[name]}",
        day=tuple(due),
        ahead=tuple(ahead),
        columns=tuple(_stands(board, mine, owners, clocks, as_of, usual or {})),
        numbers=tuple(numbers),
    )


def _day(board: Board, name: str, clocks: Mapping[str, Clocks], as_of: date) -> tuple[list[Deal], list[Deal]]:
    """What wants something today: their cards, and blocks they take away; then the dated actions to come."""
    idle = {card: found.idle_days for card, found in clocks.items()}
    standing = {card: found.column_days for card, found in clocks.items()}
    every = tasks(board, as_of, idle_days=idle, column_days=standing)
    due = [_task(board, task, as_of) for task in every if _concerns(task.card, name)]
    dated = [c for c in board.open_cards if c.owner == name and c.next_action_date and c.next_action_date.day > as_of]
    dated.sort(key=lambda card: card.next_action_date.sort_key() if card.next_action_date else (date.max,))
    return due, [_planned(board, card) for card in dated]


def _concerns(card: Card, name: str) -> bool:
    block = card.block
    return plain(name) in (plain(card.owner), plain(block.owner) if block is not None else "")


def _task(board: Board, task: Task, as_of: date) -> Deal:
    red = task.card.block is not None or nextaction.is_overdue(task.card, as_of)
    facts = " · ".join(part for part in (task.column.title, facts_of(task.card)) if part)
    href = address_of(board, task.card)
    return Deal(task.card.label, href, typeset(format_clauses(task.why)), facts, "red" if red else "")


def _planned(board: Board, card: Card) -> Deal:
    when = format_when(card.next_action_date, "weekday") if card.next_action_date else ""
    return Deal(card.label, address_of(board, card), typeset(card.next_action), when, "")


def _stands(
    board: Board,
    mine: list[Card],
    owners: Owners,
    clocks: Mapping[str, Clocks],
    as_of: date,
    usual: Mapping[str, int],
) -> list[Stand]:
    found = []
    for column in board.config.open_columns:
        cards = sorted(
            (card for card in mine if card.column == column.key), key=lambda card: reading_order(board, card, as_of)
        )
        if not cards:
            continue
        weighted = weighted_sum(board, cards)
        sums = (
            money_sum(card.amount for card in cards if card.amount is not None),
            _("weighted {amount}").format(amount=weighted) if weighted else "",
        )
        days = usual.get(column.key)
        faces = tuple(face(board, card, clocks.get(card.id), as_of, owners, days) for card in cards)
        stand = Stand(column.title, f"stand-{column.key}", str(len(cards)), " · ".join(filter(None, sums)), faces)
        found.append(stand)
    return found


def numbers_of(cut: Cut) -> tuple[Number, ...]:
    """Won, share won of decided, days to win: each with the number of deals it rests on."""
    decided = cut.won + cut.lost
    rate = cut.win_rate.rate if cut.win_rate is not None else None
    time = cut.cycle_time
    of = ngettext("of {count} decided deal", "of {count} decided deals", decided).format(count=decided)
    if rate is None and decided:
        of = _("{won} of {count}, too few for a share").format(won=cut.won, count=decided)
    return (
        Number(_("Won"), str(cut.won), money_sum(Money(amount, code) for code, amount in cut.won_amounts.items())),
        Number(_("Won, of decided"), NO_NUMBER if rate is None else format_percent(rate, digits=0), of),
        Number(
            _("From start to win"),
            NO_NUMBER if time.p50 is None else f"{time.p50} / {format_days(time.p85 or 0)}",
            _("p50 / p85, n = {n}").format(n=time.n),
        ),
    )


def kept(cuts: Sequence[Cut]) -> str:
    """Everybody's numbers as text to be kept."""
    return json.dumps({cut.key: [(one.label, one.value, one.rests) for one in numbers_of(cut)] for cut in cuts})


def read(text: str) -> dict[str, tuple[Number, ...]]:
    """Name → numbers, from what was kept."""
    return {name: tuple(Number(*one) for one in numbers) for name, numbers in json.loads(text).items()}
