"""What a rule says when it is broken, with the way out: the same words wherever it is asked."""

from collections.abc import Sequence
from datetime import date
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.typed.choices import choice_said
from kanban.pull.wip import Limit
from kanban.values import dataclass

TICK, FIELD, WHY, CARDS = "tick", "field", "reason", "cards"


@dataclass(frozen=True, slots=True)
class Opening:
    """What would satisfy a rule, for a hand that offers it where the rule is said: `cure` in values, not in words.

    `kind` is TICK (say that line `name` of a Definition holds), FIELD (fill in field `name`), WHY (give a reason) or
    CARDS (one of `cards` must move on first). `cards` of a FIELD is the card that lacks it, where it is another one.
    """

    kind: str
    name: str = ""
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that speaks against a change. `rule` is a stable word used in `Override:` trailers.

    A `hard` reason refuses the change unless it is forced; the others are only said. `needs_reason` marks a rule that
    is satisfied by giving `--reason` alone. `opens` is what satisfies it, where one thing does.
    """

    rule: str
    message: str
    cure: str
    hard: bool = True
    needs_reason: bool = False
    opens: Opening | None = None


def limit_reason(limit: Limit, cards: Sequence[Card]) -> Reason:
    """The limit is reached, or exceeded, by `cards`."""
    message = ngettext(
        "{title} is full: {count} card for a limit of {limit} ({ids})",
        "{title} is full: {count} cards for a limit of {limit} ({ids})",
        len(cards),
    ).format(title=limit.title, count=len(cards), limit=limit.limit, ids=", ".join(one.id for one in cards))
    cure = _("finish one of them first: `kanban win`, `kanban lose`, `kanban park` or pull it on")
    opens = Opening(CARDS, cards=tuple(one.id for one in cards))
    return Reason(f"wip-{limit.scope}", message, cure, hard=limit.hard, opens=opens)


def day_reason(day: date, count: int, limit: int) -> Reason:
    """More meetings stand on a day than fit into it (D56)."""
    message = ngettext(
        "{day} has {count} meeting, {limit} at most", "{day} has {count} meetings, {limit} at most", count
    ).format(day=day.isoformat(), count=count, limit=limit)
    return Reason("meeting-day", message, _("choose another day"), opens=Opening(FIELD, "next_action_date"))


def loss_reason(board: Board, card: Card) -> Reason:
    """A lost card says why, in one of the board's words (D18)."""
    allowed = ", ".join(map(_, board.config.lost_reasons))
    message = _("a loss needs a normalised reason ({reasons})").format(reasons=allowed)
    cure = f"`kanban lose {quote(card.id)} --reason {quote(choice_said(board.config.lost_reasons[0]))}`"
    return Reason("lost-reason", message, cure, opens=Opening(FIELD, "lost_reason"))


def early_reason(card: Card, tick: str) -> Reason:
    """What a meeting brings is ticked before it is held (D14)."""
    when = card.next_action_date
    message = _("{tick}: the meeting of {card} is on {day}").format(
        tick=tick, card=card.id, day=when.day.isoformat() if when is not None else "?"
    )
    command = f'kanban note {quote(card.id)} "…" --next "…" --on +2d --tick {tick}'
    return Reason("meeting-held", message, _("held early or put off: `{command}`").format(command=command))
