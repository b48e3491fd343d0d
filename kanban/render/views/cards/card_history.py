"""A card's past: what happened to it, newest first, and how long it stood in each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from kanban.i18n import _
from kanban.i18n.formats import format_clauses, format_date, format_days
from kanban.metrics.base.stays import stays_of
from kanban.metrics.cards.standings import standings
from kanban.model.cards.board import Board
from kanban.pull.milestones import Milestone, milestones
from kanban.render.markdown import NOTHING

if TYPE_CHECKING:
    from kanban.metrics.base.clocks import Versions
    from kanban.model.history.edits import Edit
    from kanban.model.history.events import Event


NO_EDITS: Mapping[int, Edit] = {}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    day: str
    iso: str
    what: str
    who: str
    commit: str
    href: str


@dataclass(frozen=True, slots=True)
class Sojourn:
    """The days a card stood in one column; `share` is its part of the whole way in thousandths, for the drawing."""

    column: str
    days: str
    share: int
    going_on: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A milestone of the sale: its day, what it was, and the day for which it was planned where that is another."""

    iso: str
    day: str
    what: str
    planned: str


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a card's past; `missing` says why nothing is and how to get it."""

    happenings: tuple[Happening, ...] = ()
    sojourns: tuple[Sojourn, ...] = ()
    milestones: tuple[Happened, ...] = ()
    missing: Markup = NOTHING


def describe(board: Board, event: Event) -> str:
    """What happened, in a few words with the columns' names; a column that is gone stands for itself."""
    names = {column.key: column.title for column in board.config.columns}
    source = names.get(event.from_column or "", event.from_column or "")
    target = names.get(event.to_column or "", event.to_column or "")
    if event.kind == "created":
        return _("created in {column}").format(column=target)
    if event.kind == "removed":
        return _("removed from {column}").format(column=source)
    if event.kind == "edited":
        return _("edited")
    return f"{source} → {target}"


def described(board: Board, event: Event, edit: Edit | None) -> str:
    """What happened, with what it changed where that is known."""
    changes = edit.said(board.config) if edit is not None else ()
    moved = "" if event.kind == "edited" and changes else describe(board, event)
    return format_clauses(text for text in (moved, *changes) if text)


def past_of(
    board: Board,
    events: Sequence[Event],
    forge: str,
    as_of: date,
    edits: Mapping[int, Edit] = NO_EDITS,
    versions: Versions | None = None,
) -> Past:
    """The past of one card from its events, in event order. `forge` is the address before a commit id, or "".

    `edits` says by an event's order number what it changed, `versions` by a file's blob id what the card said.
    """
    happenings = tuple(_happening(board, event, forge, edits.get(event.order)) for event in reversed(events))
    stood = standings(board.config, events, versions or {})
    reached = tuple(_milestones(milestones(board.config, stood, as_of)))
    return Past(happenings, tuple(_sojourns(board, events, as_of)), reached)


def _milestones(found: Sequence[Milestone]) -> Iterator[Happened]:
    """Each once. Of meetings one after the other, known by their planned days alone, the last with the others' days."""
    for _name, run in groupby(dict.fromkeys(found), key=lambda one: one.name):
        *others, last = sorted({one.on: one for one in run}.values(), key=lambda one: one.on)
        told = _milestone(last)
        if others:
            days = ", ".join(format_date(one.on, "short", as_of=last.on) for one in others)
            told = replace(told, planned=_("also on {days}").format(days=days))
        yield told


def _milestone(one: Milestone) -> Happened:
    other = one.due is not None and one.due != one.on
    planned = _("planned for {day}").format(day=format_date(one.due, "medium")) if other and one.due else ""
    return Happened(one.on.isoformat(), format_date(one.on, "medium"), one.name, planned)


def _happening(board: Board, event: Event, forge: str, edit: Edit | None) -> Happening:
    return Happening(
        day=format_date(event.at.date(), "medium"),
        iso=event.at.isoformat(),
        what=described(board, event, edit),
        who=event.author,
        commit=event.commit[:9] if event.author else "",
        href=f"{forge}{event.commit}" if forge and event.author else "",
    )


def _sojourns(board: Board, events: Sequence[Event], as_of: date) -> list[Sojourn]:
    """Days per column in the order of the first visit, several visits added up; exits are left out."""
    stays = stays_of(events)
    titles = {column.key: column.title for column in board.config.open_columns}
    days: dict[str, int] = {}
    for stay in stays:
        if stay.column in titles:
            days[stay.column] = days.get(stay.column, 0) + stay.days(as_of)
    here = stays[-1].column if stays and stays[-1].until is None else ""
    whole = sum(days.values()) or 1
    return [Sojourn(titles[key], format_days(count), count * 1000 // whole, key == here) for key, count in days.items()]
