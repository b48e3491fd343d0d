"""The ledger that a verb's numbers are read from: history, past versions of cards, and the limits once in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from kanban.commands.base.known import is_still_so, known_clocks
from kanban.commands.base.session import Session
from kanban.errors import NotARepository
from kanban.i18n import _
from kanban.metrics.base.clocks import Versions, clocks, told_by
from kanban.metrics.base.ledger import blobs_wanted, ledger_told, story_of
from kanban.metrics.base.limits import limit_history
from kanban.metrics.base.track import track_of
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.board import Board
from kanban.model.history.versions import cards_by_blob
from kanban.repository.git.failures import contents_missing
from kanban.repository.read.configs import board_folders, past_configs
from kanban.repository.read.past_files import files_on, last_change
from kanban.repository.read.versions import Silent, read_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanban.metrics.base.ledger import Ledger, Present
    from kanban.metrics.clock_days import Clocks
    from kanban.model.cards.card import Card
    from kanban.model.history.events import History
    from kanban.model.history.history import Settings
    from kanban.model.settings.board_yml import BoardConfig


def ledger_of(session: Session, *, as_of: date | None = None, known: bool = False, whole: bool = False) -> Ledger:
    """The ledger at the end of `as_of` (default: the session's day).

    Cards are those git knows, each in its last version on or before the day: what is not committed is in no number.
    With `known`, only what had reached this repository by then. With `whole`, every version of every card is read, for
    what people said before. Raises ShallowHistory in a shallow clone. A partial
    clone serves where it has every card's version of the day; what only past versions say is left out.
    """
    day = as_of or session.today
    session.begin_history()
    configs = configs_of(session)  # asked for while the past is read
    history = session.history()
    repository, config, cached = session.repository, session.config, session.settings.cached
    present = present_at(session, history.head)
    story = story_of(history, track_of(config), day, known=known, present=present)
    needed, glanced = blobs_wanted(story)
    if whole:
        needed, glanced = glanced | needed, {}
    absent = _absent(session, day, needed, glanced)
    needed = {blob: on for blob, on in needed.items() if blob not in absent}
    glanced = {blob: on for blob, on in glanced.items() if blob not in absent}
    read = _read_before(session, day, needed)
    silent = Silent(repository) if cached else None
    versions = read_versions(repository, config, needed, glanced, silent=silent, read=read)
    if silent is not None:
        silent.keep(glanced)
    limits = limit_history(config, configs)
    return ledger_told(story, Board(config, ()), versions=versions, limits=limits)


def _absent(session: Session, day: date, needed: Mapping[str, date], glanced: Mapping[str, date]) -> frozenset[str]:
    """The versions that a partial clone lacks, and says so; KanbanError when one of them is a card's as of the day."""
    absent = session.repository.lacking({*needed, *glanced})
    if any(needed.get(blob) == day for blob in absent):
        raise contents_missing()
    if absent:
        said = _("note: this is a partial clone, so pushed dates, past blocks, limits and owners are left out")
        click.echo(f"{said}\n  → {contents_missing().cure}", err=True)
    return absent


def _read_before(session: Session, day: date, needed: Mapping[str, date]) -> dict[str, Card]:
    """The needed versions that the board in the folder has read already, near the same day, by blob id."""
    board = session.__dict__.get("board")
    if board is None or day != session.today or board.config != session.config:
        return {}
    length = len(next(iter(needed), ""))
    return {blob: card for blob, card in cards_by_blob(board.cards, length).items() if needed.get(blob) == day}


def present_at(session: Session, head: str | None) -> Present:
    """Where each card's file is in the history's head; a card that stands in two places is left out."""
    layout = layout_of(session.config)
    found: dict[str, tuple[str, str]] = {}
    twice: set[str] = set()
    for entry in session.repository.ls_tree(head, session.prefix) if head else ():
        place = layout.place(entry.path) if entry.mode.startswith("100") else None
        if place is not None:
            twice |= {place[1]} & found.keys()
            found[place[1]] = (entry.path, entry.blob)
    return {card: file for card, file in found.items() if card not in twice}


def board_then(session: Session) -> Board:
    """The board as it stood on the session's day: the folder's, unless something happened to it since."""
    past = past_of(session)
    return session.board if past is None else _stood(session, past)


def past_of(session: Session) -> Ledger | None:
    """The ledger of the session's day if it is over: something happened to the board since; else None."""
    if session.looks_back:
        session.board  # noqa: B018 - the folder is read once: the history takes the former names of cards from the board
    if is_still_so(session):
        return None
    try:
        head = session.history(needed=False).head
    except NotARepository:
        return None
    key = (head, session.today, session.known)
    if head is None:
        return None
    if key not in session.ledgers and session.today >= _last_change(session):
        known = None if session.known else known_clocks(session)
        if known is not None:
            known.learn({}, change=session.today)
        return None
    if key not in session.ledgers:
        session.ledgers[key] = ledger_of(session, known=session.known)
    return session.ledgers[key]


def _last_change(session: Session) -> date:
    """The last day on which something was committed to the board: happened or, if that counts, came to be known."""
    told = session.history(needed=False).told
    days = [event.known_at.date() if session.known else event.at.date() for event in told]
    last = max([*days, *(day for day, _config in configs_of(session))], default=date.min)
    if last > session.today:
        return last
    key = (session.history(needed=False).head, session.today, session.known)
    if key not in session.later_changes:
        where = (session.repository, session.prefix, session.config.zone)
        session.later_changes[key] = last_change(*where, after=session.today, known=session.known)
    return max(last, session.later_changes[key])


def configs_of(session: Session, told: Settings = None) -> tuple[tuple[date, BoardConfig], ...]:
    """Every `board.yml` there was, with the day from which it held; git is asked once for each head.

    `told` are the versions where they are known from the commits that were read.
    """
    repository, head = session.repository, session.repository.head()
    if head not in session.configs:
        zone, cached = session.config.zone, session.settings.cached
        session.configs[head] = past_configs(repository, session.prefix, zone, cached=cached, told=told)
    return session.configs[head]


def cards_then(session: Session, past: Ledger) -> Board:
    """The cards of a past ledger under the `board.yml` of the day, without any other file."""
    config = _in_force(session, past)
    order = {column.key: at for at, column in enumerate(config.columns)}
    return Board(config, tuple(sorted(past.board.cards, key=lambda card: (order[card.column], card.id))))


def _stood(session: Session, past: Ledger) -> Board:
    """The board of a past ledger, put together once."""
    if id(past) in session.stood:
        return session.stood[id(past)]
    board = cards_then(session, past)
    layout, repository = layout_of(board.config), session.repository
    folders = board_folders(repository, session.prefix, cached=session.settings.cached)
    files = files_on(repository, folders, session.config.zone, session.today, known=session.known)
    others = {file.path: file for file in files if layout.place(file.path) is None}
    found = session.stood[id(past)] = replace(board, files=others)
    return found


def _in_force(session: Session, past: Ledger) -> BoardConfig:
    """The board.yml of the day; today's, with the limits of the day, where cards stand in columns it has not."""
    was = [config for day, config in configs_of(session) if day <= past.as_of]
    config = session.config
    if was and all(was[-1].column(card.column) is not None for card in past.board.cards):
        return was[-1]
    limits = past.limits.on(past.as_of)
    return replace(config, columns=tuple(replace(one, wip=limits.get(one.key)) for one in config.columns))


def clocks_read(session: Session, cards: Iterable[Card] | None = None) -> Mapping[str, Clocks]:
    """Card id → its clocks as of the session's day, for all cards or for these; {} outside a repository or in a

    shallow clone.
    """
    past = past_of(session)
    if past is not None:
        board = past.board if cards is None else Board(past.board.config, tuple(cards))
        return clocks_on(session, past.history, board)
    try:
        history = session.history(needed=False)
    except NotARepository:
        click.echo(_("note: not in a git repository, so ages are unknown"), err=True)
        return {}
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages are left out"), err=True)
        return {}
    board = session.board if cards is None else Board(session.config, tuple(cards))
    return clocks_on(session, history, board)


def clocks_on(session: Session, history: History, board: Board) -> Mapping[str, Clocks]:
    """The clocks of a board's cards on the session's day: idle is what the board counts so, for every view alike."""
    past = past_of(session)
    versions = _acted(session, history, board, past.versions if past is not None else {})
    return clocks(board, history, session.today, versions=versions)


def _acted(session: Session, history: History, board: Board, known: Versions) -> Versions | None:
    """The versions that tell an action from an edit, of closed cards too: new line ends or a spelling put right are

    none. None where the board counts any event.
    """
    if board.config.policies.idle_counts != "actions":
        return None
    days: dict[str, date] = {}
    for card in board.cards:
        events = history.of(card.id)
        if events and events[-1].kind == "edited":
            wanted = {event.blob for event in told_by(events)} - known.keys()
            days |= {event.blob: event.at.date() for event in events if event.blob in wanted}
    if session.repository.lacking(days):
        return known or None
    return {**known, **read_versions(session.repository, session.config, days, {})}
