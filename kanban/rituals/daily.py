"""The daily, ten minutes at the board (D19): blocks, then finishing before starting, then what may be pulled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kanban.experiments.ticket import Ticket, due_experiments
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Block, Card
from kanban.model.cards.working_days import working_day_before
from kanban.model.history.events import Event, History
from kanban.model.settings.columns import Column
from kanban.model.text.plain import in_order
from kanban.pull.cadence import is_to_be_purged
from kanban.pull.meetings import is_held
from kanban.pull.nextaction import days_late, is_due, missing, stops_pulling
from kanban.pull.ranking import Task, pullable, tasks
from kanban.pull.wip import places


@dataclass(frozen=True, slots=True)
class Blocked:
    """One blocked card; `days` since it was blocked, None when no day is written; `who` unblocks it, "" for nobody."""

    card: Card
    column: Column
    block: Block
    days: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Held:
    """A card in the meeting column whose day is over by `days`: was the meeting held, what came of it?"""

    task: Task
    days: int

    @property
    def card(self) -> Card:
        """The card whose meeting it is."""
        return self.task.card

    @property
    def column(self) -> Column:
        """Where it stands."""
        return self.task.column


@dataclass(frozen=True, slots=True)
class Room:
    """What may be pulled into one column: places left (None: no limit), and the cards ready for it, best first."""

    column: Column
    source: Column
    places: int | None
    ready: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one card since the last working day: its last event, and how many there were."""

    event: Event
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """One owner's part of the daily, as ids. "" is nobody."""

    owner: str
    blocked: tuple[str, ...]
    held: tuple[str, ...]
    due: tuple[str, ...]


@dataclass(frozen=True)
class Daily:
    """The agenda of the day. `since` is the last working day; `unplanned` are the cards that stop pulling (D06)."""

    board: Board
    as_of: date
    since: date
    owner: str
    blocks: tuple[Blocked, ...]
    held: tuple[Held, ...]
    due: tuple[Task, ...]
    attention: tuple[Task, ...]
    pulling_stopped: bool
    unplanned: tuple[Card, ...]
    rooms: tuple[Room, ...]
    changes: tuple[Change, ...] | None
    tickets: tuple[Ticket, ...]
    shares: tuple[Share, ...]


def build_daily(
    board: Board, history: History | None, clocks: Mapping[str, Clocks], today: date, *, owner: str = ""
) -> Daily:
    """The daily of `today`; with `owner` only that person's cards and the blocks that person takes away.

    Without a history (None) nothing is said about changes; without clocks ages do not speak.
    """
    idle = {card: found.idle_days for card, found in clocks.items()}
    standing = {card: found.column_days for card, found in clocks.items()}
    every = tasks(board, today, idle_days=idle, column_days=standing)
    blocks = tuple(one for one in _blocks(board, today) if _concerns(one.card, owner, one.who))
    mine = [task for task in every if task.card.block is None and _concerns(task.card, owner)]
    held = tuple(Held(task, days_late(task.card, today)) for task in mine if is_held(board, task.card, today))
    due = tuple(task for task in mine if is_due(task.card, today) and not is_held(board, task.card, today))
    rest = [task for task in mine if not is_due(task.card, today)]
    since = working_day_before(board.config.calendar, today)
    return Daily(
        board=board,
        as_of=today,
        since=since,
        owner=owner,
        blocks=blocks,
        held=held,
        due=due,
        attention=tuple(task for task in rest if not _waits_for_the_weekly(board, task, idle)),
        pulling_stopped=stops_pulling(board) and board.config.policies.pull_stop == "block",
        unplanned=missing(board),
        rooms=tuple(_rooms(board, today, standing, idle, owner)),
        changes=None if history is None else _changes(board, history, since, today, owner),
        tickets=due_experiments(board.files, today, language=board.config.language),
        shares=_shares(blocks, held, due),
    )


def _concerns(card: Card, owner: str, other: str = "") -> bool:
    return not owner or plain(owner) in (plain(card.owner), plain(other))


def _blocks(board: Board, today: date) -> list[Blocked]:
    found = (
        Blocked(card, board.column_of(card), block, block.days(today), block.owner or card.owner)
        for card in board.open_cards
        if (block := card.block) is not None
    )
    return sorted(found, key=lambda one: (-(one.days if one.days is not None else 10_000), one.card.id))


def _waits_for_the_weekly(board: Board, task: Task, idle: Mapping[str, int]) -> bool:
    """Whether silence is the only reason: what lay too long is parked at the weekly, not in ten minutes."""
    silent = is_to_be_purged(board.config, task.column, idle.get(task.card.id))
    return silent and len(task.why) == 1 and task.card.has_dated_next_action


def _rooms(board: Board, today: date, standing: Mapping[str, int], idle: Mapping[str, int], owner: str) -> list[Room]:
    columns = board.config.open_columns
    found = []
    for source, column in reversed(list(pairwise(columns))):
        ready, _lacking = pullable(board, column, today, column_days=standing, idle_days=idle)
        cards = tuple(verdict.card for verdict in ready if _concerns(verdict.card, owner))
        found.append(Room(column, source, places(board, column), cards))
    return found


def _changes(board: Board, history: History, since: date, today: date, owner: str) -> tuple[Change, ...]:
    """One per card, moves before edits, the latest first."""
    recent: dict[str, list[Event]] = {}
    for event in history.events:
        if since <= event.at.date() <= today:
            recent.setdefault(event.card, []).append(event)
    found = []
    for card_id, events in recent.items():
        card = board.find(card_id)
        if owner and (card is None or not _concerns(card, owner)):
            continue
        telling = next((event for event in reversed(events) if event.places), events[-1])
        found.append(Change(telling, card.label if card else card_id, len(events)))
    return tuple(sorted(found, key=lambda one: (not one.event.places, -one.event.order)))


def _shares(blocks: tuple[Blocked, ...], held: tuple[Held, ...], due: tuple[Task, ...]) -> tuple[Share, ...]:
    owners = {one.who for one in blocks} | {one.card.owner for one in held} | {one.card.owner for one in due}
    return tuple(
        Share(
            name,
            tuple(one.card.id for one in blocks if one.who == name),
            tuple(one.card.id for one in held if one.card.owner == name),
            tuple(one.card.id for one in due if one.card.owner == name),
        )
        for name in in_order(owners)
    )
