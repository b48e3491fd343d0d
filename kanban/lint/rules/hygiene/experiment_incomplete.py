"""The ticket of a micro-rule says its problem, its indicator and its target.

Why: a rule that nobody can tell the success of is kept because it is there.

Flags: a ticket in `experiments/` on which nobody has decided without `problem`, `target` or a readable `start`, or
whose `indicator` is none of the board's; a second one tried at the same time; and a `decision` that is none of keep,
adjust, drop.

Cure: write the missing line; `kanban experiment new` asks for all of them.

Bad:

    == experiments/agenda-before-noon.md
    ---
    rule: agenda sent before noon the day before
    indicator: conversion-meeting
    start: 2026-09-28
    ---

Good:

    == experiments/agenda-before-noon.md
    ---
    problem: meetings cancelled
    rule: agenda sent before noon the day before
    indicator: conversion-meeting
    target: 70 %
    start: 2026-09-28
    ---
"""

from kanban.experiments.ticket import DECISIONS, Ticket, tickets
from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.cardfile import parse_document
from kanban.model.typed.choices import choice_said


@rule("KB537", "experiment-incomplete", CARD, ERROR)
def check(context: LintContext) -> Hits:
    board = context.board
    before: Ticket | None = None
    for ticket in tickets(board.files, context.today, language=board.config.language):
        document = parse_document(board.files[ticket.path].data or b"")
        for key, message, cure in (*_lacking(ticket, board.config), *_beside(ticket, before)):
            line = document.get(key)
            yield Hit(ticket.path, line.line if line else 1, line.column if line else 1, message, cure, key=key)
        before = before if ticket.decision or ticket.due_on is None else ticket


def _beside(ticket: Ticket, before: Ticket | None) -> list[tuple[str, str, str]]:
    """The same for a ticket that begins before the one before it is over."""
    if before is None or before.due_on is None or ticket.start is None or ticket.decision:
        return []
    if ticket.start >= before.due_on:
        return []
    day = before.due_on.isoformat()
    message = _("one micro-rule at a time: {id} is tried until {day}").format(id=before.id, day=day)
    return [("start", message, _("write `start: {day}`").format(day=day))]


def _lacking(ticket: Ticket, config: BoardConfig) -> list[tuple[str, str, str]]:
    """Key, message and cure of each thing that the ticket does not say."""
    from kanban.experiments.indicators import indicator, names

    if ticket.decision:
        if ticket.decision in DECISIONS:
            return []
        wanted = ", ".join(map(choice_said, DECISIONS))
        message = _("“{text}” is no decision").format(text=ticket.decision)
        return [("decision", message, _("write one of: {choices}").format(choices=wanted))]
    found = []
    if not ticket.problem:
        found.append(("problem", _("a ticket says its problem"), _("write `problem: …`")))
    if not ticket.target:
        cure = _("write `target: 70 %`")
        found.append(("target", _("a ticket says where its indicator should go"), cure))
    if ticket.start is None:
        found.append(("start", _("a ticket says the day on which it begins"), _("write `start: 2026-10-05`")))
    if indicator(ticket.indicator, config) is None:
        message = _("“{name}” is not an indicator").format(name=ticket.indicator)
        cure = _("choose one of {names}").format(names=", ".join(names(config)))
        found.append(("indicator", message, cure))
    return found
