"""The objection workshop as a sheet to go through."""

from __future__ import annotations

from collections.abc import Mapping

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money
from kanban.model.typed.choices import choice_said
from kanban.paper.page import Entry, Page, Section
from kanban.paper.plain import typed
from kanban.rituals.workshop import COUNT, Replay, Workshop, script_for

MINUTES = 30


def workshop_sheet(workshop: Workshop, texts: Mapping[str, tuple[str, str]]) -> Page:
    """The replays, then each script to rewrite.

    `texts`: script name → where the board has its own (else ""), and its text.
    """
    subtitle = _("{day}, {minutes} minutes").format(day=format_date(workshop.as_of, "full"), minutes=MINUTES)
    sections = [_replays(workshop)]
    for name in workshop.scripts:
        path, text = texts[name]
        title = _("2. Rewrite the script {name}").format(name=choice_said(name))
        note = (
            _("it stands in {path}; what would have kept these deals?").format(path=path)
            if path
            else _("it is the built-in one; what would have kept these deals?")
        )
        entry = Entry(_("make it the team’s own, then edit it"), "", (), f"kanban script --copy {typed(name)}")
        sections.append(Section(f"script-{name}", title, (entry,), "", note, text))
    missing = dict.fromkeys(script_for(one.reason) for one in workshop.replays if one.reason and not one.script)
    if missing:
        entries = tuple(Entry(f"scripts/{name}.md") for name in missing)
        sections.append(Section("new-scripts", _("3. Scripts that are still to be written"), entries))
    return Page(_("Objection workshop"), subtitle, tuple(sections))


def _replays(workshop: Workshop) -> Section:
    title = _("1. Replay: what was said, what could have been said?")
    rule = (
        _("of {count} lost in the last 90 days: the largest of each reason in turn")
        if workshop.recent
        else _("of {count} lost in all: the largest of each reason in turn")
    )
    note = rule.format(count=workshop.candidates) if workshop.candidates > COUNT else ""
    return Section(
        "replays", title, tuple(_replay(workshop, one) for one in workshop.replays), _("no deal was lost"), note
    )


def _replay(workshop: Workshop, one: Replay) -> Entry:
    card = one.card
    amount = format_money(card.amount, short=True) if card.amount else ""
    lost = _("lost for “{reason}” on {day}").format(
        reason=_(one.reason) if one.reason else "?", day=format_date(one.lost_on, "medium")
    )
    head = " · ".join(part for part in (card.label, amount, lost, card.owner) if part)
    lines = []
    if one.days is not None:
        lines.append(
            ngettext("{days} day from start to end", "{days} days from start to end", one.days).format(days=one.days)
        )
    if one.stays:
        ways = (f"{workshop.columns[key]} {format_days(days)}" for key, days in one.stays)
        lines.append(_("way: {steps}").format(steps=" → ".join(ways)))
    if card.items("objections"):
        lines.append(_("objections: {texts}").format(texts=", ".join(card.items("objections"))))
    for note in one.notes:
        said = " / ".join(note.bullets)
        lines.append(f"{note.heading}{_(': ')}{said}")
    return Entry(head, card.id, tuple(lines), f"kanban show {typed(card.id)}", "red")
