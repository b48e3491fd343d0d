"""Micro-rules tried for two weeks: the ticket is written, and later what becomes of it."""

from datetime import date, timedelta
from typing import Annotated

from kanban.errors import KanbanError, NotFound, Refused
from kanban.experiments.indicators import indicator, indicator_of, lowered_by, names
from kanban.experiments.ticket import DECISIONS, Ticket, new_ticket, tickets
from kanban.experiments.wording import decision_name, state_text
from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture, Told
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import own_words
from kanban.gestures.base.words import Word
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.slug import free_slug
from kanban.model.text.edit.note_writing import append_note
from kanban.model.text.edit.splice import set_field
from kanban.model.typed.read import read_choice


def try_rule(
    at: Situation,
    *,
    title: Annotated[str, Word("What is tried, in a few words.")],
    problem: Annotated[str, Word("What goes wrong.")] = "",
    rule: Annotated[str, Word("What is tried; default: the title.")] = "",
    indicator: Annotated[
        str, Word("The figure it should move; default: the one of which the title speaks, else throughput.")
    ] = "",
    target: Annotated[str, Word("Where it should go: 1.5, 70 %, 30.")] = "",
    start: Annotated[str, Word("First day; default: today.", kind="day")] = "",
    weeks: Annotated[int, Word("How long.")] = 2,
) -> Gesture:
    """Write the ticket of a micro-rule and commit it."""
    meant = _indicator_meant(at.board, indicator or indicator_of(f"{title} {rule}", at.board.config))
    first = at.day(start, "--start") if start else at.today
    head = " ".join(title.split())
    if not head:
        raise KanbanError(_("an experiment needs a title"), cure='kanban experiment new "…"')
    _check_ticket(at, problem, target, first, first + timedelta(weeks=weeks))
    fields: dict[str, str | int | date] = {
        "title": head,
        "problem": problem,
        "rule": rule or title,
        "indicator": meant,
        "target": target,
        "start": first,
        "weeks": weeks,
    }
    name = free_slug(head, {one.id for one in _tickets(at)} | {"readme"})
    path = f"experiments/{name}.md"
    change = PathChange.created(path, new_ticket(fields))
    text = _("{id} begins on {day}: look at it with `kanban experiment show {id}`")
    done, document = text.format(id=name, day=first.isoformat()), Told(id=name, path=path)
    told = _to_apply(at.board, f"{title} {rule}")
    return Gesture("experiment-new", f"experiments: try {name}", (change,), (done,), warnings=told, document=document)


def _to_apply(board: Board, rule: str) -> tuple[str, ...]:
    """What is to be changed in `board.yml` for the rule to hold."""
    column = lowered_by(rule, board.config)
    if column is None or column.wip is None:
        return ()
    text = _("to apply it, write `wip: {less}` instead of {now} at `{key}` in board.yml, and commit")
    return (text.format(less=column.wip - 1, now=column.wip, key=column.key),)


def decide(
    at: Situation,
    *,
    name: Annotated[str, Word("The experiment, by its file's name or how that begins.")],
    decision: Annotated[str, Word("What becomes of it.", "decision", DECISIONS)],
    because: Annotated[str, Word("Why, noted in the ticket; needed before its weeks are over.")] = "",
) -> Gesture:
    """Record what becomes of a micro-rule: keep, adjust or drop."""
    ticket = ticket_named(_tickets(at), name)
    decision = _decision_meant(decision)
    _check_tried(at, ticket, because)
    day = at.today.isoformat()
    steps: list[Edit] = [
        lambda data: set_field(data, "decision", decision),
        lambda data: set_field(data, "decided_on", day),
    ]
    if because:
        steps.append(lambda data: append_note(data, day, [because]))
    done = _("{id}: {decision}").format(id=ticket.id, decision=decision_name(decision))
    document: Told = {"id": ticket.id, "decision": decision, "decided_on": day}
    change = PathChange.edited(ticket.path, edits(*steps))
    return Gesture("experiment-decide", f"experiments: {decision} {ticket.id}", (change,), (done,), document=document)


def _check_ticket(at: Situation, problem: str, target: str, first: date, last: date) -> None:
    """Refuse a ticket without problem or target, and a second one at the same time."""
    reasons = []
    if not own_words("--problem", problem):
        reasons.append(_("a ticket says its problem") + '  → `--problem "…"`')
    if not own_words("--target", target):
        reasons.append(_("a ticket says where its indicator should go") + '  → `--target "…"`')
    for one in _tickets(at):
        if one.decision or one.start is None or one.due_on is None:
            continue
        if one.due_on <= at.today:
            said = _("{id} waits for its decision") + "  → `kanban experiment decide {id} keep`"
            reasons.append(said.format(id=one.id))
        elif one.start < last and first < one.due_on:
            said = _("one micro-rule at a time: {id} is tried until {day}") + "  → `--start {day}`"
            reasons.append(said.format(id=one.id, day=one.due_on.isoformat()))
    if reasons:
        raise Refused(_("this ticket may not be written"), reasons)


def _check_tried(at: Situation, ticket: Ticket, because: str) -> None:
    """Refuse a decision before the rule was tried for a day; one before its weeks are over, or a second one, unless
    somebody says why."""
    if ticket.decision:
        if not because.strip():
            message = _("{id} is decided already").format(id=ticket.id)
            raise Refused(message, [state_text(ticket, at.today)], cure=_('to decide anew, say why: `--because "…"`'))
        return
    if ticket.start is None or ticket.due_on is None or at.today >= ticket.due_on:
        return
    message = _("{id} may not be decided yet").format(id=ticket.id)
    due = ticket.due_on.isoformat()
    if at.today <= ticket.start:
        raise Refused(message, [_("it has not been tried for a day; the decision is due on {day}").format(day=due)])
    if not because.strip():
        reason = _("its decision is due on {day}").format(day=due)
        raise Refused(message, [reason], cure=_('to decide earlier, say why: `--because "…"`'))


def _decision_meant(text: str) -> str:
    """Keep, adjust or drop, typed in either language."""
    meant = read_choice(text, DECISIONS)
    if meant.value is None:
        raise KanbanError(meant.message, cure=meant.cure)
    return meant.value


def ticket_named(found: tuple[Ticket, ...], name: str) -> Ticket:
    """The ticket a person means: by id, or the only one that begins so. Raises NotFound with the known ids."""
    wanted = name.removesuffix(".md").rpartition("/")[2]
    exact = [one for one in found if one.id == wanted]
    begins = exact or [one for one in found if one.id.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    known = ", ".join(one.id for one in begins or found)
    cure = _("there are {values}").format(values=known) if known else '`kanban experiment new "…"`'
    raise NotFound(_("there is no experiment “{name}”").format(name=name), cure=cure)


def _tickets(at: Situation) -> tuple[Ticket, ...]:
    return tickets(at.board.files, at.today, language=at.board.config.language)


def _indicator_meant(board: Board, name: str) -> str:
    """The indicator's own name. Raises NotFound with those there are."""
    found = indicator(name, board.config)
    if found is None:
        message = _("“{name}” is not an indicator").format(name=name)
        raise NotFound(message, cure=_("choose one of {names}").format(names=", ".join(names(board.config))))
    return found.name
