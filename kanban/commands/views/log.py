"""`kanban log`: what happened to cards, from the git history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.edits import edits_told
from kanban.commands.base.session import Session, open_session
from kanban.errors import NotFound
from kanban.i18n import _
from kanban.i18n.formats import format_clauses, format_date
from kanban.model.history.events import EventRecord, event_json
from kanban.paper.plain import safe
from kanban.repository.read.agents import agents_of
from kanban.repository.read.signatures import signers
from kanban.schemas.writing import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanban.model.history.edits import Edit
    from kanban.model.history.events import Event


@click.command(
    cls=Verb,
    examples=(
        "kanban log                 everything that happened",
        "kanban log acme-sso        the story of one card",
        "kanban log --agent         what software agents did, and for whom",
        "kanban log --json          one JSON object a line, in event order",
    ),
)
@click.argument("cards", nargs=-1, metavar="[CARD]...", type=CARD)
@click.option("--since", default=None, metavar="DAY", help="Only events on or after this day.")
@click.option("--moves", is_flag=True, default=False, help="Only created, moved and removed; no edits.")
@click.option("--agent", "by_agents", is_flag=True, default=False, help="Only what software agents did.")
@click.option("--show-signature", is_flag=True, default=False, help="Say whose listed key signed each commit.")
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    cards: tuple[str, ...],
    since: str | None,
    moves: bool,
    by_agents: bool,
    show_signature: bool,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Show the events of all cards, or of the given ones, oldest first."""
    session = open_session(context, as_of)
    wanted = {_card_id(session, name) for name in cards}
    history = session.history()
    last = session.today if as_of else None
    first = session.day(since, "--since") if since else None
    agents = agents_of(session.repository) if by_agents else {}
    events = [
        event
        for event in history.told
        if (not wanted or event.card in wanted)
        and (not moves or event.kind != "edited")
        and (not by_agents or event.commit in agents)
        and (first is None or event.at.date() >= first)
        and (last is None or event.at.date() <= last)
    ]
    edits = (
        {}
        if moves
        else edits_told(
            session, history.told, {event.card for event in events if event.edited or event.kind == "edited"}
        )
    )
    signed = (
        signers(session.repository, (one.commit for one in events), session.config.owners) if show_signature else {}
    )
    if as_json:
        for event in events:
            record = event_record(event, edits.get(event.order))
            if show_signature:
                record["signed_by"] = signed[event.commit] or None
            click.echo(to_json(record, indent=None))
        return
    _print(session, events, edits, agents, signed)


def _card_id(session: Session, name: str) -> str:
    """A card that exists now, or a deleted one by its exact id."""
    try:
        return session.board.named(name).id
    except NotFound:
        known = {event.card for event in session.history(needed=False).told}
        if name in known:
            return name
        raise


def _print(
    session: Session,
    events: list[Event],
    edits: Mapping[int, Edit],
    agents: Mapping[str, str],
    signed: Mapping[str, str],
) -> None:
    for event in events:
        day = format_date(event.at.date(), "medium")
        card, who = click.style(safe(event.card), bold=True), safe(event.author)
        commit = click.style(event.commit[:8], dim=True)
        if event.commit in agents:
            who = _("{agent}, for {person}").format(agent=safe(agents[event.commit]), person=who)
        what = describe(session, event, edits.get(event.order)) + mark(event)
        if event.commit in signed:
            name = safe(signed[event.commit])
            commit += "  " + (_("signed by {name}").format(name=name) if name else _("not signed by a listed key"))
        click.echo(f"{day} {event.at:%H:%M}  {card}  {what}  {who}  {commit}")


def mark(event: Event) -> str:
    """Said of an event that counts in no number, or only as a return."""
    return f" ({_('undone')})" if event.undone else f" ({_('restored')})" if event.restored else ""


def describe(session: Session, event: Event, edit: Edit | None = None) -> str:
    """What happened, in a few words; of an edit, what it changed."""
    names = {column.key: column.title for column in session.config.columns}
    source, target = names.get(event.from_column or "", ""), names.get(event.to_column or "", "")
    said = safe(format_clauses(edit.said(session.config)) if edit is not None else "") or _("edited")
    if event.kind == "created":
        return _("created in {column}").format(column=target)
    if event.kind == "removed":
        return _("removed from {column}").format(column=source)
    if event.kind == "edited":
        return said
    moved = f"{source} → {target}"
    return format_clauses((moved, said)) if event.edited else moved


def event_record(event: Event, edit: Edit | None) -> EventRecord:
    """The event as data, with the fields it changed where they are known."""
    record = event_json(event)
    if edit is not None:
        record["changes"] = edit.records()
    return record
