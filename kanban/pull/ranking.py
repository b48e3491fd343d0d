"""What to do now, and what to pull next: finishing before starting (D05, D19).

The order of work: class of service first (an Expedite, a Fixed Date before its date, a Partner still waiting),
then columns from right to left, then the most overdue, then the longest idle.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Block, Card
from kanban.model.settings.columns import Column
from kanban.pull.cadence import is_to_be_purged
from kanban.pull.classes import class_rank
from kanban.pull.contact import is_touched_out, touches_of
from kanban.pull.milestones import follow_ups_owed, is_to_be_escalated
from kanban.pull.moves import Verdict, judge
from kanban.pull.nextaction import days_late, is_due
from kanban.pull.sla import promise_of
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason why a card wants attention, and what to type to settle it; a block is `red`."""

    text: str
    cure: str
    light: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One card that wants attention now, with every reason why, the strongest first."""

    card: Card
    column: Column
    concerns: tuple[Concern, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple(one.text for one in self.concerns)

    @property
    def cures(self) -> tuple[str, ...]:
        """What settles all of them, each once; a card that goes to nurturing needs nothing else."""
        found = tuple(dict.fromkeys(one.cure for one in self.concerns))
        return tuple(one for one in found if one.startswith("kanban park ")) or found


def tasks(
    board: Board,
    today: date,
    *,
    idle_days: Mapping[str, int] | None = None,
    column_days: Mapping[str, int] | None = None,
) -> tuple[Task, ...]:
    """Every open card that wants attention on `today`, in the order in which to work.

    `idle_days` and `column_days` come from the history where there is one; without them ages do not speak.
    """
    idle, standing = idle_days or {}, column_days or {}
    found = []
    for card in board.open_cards:
        why = tuple(_concerns(board, card, today, idle.get(card.id), standing.get(card.id)))
        if why:
            found.append(Task(card, board.column_of(card), why))
    position = {column.key: at for at, column in enumerate(board.config.open_columns)}

    def order(task: Task) -> tuple[int, int, int, int, str]:
        rank = class_rank(board, task.card, today)
        return rank, -position[task.column.key], -days_late(task.card, today), -idle.get(task.card.id, 0), task.card.id

    return tuple(sorted(found, key=order))


def _concerns(board: Board, card: Card, today: date, idle: int | None, standing: int | None) -> Iterator[Concern]:
    column = board.column_of(card)
    noted = note_cure(card)
    if not card.readable:
        line = card.problems[0].line if card.problems else 1
        yield Concern(_("cannot be read: line {line}").format(line=line), f"kanban edit {quote(card.id)}")
    if card.block is not None:
        yield _blocked(card, card.block, today)
    promise = promise_of(board, card)
    if promise is not None and promise.answered is None:
        late = promise.is_missed(today)
        text = _("partner waits: answer was due {when}") if late else _("partner waits: answer due {when}")
        yield Concern(text.format(when=format_when(promise.due)), noted)
    if not card.has_dated_next_action:
        yield Concern(_("no dated next action"), noted)
    elif is_due(card, today):
        days = days_late(card, today)
        late_text = ngettext("{days} day late: {action}", "{days} days late: {action}", days)
        text = late_text if days else _("today: {action}")
        yield Concern(text.format(days=days, action=card.next_action), noted)
    yield from _of_ages(board, card, column, today, idle, standing)
    if is_touched_out(board.config, column, card):
        made = touches_of(card)
        text = ngettext("{count} touch without an answer: park it", "{count} touches without an answer: park it", made)
        yield Concern(text.format(count=made), f"kanban park {quote(card.id)}")


def _blocked(card: Card, block: Block, today: date) -> Concern:
    days = block.days(today)
    since = "" if days is None else " " + ngettext("for {days} day", "for {days} days", days).format(days=days)
    text = _("blocked{since}: {cause}").format(since=since, cause=block.cause or "?")
    return Concern(text, f"kanban unblock {quote(card.id)}", "red")


def _of_ages(
    board: Board, card: Card, column: Column, today: date, idle: int | None, standing: int | None
) -> Iterator[Concern]:
    """What the days speak of: the manager is to know, the follow-ups that nobody made, the silence."""
    if standing is not None and is_to_be_escalated(column, card, standing):
        text = ngettext(
            "{days} day in {column}: tell the manager", "{days} days in {column}: tell the manager", standing
        )
        yield Concern(text.format(days=standing, column=column.title), escalation_cure(card, today))
    owed = follow_ups_owed(board.config, column, card, today, idle=idle, standing=standing)
    if owed:
        said = ", ".join(_("D+{days}").format(days=one.after) for one in owed)
        yield Concern(_("no follow-up at {days}").format(days=said), note_cure(card))
    if idle is not None and is_to_be_purged(board.config, column, idle):
        text = ngettext("no action for {days} day: park it", "no action for {days} days: park it", idle)
        yield Concern(text.format(days=idle), f"kanban park {quote(card.id)}")


def note_cure(card: Card) -> str:
    """What to type when something was done: what was said, what comes next, and when."""
    return f'kanban note {quote(card.id)} "…" --next "…" --on +2d'


def escalation_cure(card: Card, today: date) -> str:
    """What to type when the manager knows."""
    return f"kanban set {quote(card.id)} escalated={today.isoformat()}"


def pullable(
    board: Board,
    target: Column,
    today: date,
    *,
    column_days: Mapping[str, int] | None = None,
    idle_days: Mapping[str, int] | None = None,
) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    """The cards of the column upstream of `target`: those that may be pulled, best first, and those that may not.

    Best is by class of service, then the nearest fixed date, then the longest stay in the column. A card that owes a
    follow-up or has had its touches is left out, as a blocked one is: it wants something else first.
    """
    columns = board.config.open_columns
    at = columns.index(target) if target in columns else len(columns)
    if at == 0:
        return (), ()
    standing = column_days or {}
    far = date.max

    def order(verdict: Verdict) -> tuple[int, date, int, str]:
        card = verdict.card
        rank = class_rank(board, card, today)
        fixed = card.fixed_date or far
        return rank, fixed if rank == 1 else far, -standing.get(card.id, 0), card.id

    source, idle = columns[at - 1], idle_days or {}

    def waits(card: Card) -> bool:
        days = {"idle": idle.get(card.id), "standing": standing.get(card.id)}
        owed = follow_ups_owed(board.config, source, card, today, **days)
        return card.block is not None or bool(owed) or is_touched_out(board.config, source, card)

    cards = [card for card in board.in_column(source.key) if not waits(card)]
    verdicts = sorted((judge(board, card, target, today=today) for card in cards), key=order)
    return (
        tuple(verdict for verdict in verdicts if not verdict.refusals),
        tuple(verdict for verdict in verdicts if verdict.refusals),
    )
