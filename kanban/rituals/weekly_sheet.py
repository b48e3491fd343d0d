"""The weekly as a sheet to go through."""

from __future__ import annotations

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.paper.page import Entry, Page, Section
from kanban.paper.plain import typed
from kanban.pull.meetings import FullDay
from kanban.rituals.daily_sheet import headline, tickets_section
from kanban.rituals.weekly import Doubt, Lead, Sleeper, Weekly

MINUTES = 30
_SHOWN = 8


def weekly_sheet(weekly: Weekly) -> Page:
    """The agenda in its order: purge, pull, check."""
    title = _("Weekly review") if not weekly.owner else _("Weekly review of {owner}").format(owner=weekly.owner)
    subtitle = _("{day}, {minutes} minutes").format(day=format_date(weekly.as_of, "full"), minutes=MINUTES)
    sections = (
        _purge(weekly),
        *_pull(weekly),
        _check(weekly),
        *([_full_days(weekly)] if weekly.full_days else []),
        *([tickets_section(weekly.tickets)] if weekly.tickets else []),
    )
    return Page(title, subtitle, sections)


def _purge(weekly: Weekly) -> Section:
    note = _("proposed only: nothing is parked without a yes")
    empty = _("nothing sleeps") if weekly.purge_known else _("the history cannot be read here, so idleness is unknown")
    entries = tuple(_sleeper(one) for one in weekly.purge)
    return Section("purge", _("1. Back to nurturing?"), entries, empty, note if entries else "")


def _sleeper(one: Sleeper) -> Entry:
    text = ngettext(
        "no action for {days} day ({limit} allowed)", "no action for {days} days ({limit} allowed)", one.idle
    )
    line = text.format(days=one.idle, limit=one.limit)
    head = headline(one.card, one.column.title, one.card.owner)
    return Entry(head, one.card.id, (line,), f"kanban park {typed(one.card.id)}", "amber")


def _pull(weekly: Weekly) -> tuple[Section, ...]:
    if weekly.target is None:
        return ()
    title = _("2. Leads ready for {column}").format(column=weekly.target.title)
    if weekly.places is None:
        note = ""
    elif weekly.places == 0:
        note = _("{column} is full").format(column=weekly.target.title)
    else:
        text = ngettext("{count} place in {column}", "{count} places in {column}", weekly.places)
        note = text.format(count=weekly.places, column=weekly.target.title)
    ready = tuple(_ready(lead, weekly.target.key) for lead in weekly.ready)
    found = [Section("ready", title, ready, _("no lead is ready"), note)]
    if weekly.nearly:
        shown = tuple(_nearly(lead) for lead in weekly.nearly[:_SHOWN])
        found.append(Section("nearly", _("Nearly ready: what is missing"), shown))
    return tuple(found)


def _ready(lead: Lead, target: str) -> Entry:
    card = lead.card
    return Entry(headline(card, card.owner), card.id, (), f"kanban move {typed(card.id)} {target}", "green")


def _nearly(lead: Lead) -> Entry:
    lines = tuple(reason.message for reason in lead.lacks)
    cures = tuple(dict.fromkeys(reason.cure.strip("`") for reason in lead.lacks))
    return Entry(headline(lead.card, lead.card.owner), lead.card.id, lines, more=cures)


def _check(weekly: Weekly) -> Section:
    entries = tuple(_doubt(one) for one in weekly.doubts)
    title = _("3. Offers and negotiations: realistic dates, clear owners")
    return Section("check", title, entries, _("every date is realistic, every owner is clear"))


def _doubt(one: Doubt) -> Entry:
    head = headline(one.card, one.column.title, one.card.owner)
    return Entry(head, one.card.id, one.doubts, light="amber", more=one.cures)


def _full_days(weekly: Weekly) -> Section:
    entries = tuple(_full_day(one) for one in weekly.full_days)
    return Section("full-days", _("Days with too many meetings"), entries)


def _full_day(one: FullDay) -> Entry:
    text = _("{day}: {count} meetings, {limit} at most")
    head = text.format(day=format_date(one.day, "weekday"), count=len(one.cards), limit=one.limit)
    return Entry(head, "", (", ".join(card.id for card in one.cards),), "", "red")
