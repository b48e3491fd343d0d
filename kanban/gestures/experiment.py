"""Micro-rules tried for two weeks: the ticket is written, and later what becomes of it."""

from datetime import date
from typing import Annotated

from kanban.errors import KanbanError, NotFound
from kanban.experiments.indicators import indicator, names
from kanban.experiments.ticket import DECISIONS, Ticket, new_ticket, tickets
from kanban.experiments.wording import decision_name
from kanban.gestures.change import Edit, PathChange, edits
from kanban.gestures.gesture import Gesture
from kanban.gestures.situation import Situation
from kanban.gestures.words import Word
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.slug import free_slug
from kanban.model.text.notes import append_note
from kanban.model.text.splice import set_field


def try_rule(
    at: Situation,
    *,
    title: Annotated[str, Word("What is tried, in a few words.")],
    problem: Annotated[str, Word("What goes wrong.")] = "",
    rule: Annotated[str, Word("What is tried; default: the title.")] = "",
    indicator: Annotated[str, Word("The figure it should move.")] = "throughput",
    target: Annotated[str, Word("Where it should go: 1.5, 70 %, 30.")] = "",
    start: Annotated[str, Word("First day; default: today.", kind="day")] = "",
    weeks: Annotated[int, Word("How long.")] = 2,
) -> Gesture:
    """Write the ticket of a micro-rule and commit it."""
    _check_indicator(at.board, indicator)
    first = at.day(start, "--start") if start else at.today
    head = " ".join(title.split())
    if not head:
        raise KanbanError(_("an experiment needs a title"), cure='kanban experiment new "…"')
    fields: dict[str, str | int | date] = {
        "title": head,
        "problem": problem,
        "rule": rule or title,
        "indicator": indicator,
        "target": target,
        "start": first,
        "weeks": weeks,
    }
    name = free_slug(head, {one.id for one in _tickets(at)} | {"readme"})
    path = f"experiments/{name}.md"
    change = PathChange.created(path, new_ticket(fields))
    text = _("{id} begins on {day}: look at it with `kanban experiment show {id}`")
    done, document = text.format(id=name, day=first.isoformat()), {"id": name, "path": path}
    return Gesture("experiment-new", f"experiments: try {name}", (change,), (done,), document=document)


def decide(
    at: Situation,
    *,
    name: Annotated[str, Word("The experiment, by its file's name or how that begins.")],
    decision: Annotated[str, Word("What becomes of it.", "decision", DECISIONS)],
    because: Annotated[str, Word("Why, noted in the ticket.")] = "",
) -> Gesture:
    """Record what becomes of a micro-rule: keep, adjust or drop."""
    ticket = ticket_named(_tickets(at), name)
    day = at.today.isoformat()
    steps: list[Edit] = [
        lambda data: set_field(data, "decision", decision),
        lambda data: set_field(data, "decided_on", day),
    ]
    if because:
        steps.append(lambda data: append_note(data, day, [because]))
    done = _("{id}: {decision}").format(id=ticket.id, decision=decision_name(decision))
    document = {"id": ticket.id, "decision": decision, "decided_on": day}
    change = PathChange.edited(ticket.path, edits(*steps))
    return Gesture("experiment-decide", f"experiments: {decision} {ticket.id}", (change,), (done,), document=document)


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


def _check_indicator(board: Board, name: str) -> None:
    if indicator(name, board.config) is None:
        message = _("“{name}” is not an indicator").format(name=name)
        raise NotFound(message, cure=_("choose one of {names}").format(names=", ".join(names(board.config))))
