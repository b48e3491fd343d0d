"""The daily as a sheet to go through."""

from __future__ import annotations

from datetime import date

from kanban.experiments.ticket import Ticket
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_list, format_when
from kanban.model.cards.card import Card
from kanban.paper.page import Entry, Page, Section
from kanban.paper.plain import typed
from kanban.pull.ranking import Task, note_cure
from kanban.rituals.daily import Blocked, Change, Daily, Held, Room, Share

MINUTES = 10
_SHOWN = 5


def daily_sheet(daily: Daily) -> Page:
    """The agenda in its order: blocks, finishing, starting, and what is good to know."""
    title = _("Daily") if not daily.owner else _("Daily of {owner}").format(owner=daily.owner)
    day = format_date(daily.as_of, "full")
    sections = (
        _blocks(daily),
        _finish(daily),
        _pull(daily),
        _people(daily),
        _changes(daily),
        *([tickets_section(daily.tickets)] if daily.tickets else []),
    )
    return Page(title, _("{day}, {minutes} minutes").format(day=day, minutes=MINUTES), sections)


def headline(card: Card, *more: str) -> str:
    """Account, then what else is known, in one line."""
    return " · ".join(part for part in (card.label, *more) if part)


def _blocks(daily: Daily) -> Section:
    entries = tuple(_block(one) for one in daily.blocks)
    return Section("blocks", _("1. Blocks: who takes away what, today?"), entries, _("nothing is blocked"))


def _block(one: Blocked) -> Entry:
    if one.days is None:
        since = _("blocked, no date written")
    else:
        text = ngettext("blocked for {days} day, since {since}", "blocked for {days} days, since {since}", one.days)
        since = text.format(days=one.days, since=format_date(one.block.since, "short") if one.block.since else "")
    lines = (
        _("cause: {text}").format(text=one.block.cause or _("none written")),
        _("today: {who} – {what}").format(who=one.who or _("nobody yet"), what=one.block.next or _("nothing written")),
    )
    return Entry(
        headline(one.card, one.column.title, since), one.card.id, lines, f"kanban unblock {typed(one.card.id)}", "red"
    )


def _finish(daily: Daily) -> Section:
    entries = (
        *(_held(one) for one in daily.held),
        *(_task(one, daily) for one in daily.due),
        *(_task(one, daily) for one in daily.attention),
    )
    empty = _("no follow-up is due, no meeting waits for its outcome")
    return Section("finish", _("2. Finish before starting"), entries, empty)


def _held(one: Held) -> Entry:
    when = format_when(one.card.next_action_date, "weekday") if one.card.next_action_date else ""
    line = _("meeting of {when}: held or replanned? note the outcome").format(when=when)
    outcome = note_cure(one.card)
    lines = (line, *(concern.text for concern in one.task.concerns if concern.cure != outcome))
    head = headline(one.card, one.column.title, one.card.owner)
    return Entry(head, one.card.id, lines, light="amber", more=one.task.cures)


def _task(task: Task, daily: Daily) -> Entry:
    when = task.card.next_action_date
    light = "red" if when is not None and when.day < daily.as_of else ""
    head = headline(task.card, task.column.title, task.card.owner)
    return Entry(head, task.card.id, task.why, light=light, more=task.cures)


def _pull(daily: Daily) -> Section:
    title = _("3. Pull, if there is room")
    if daily.pulling_stopped:
        ids = ", ".join(card.id for card in daily.unplanned)
        count = len(daily.unplanned)
        text = ngettext(
            "pulling is stopped: {count} card has no dated next action ({ids})",
            "pulling is stopped: {count} cards have no dated next action ({ids})",
            count,
        ).format(count=count, ids=ids)
        command = f'kanban set {typed(daily.unplanned[0].id)} next_action="…" next_action_date=+2d'
        return Section("pull", title, (Entry(text, command=command, light="red"),))
    entries = tuple(_room(room) for room in daily.rooms)
    return Section("pull", title, entries, _("there is only one column"))


def _room(room: Room) -> Entry:
    names = {"source": room.source.title, "target": room.column.title}
    way = _("{source} → {target}").format(**names)
    if room.places is None:
        space = _("no limit")
    elif room.places == 0:
        space = _("no place left")
    else:
        space = ngettext("{count} place", "{count} places", room.places).format(count=room.places)
    if room.places == 0:
        return Entry(f"{way}{_(': ')}{space}", light="amber")
    if not room.ready:
        return Entry(f"{way}{_(': ')}{space}", lines=(_("no card is ready"),))
    shown = ", ".join(card.id for card in room.ready[:_SHOWN]) + (", …" if len(room.ready) > _SHOWN else "")
    line = _("ready, best first: {ids}").format(ids=shown)
    return Entry(f"{way}{_(': ')}{space}", lines=(line,), command=f"kanban pull {room.column.key}", light="green")


def _people(daily: Daily) -> Section:
    entries = tuple(Entry(_share(share)) for share in daily.shares)
    return Section("people", _("Per person"), entries, _("nobody has anything due"), to_settle=False)


def _share(share: Share) -> str:
    parts = []
    if share.blocked:
        count = len(share.blocked)
        parts.append(ngettext("{count} block to take away", "{count} blocks to take away", count).format(count=count))
    if share.held:
        count = len(share.held)
        text = ngettext("{count} meeting without an outcome", "{count} meetings without an outcome", count)
        parts.append(text.format(count=count))
    if share.due:
        text = ngettext("{count} follow-up due", "{count} follow-ups due", len(share.due))
        parts.append(text.format(count=len(share.due)))
    return f"{share.owner or _('nobody')}{_(': ')}{format_list(parts)}"


def _changes(daily: Daily) -> Section:
    title = _("Since {day}").format(day=format_date(daily.since, "weekday"))
    if daily.changes is None:
        return Section("changes", title, (), _("the history cannot be read here"), to_settle=False)
    entries = tuple(_change(daily, one) for one in daily.changes)
    return Section("changes", title, entries, _("nothing has changed"), to_settle=False)


def _change(daily: Daily, change: Change) -> Entry:
    event, config = change.event, daily.board.config

    def name(key: str | None) -> str:
        column = config.column(key) if key else None
        return column.title if column else key or "?"

    if event.kind == "moved":
        text = f"{name(event.from_column)} → {name(event.to_column)}"
    elif event.kind == "created":
        text = _("new in {column}").format(column=name(event.to_column))
    elif event.kind == "removed":
        text = _("file deleted from {column}").format(column=name(event.from_column))
    else:
        text = _("edited in {column}").format(column=name(event.to_column))
    return Entry(" · ".join((change.label, text, event.author)), event.card)


def day_text(day: date | None) -> str:
    """A ticket's day, short."""
    return format_date(day, "short") if day else NO_NUMBER


def tickets_section(tickets: tuple[Ticket, ...]) -> Section:
    """The micro-rules whose weeks are over."""
    entries = []
    for ticket in tickets:
        since = _("tried since {day}: keep, adjust or drop?").format(day=day_text(ticket.start))
        entries.append(Entry(ticket.tried, ticket.id, (since,), light="amber"))
    return Section("experiments", _("Micro-rules to decide on"), tuple(entries))
