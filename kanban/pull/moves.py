"""May this card go there? Every reason against it at once, each with the way out (D04, D06, D13, D14, D18)."""

import re
from dataclasses import replace
from datetime import date
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull import catchup, meetings, nextaction, readiness, wip
from kanban.pull.reasons import (
    CARDS,
    FIELD,
    TICK,
    WHY,
    Opening,
    Reason,
    day_reason,
    early_reason,
    limit_reason,
    loss_reason,
)
from kanban.values import dataclass

FORWARD, SKIP, BACK, CLOSE, REOPEN, SAME = "forward", "skip", "back", "close", "reopen", "same"
CORRECT = "correct"
WITH_REASON = (SKIP, BACK, REOPEN, CORRECT)
"""The ways that nobody goes without saying why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the board says to moving `card` from `source` to `target`."""

    card: Card
    source: Column
    target: Column
    direction: str
    reasons: tuple[Reason, ...]

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """The reasons that refuse."""
        return tuple(reason for reason in self.reasons if reason.hard)

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """The reasons that only warn."""
        return tuple(reason for reason in self.reasons if not reason.hard)


def next_column(board: Board, card: Card) -> Column | None:
    """The open column to the right of the card's, or the first won exit after the last; None for a closed card."""
    source = board.column_of(card)
    if not source.is_open:
        return None
    columns = board.config.open_columns
    at = columns.index(source)
    if at + 1 < len(columns):
        return columns[at + 1]
    return next(iter(board.config.exits("won")), None)


def direction_of(board: Board, source: Column, target: Column) -> str:
    """`forward` to the next column, `skip` past it, `back`, `close` into an exit, `reopen` out of one, `same`.

    `correct` is another result than the one that was told: out of won or lost into another kind of exit, or to won
    from a card that had been put aside. A parked card that is lost is closed.
    """
    if source.key == target.key:
        return SAME
    if not source.is_open:
        told = source.kind != "parked" or target.kind == "won"
        return REOPEN if target.is_open else CORRECT if told and source.kind != target.kind else CLOSE
    columns = board.config.open_columns
    at = columns.index(source)
    if target.is_open:
        to = columns.index(target)
        return BACK if to < at else FORWARD if to == at + 1 else SKIP
    if target.kind == "won":
        return CLOSE if at == len(columns) - 1 else SKIP
    return CLOSE


def judge(board: Board, card: Card, target: Column, *, today: date, reason: str = "") -> Verdict:
    """Ask every rule about moving `card` into `target` on the day `today`; `reason` is the one the user gave."""
    source = board.column_of(card)
    direction = direction_of(board, source, target)
    found: list[Reason] = []
    if direction != SAME:
        found += _unreadable(card)
        found += _path_rule(board, direction, source, target, reason)
        found += _wip_rules(board, card, target)
        found += _meeting_day(board, card, target, today)
        found += _pull_stop(board, direction, target)
        found += _readiness_rules(board, card, source, target, direction, today)
        found += _closing_rules(board, card, target)
        if direction in (FORWARD, SKIP) and target.is_open and source in board.config.open_columns[:1]:
            found += _catch_up(board, today)
    return Verdict(card, source, target, direction, tuple(found))


def _unreadable(card: Card) -> list[Reason]:
    if card.readable:
        return []
    line = card.problems[0].line if card.problems else 1
    said = card.problems[0].message if card.problems else ""
    message = _("the card cannot be read: {path}:{line}: {problem}").format(path=card.path, line=line, problem=said)
    cure = _("`kanban edit {id}`").format(id=quote(card.id))
    return [Reason("unreadable-card", message, cure, opens=Opening(CARDS, cards=(card.id,)))]


def _path_rule(board: Board, direction: str, source: Column, target: Column, reason: str) -> list[Reason]:
    if reason or direction not in WITH_REASON:
        return []
    names = {"source": source.title, "target": target.title}
    if direction == SKIP:
        message = _("{source} → {target} skips a column").format(**names)
    elif direction == BACK:
        message = _("{source} → {target} goes back").format(**names)
    elif direction == CORRECT:
        message = _("{source} → {target} changes a result that was told").format(**names)
    else:
        message = _("{source} → {target} reopens a closed card").format(**names)
    return [Reason("pull-order", message, _('say why: `--reason "…"`'), needs_reason=True, opens=Opening(WHY))]


def _wip_rules(board: Board, card: Card, target: Column) -> list[Reason]:
    return [limit_reason(limit, limit.cards) for limit in wip.full_for(board, card, target)]


def _meeting_day(board: Board, card: Card, target: Column, today: date) -> list[Reason]:
    """One meeting more than fits into its day (D56)."""
    when = card.next_action_date
    if target.effective_stage != "meeting" or not target.is_open or when is None or when.day < today:
        return []
    others = sum(one.id != card.id for one in meetings.planned_on(board, when.day))
    limit = meetings.most_meetings(board.config)
    return [day_reason(when.day, others + 1, limit)] if others >= limit else []


def _catch_up(board: Board, today: date) -> list[Reason]:
    """What is due downstream comes before anything new (D05)."""
    mode = board.config.policies.catch_up
    due = catchup.due_downstream(board, today) if mode != "off" else ()
    if not due:
        return []
    message = ngettext(
        "catch up first: {count} follow-up is due ({ids})",
        "catch up first: {count} follow-ups are due ({ids})",
        len(due),
    ).format(count=len(due), ids=_ids(due))
    opens = Opening(CARDS, cards=tuple(card.id for card in due))
    return [Reason("catch-up", message, _("`kanban next` ranks them"), hard=mode == "block", opens=opens)]


def is_pull(direction: str, target: Column) -> bool:
    """Whether the move takes new work on, which the pull stop forbids; signing a deal does not (D06)."""
    return target.is_open and direction in (FORWARD, SKIP, REOPEN)


def _pull_stop(board: Board, direction: str, target: Column) -> list[Reason]:
    if not is_pull(direction, target) or not nextaction.stops_pulling(board):
        return []
    cards = nextaction.missing(board)
    message = ngettext(
        "pulling is stopped: {count} open card has no dated next action ({ids})",
        "pulling is stopped: {count} open cards have no dated next action ({ids})",
        len(cards),
    ).format(count=len(cards), ids=_ids(cards))
    cure = _('`kanban set {id} next_action="…" next_action_date=+2d`').format(id=quote(cards[0].id))
    opens = Opening(FIELD, "next_action_date", tuple(card.id for card in cards))
    return [Reason("pull-stop", message, cure, hard=board.config.policies.pull_stop == "block", opens=opens)]


def _ids(cards: tuple[Card, ...]) -> str:
    return ", ".join(card.id for card in cards[:8]) + (", …" if len(cards) > 8 else "")


def _readiness_rules(
    board: Board, card: Card, source: Column | None, target: Column, direction: str, today: date
) -> list[Reason]:
    mode = board.config.policies.ready
    if mode == "off":
        return []
    lacking = []
    for passed in passed_by(board, source, target, direction):
        lacking += [("dor", lack) for lack in readiness.lacking_to_stay(card, passed)]
        lacking += [("dod", lack) for lack in readiness.lacking_to_leave(card, passed)]
    if target.is_open and direction == BACK:
        lacking += [("dor", lack) for lack in readiness.lacking_to_stay(card, target)]
    elif target.is_open:
        lacking += [("dor", lack) for lack in readiness.lacking_to_enter(card, target, today=today, source=source)]
    if direction != BACK and source is not None and source.is_open and (target.is_open or target.kind == "won"):
        lacking += [("dod", lack) for lack in readiness.lacking_to_leave(card, source)]
    reasons = [
        Reason(rule, lack.message, _cure(card, source, lack, today), hard=mode == "block", opens=_opening(lack))
        for rule, lack in lacking
    ]
    return list({(one.rule, one.cure): one for one in reasons}.values())


def _opening(lack: readiness.Lack) -> Opening:
    if lack.requirement.effective_check == "ticked":
        return Opening(TICK, lack.requirement.id)
    return Opening(FIELD, lack.key)


def _cure(card: Card, source: Column | None, lack: readiness.Lack, today: date) -> str:
    """What to type; of a meeting that is still to come nobody says that it was held, only what came of it early."""
    if source is not None and lack.key == "dod" and meetings.is_to_come(source, card, today):
        return early_reason(card, lack.requirement.id).cure
    return f"`{lack.cure}`"


def passed_by(board: Board, source: Column | None, target: Column, direction: str) -> tuple[Column, ...]:
    """The columns that a card skips on its way right: it must be ready for each of them, days to come aside, and have
    done what each asks for."""
    columns = board.config.open_columns
    if direction != SKIP or source not in columns:
        return ()
    return columns[columns.index(source) + 1 : columns.index(target) if target in columns else len(columns)]


def to_earn_again(board: Board, card: Card, target: Column, direction: str) -> dict[str, tuple[str, ...]]:
    """The ticks, by list (`dor`, `dod`), that a card which comes back into `target` has from its first time further on.

    A second meeting is to be held again, its offer acknowledged again: what `target` asks for at the way out, and all
    that is asked further right. What `target` and the columns before it ask at the door still holds.
    """
    if direction not in (BACK, REOPEN):
        return {}
    columns = board.config.open_columns
    at = columns.index(target)
    asked = {
        "dor": ([one for column in columns[: at + 1] for one in column.dor], columns[at + 1 :]),
        "dod": ([one for column in columns[:at] for one in column.dod], columns[at:]),
    }
    found = {}
    for key, (holds, later) in asked.items():
        kept = {one.id for one in holds}
        again = (one for column in later for one in (column.dor if key == "dor" else column.dod))
        ticks = [one.id for one in again if one.effective_check == "ticked" and one.id not in kept]
        found[key] = tuple(dict.fromkeys(tick for tick in ticks if tick in card.items(key)))
    return {key: ticks for key, ticks in found.items() if ticks}


def _closing_rules(board: Board, card: Card, target: Column) -> list[Reason]:
    if target.kind != "lost" or card.lost_reason:
        return []
    return [loss_reason(board, card)]


def _with_it(cure: str) -> str:
    """What to type with the words that add a card, in place of a command on a card that is not there yet."""
    told = re.fullmatch(r"`kanban (tick|set|lose) \S+ (?:--reason )?(.+)`", cure)
    if told is None:
        return cure
    option = {"tick": "--dor ", "set": "--set ", "lose": "--set lost_reason="}[told[1]]
    return f"`{option}{told[2]}`"


def judge_entry(board: Board, card: Card, target: Column, *, today: date, reason: str = "") -> tuple[Reason, ...]:
    """Ask every rule about a new card that starts in `target`: its limits, its readiness, and why not further left."""
    found = _wip_rules(board, card, target)
    first = board.config.open_columns[:1]
    if target not in first:
        if not reason:
            message = _("a new card starts in {column}").format(column=first[0].title if first else target.title)
            found.append(Reason("pull-order", message, _('say why: `--reason "…"`'), needs_reason=True))
        lacks = (*_readiness_rules(board, card, None, target, FORWARD, today), *_closing_rules(board, card, target))
        found += [replace(one, cure=_with_it(one.cure)) for one in lacks]
    return tuple(found + _meeting_day(board, card, target, today) + _catch_up(board, today))
