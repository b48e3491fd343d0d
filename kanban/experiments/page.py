"""A micro-rule as a page: what is tried, and its indicator before and after."""

from __future__ import annotations

from datetime import date

from kanban.experiments.indicators import indicator_said
from kanban.experiments.ticket import DUE, Ticket
from kanban.experiments.trial import Trial
from kanban.experiments.wording import state_text, trial_text
from kanban.i18n import _
from kanban.paper.page import Command, Page, Section, rows_of
from kanban.paper.plain import typed


def experiment_page(ticket: Ticket, found: Trial, today: date) -> Page:
    """The page of one ticket."""
    said = (
        (_("problem"), ticket.problem),
        (_("rule"), ticket.rule),
        (_("indicator"), indicator_said(ticket.indicator)),
    )
    lines = [_("{label}: {text}").format(label=label, text=text) for label, text in said if text]
    rows = [(line,) for line in (*lines, state_text(ticket, today), *trial_text(found))]
    if ticket.state(today) == DUE:
        rows.append((Command(f"kanban experiment decide {typed(ticket.id)} keep | adjust | drop", "typed"),))
    return Page(sections=(Section("ticket", f"{ticket.title} · {ticket.path}", rows=rows_of(rows)),))
