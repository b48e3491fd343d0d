"""May this card go there? Every reason against it at once, each with the way out (D04, D06, D13, D14, D18)."""

from dataclasses import dataclass
from datetime import date
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull import catchup, nextaction, readiness, wip

FORWARD, SKIP, BACK, CLOSE, REOPEN, SAME = "forward", "skip", "back", "close", "reopen", "same"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that speaks against a move. `rule` is a stable word used in `Override:` trailers.

    A `hard` reason refuses the move unless it is forced; the others are only said. `needs_reason` marks a rule that
    is satisfied by giving `--reason` alone.
    """

    rule: str
    message: str
    cure: str
    hard: bool = True
    needs_reason: bool = False


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


def direction_of(board: Board, source: Column, target: Column) -> str:
    """`forward` to the next column, `skip` past it, `back`, `close` into an exit, `reopen` out of one, `same`."""
    if source.key == target.key:
        return SAME
    if not source.is_open:
        return REOPEN if target.is_open else CLOSE
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
        found += _pull_stop(board, direction)
        found += _readiness_rules(board, card, source, target, direction, today)
        found += _closing_rules(board, card, target)
    return Verdict(card, source, target, direction, tuple(found))


def _unreadable(card: Card) -> list[Reason]:
    if card.readable:
        return []
    line = card.problems[0].line if card.problems else 1
    said = card.problems[0].message if card.problems else ""
    message = _("the card cannot be read: {path}:{line}: {problem}").format(path=card.path, line=line, problem=said)
    return [Reason("unreadable-card", message, _("`kanban edit {id}`").format(id=quote(card.id)))]


def _path_rule(board: Board, direction: str, source: Column, target: Column, reason: str) -> list[Reason]:
    if reason or direction not in (SKIP, BACK, REOPEN):
        return []
    names = {"source": source.title, "target": target.title}
    if direction == SKIP:
        message = _("{source} → {target} skips a column").format(**names)
    elif direction == BACK:
        message = _("{source} → {target} goes back").format(**names)
    else:
        message = _("{source} → {target} reopens a closed card").format(**names)
    return [Reason("pull-order", message, _('say why: `--reason "…"`'), needs_reason=True)]


def _wip_rules(board: Board, card: Card, target: Column) -> list[Reason]:
    found = []
    for limit in wip.full_for(board, card, target):
        ids = ", ".join(one.id for one in limit.cards)
        message = ngettext(
            "{title} is full: {count} card for a limit of {limit} ({ids})",
            "{title} is full: {count} cards for a limit of {limit} ({ids})",
            limit.count,
        ).format(title=limit.title, count=limit.count, limit=limit.limit, ids=ids)
        cure = _("finish one of them first: `kanban win`, `kanban lose`, `kanban park` or pull it on")
        found.append(Reason(f"wip-{limit.scope}", message, cure, hard=limit.hard))
    return found


def judge_change(before: Board, card: Card, changed: Card) -> tuple[Reason, ...]:
    """The limits that a card comes to exceed where it stands, when its class or owner changes (D17)."""
    column = before.column_of(card)
    known = _wip_rules(before, card, column)
    return tuple(reason for reason in _wip_rules(before, changed, column) if reason not in known)


def _pull_stop(board: Board, direction: str) -> list[Reason]:
    if direction not in (FORWARD, SKIP, REOPEN) or not nextaction.stops_pulling(board):
        return []
    cards = nextaction.missing(board)
    message = ngettext(
        "pulling is stopped: {count} open card has no dated next action ({ids})",
        "pulling is stopped: {count} open cards have no dated next action ({ids})",
        len(cards),
    ).format(count=len(cards), ids=_ids(cards))
    cure = _('`kanban set {id} next_action="…" next_action_date=…`').format(id=quote(cards[0].id))
    return [Reason("pull-stop", message, cure, hard=board.config.policies.pull_stop == "block")]


def _ids(cards: tuple[Card, ...]) -> str:
    return ", ".join(card.id for card in cards[:8]) + (", …" if len(cards) > 8 else "")


def _readiness_rules(
    board: Board, card: Card, source: Column | None, target: Column, direction: str, today: date
) -> list[Reason]:
    mode = board.config.policies.ready
    if mode == "off" or direction == BACK:
        return []
    found = []
    if target.is_open:
        found += [("dor", lack) for lack in readiness.lacking_to_enter(card, target, today=today)]
    if source is not None and source.is_open and (target.is_open or target.kind == "won"):
        found += [("dod", lack) for lack in readiness.lacking_to_leave(card, source)]
    return [Reason(rule, lack.message, f"`{lack.cure}`", hard=mode == "block") for rule, lack in found]


def _closing_rules(board: Board, card: Card, target: Column) -> list[Reason]:
    if target.kind != "lost" or card.lost_reason:
        return []
    allowed = ", ".join(map(_, board.config.lost_reasons))
    message = _("a loss needs a normalised reason ({reasons})").format(reasons=allowed)
    cure = f"`kanban lose {quote(card.id)} --reason {board.config.lost_reasons[0]}`"
    return [Reason("lost-reason", message, cure)]


def judge_entry(board: Board, card: Card, target: Column, *, today: date, reason: str = "") -> tuple[Reason, ...]:
    """Ask every rule about a new card that starts in `target`: its limits, its readiness, and why not further left."""
    found = _wip_rules(board, card, target)
    first = board.config.open_columns[:1]
    if target not in first:
        if not reason:
            message = _("a new card starts in {column}").format(column=first[0].title if first else target.title)
            found.append(Reason("pull-order", message, _('say why: `--reason "…"`'), needs_reason=True))
        found += _readiness_rules(board, card, None, target, FORWARD, today)
        found += _closing_rules(board, card, target)
    mode = board.config.policies.catch_up
    due = catchup.due_downstream(board, today) if mode != "off" else ()
    if due:
        message = ngettext(
            "catch up first: {count} follow-up is due ({ids})",
            "catch up first: {count} follow-ups are due ({ids})",
            len(due),
        ).format(count=len(due), ids=_ids(due))
        found.append(Reason("catch-up", message, _("`kanban next` ranks them"), hard=mode == "block"))
    return tuple(found)
