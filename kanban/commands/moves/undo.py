"""`kanban undo`: what one did last with kanban, in all or on one card, taken back by a new commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.errors import NotFound, Refused
from kanban.i18n import _
from kanban.i18n.date_formats import format_date
from kanban.model.cards.assembly import layout_of
from kanban.paper.plain import safe
from kanban.repository.write.undo import gestures_of, take_back
from kanban.review.collision import breaches
from kanban.schemas.fields import Day

if TYPE_CHECKING:
    from kanban.gestures.base.change import PathChange
    from kanban.gestures.undo import Made
    from kanban.model.cards.board import Board

MOST = 10


class MadeRecord(TypedDict):
    """What a gesture was, to whom, and on which day by the clock that dated it."""

    verb: str
    cards: list[str]
    day: Day | None


class UndoDocument(MadeRecord):
    """A gesture that was taken back."""

    schema: Literal["kanban-undo/1"]
    undone: Annotated[str, "the commit that was taken back"]
    commit: Annotated[str | None, "the commit that takes it back; null with --dry-run"]
    paths: list[str]
    dry_run: bool


class GestureRecord(MadeRecord):
    """A gesture that may be taken back."""

    commit: str
    subject: str


class GesturesDocument(TypedDict):
    """Your gestures on this branch, the last first: `kanban undo --list`."""

    schema: Literal["kanban-undo/1"]
    gestures: list[GestureRecord]


@click.command(
    cls=Verb,
    examples=(
        "kanban undo                 the last thing you did",
        "kanban undo acme-sso        the last thing you did on this card",
        "kanban undo --list          what there is to take back, with day and card",
        "kanban undo --dry-run       only say what it would take back",
    ),
)
@click.argument("card", required=False, metavar="[CARD]", type=CARD)
@click.option("--list", "listing", is_flag=True, default=False, help="Only list your last gestures.")
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be undone.")
@json_option
@click.pass_context
def command(context: click.Context, /, card: str | None, listing: bool, dry_run: bool, as_json: bool) -> None:
    """Take back your last gesture on this branch, or on CARD. Repeat it to go further back.

    Nothing is rewritten: a new commit puts the files back. Refused when they were changed since, or when a column
    would hold more than its limit.
    """
    session = open_session(context)
    if listing:
        _tell_all(session, _named(session, card), as_json)
        return
    made, published = take_back(
        session.repository,
        card=_named(session, card),
        dry_run=dry_run,
        zone=session.config.zone,
        check=lambda changes: check_limits(session, changes),
    )
    if as_json:
        document: UndoDocument = {
            "schema": "kanban-undo/1",
            "undone": made.commit,
            **_facts(made),
            "commit": published.commit,
            "paths": list(published.paths),
            "dry_run": dry_run,
        }
        emit_json(document)
        return
    text = _("would undo: {subject}") if dry_run else _("undone: {subject}")
    click.echo(safe(text.format(subject=made.subject)) + _on(made, session))


def _named(session: Session, name: str | None) -> str:
    """The card's id; a card that is gone (it was archived, or renamed) is taken as it was typed."""
    if not name:
        return ""
    try:
        return session.board.named(name).id
    except NotFound:
        return name.rpartition("/")[2].removesuffix(".md")


def _on(made: Made, session: Session) -> str:
    """The day of the gesture, by the clock that dated it, in brackets."""
    if made.day is None:
        return ""
    is_today = made.day == datetime.now(session.config.zone).date()
    return f" ({_('today') if is_today else format_date(made.day)})"


def _facts(made: Made) -> MadeRecord:
    return {"verb": made.verb, "cards": list(made.cards), "day": made.day.isoformat() if made.day else None}


def _tell_all(session: Session, card: str, as_json: bool) -> None:
    every = gestures_of(session.repository, session.config.zone)
    found = list(islice((one for one in every if not card or card in one.cards), MOST))
    if as_json:
        rows: list[GestureRecord] = [{"commit": one.commit, "subject": one.subject, **_facts(one)} for one in found]
        mine: GesturesDocument = {"schema": "kanban-undo/1", "gestures": rows}
        emit_json(mine)
        return
    if not found:
        click.echo(_("nothing of yours to undo"))
    for one in found:
        day = one.day.isoformat() if one.day is not None else ""
        click.echo(safe(f"{day}  {one.subject}"))


def check_limits(session: Session, changes: tuple[PathChange, ...]) -> None:
    """Raises Refused where the way back leads over a limit: somebody else's card may stand there now."""
    now = session.read_board()
    after = _after(now, changes, session.prefix)
    hard = [one for one in breaches(now, now, after) if one.limit.hard]
    if hard:
        text = _("{name}: {count} cards for a limit of {limit}")
        reasons = [text.format(name=one.limit.title, count=one.limit.count, limit=one.limit.limit) for one in hard]
        cure = _("finish or move one of those that stand there, then undo")
        raise Refused(_("going back would break a limit"), reasons, cure=cure)


def _after(board: Board, changes: tuple[PathChange, ...], prefix: str) -> Board:
    """The board with its cards where the changes put them."""
    layout = layout_of(board.config)
    moved = {change.moved_from: change.path for change in changes if change.moved_from is not None}
    gone = {change.path for change in changes if change.is_removal}
    cards = []
    for card in board.cards:
        if prefix + card.path in gone:
            continue
        path = moved.get(prefix + card.path, prefix + card.path).removeprefix(prefix)
        place = layout.place(path)
        cards.append(card if place is None else replace(card, column=place[0], path=path))
    return replace(board, cards=tuple(cards))
