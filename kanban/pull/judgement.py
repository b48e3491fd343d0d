"""What a change makes worse: the one judge of a board after a change, whoever wrote it (D03, D13, D17, D18, D51, D56).

`kanban.pull.moves` says whether a card may go somewhere; this says what the board holds afterwards that it should not,
and did not hold before. A breach that was there already, and is no greater, is nobody's fault now.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.people import is_stray_role, roles_of
from kanban.model.text.notes import every_note
from kanban.paper.plain import typed
from kanban.pull import readiness, wip
from kanban.pull.contact import most_bullets
from kanban.pull.meetings import full_days, ticked_too_early
from kanban.pull.reasons import Reason, day_reason, early_reason, limit_reason, loss_reason

BLOCK_FIELDS = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")
Breaches = dict[tuple[str, ...], tuple[int, Reason]]
"""What is broken: its name, how badly, and what is said of it."""


def made_worse(before: Board, after: Board, today: date) -> tuple[Reason, ...]:
    """What the board breaks `after` a change that it did not break, or not as badly, `before`."""
    left, come = after.differs_from(before)
    known = {card.path: card for card in left}
    changed = tuple(card for card in come if known.get(card.path) != card)
    ids, named = {card.id for card in changed}, after.renames
    then = ids.union(old for old, new in named.items() if new in ids)
    there = tuple([card for card in before.cards if card.id in then])
    old = _breaches(before, there, today, named)
    new = _breaches(after, changed, today)
    worse = [reason for name, (size, reason) in new.items() if size > old.get(name, (0, reason))[0]]
    return (*worse, *_too_early(before, there, changed, named, today))


def _too_early(
    before: Board, there: tuple[Card, ...], changed: tuple[Card, ...], named: Mapping[str, str], today: date
) -> Iterator[Reason]:
    """Ticks of meetings that are still to come."""
    was = {named.get(card.id, card.id): card for card in there}
    for card in changed:
        old = was.get(card.id)
        for tick in ticked_too_early(before.column_of(old), old, card, today) if old is not None else ():
            yield early_reason(old if old is not None else card, tick)


def _breaches(board: Board, cards: tuple[Card, ...], today: date, named: Mapping[str, str] | None = None) -> Breaches:
    """What is broken on the board as a whole, and on these cards of it, told under the ids that they are `named`."""
    found: Breaches = {}
    for limit in wip.exceeded(board):
        found[limit.scope, limit.key, limit.owner.casefold()] = limit.count, limit_reason(limit, limit.cards)
    for full in full_days(board, today):
        found["meeting-day", full.day.isoformat()] = len(full.cards), day_reason(full.day, len(full.cards), full.limit)
    for card in cards:
        for name, reason in _of_card(board, card):
            found[reason.rule, (named or {}).get(card.id, card.id), name] = 1, reason
    return found


def _of_card(board: Board, card: Card) -> Iterator[tuple[str, Reason]]:
    column, mode = board.column_of(card), board.config.policies.ready
    if not card.readable:
        return
    most = most_bullets(board.config)
    for note in every_note(card.body) if card.body else ():
        if len(note.points) > most:
            text = ngettext("a call note has {most} bullet at most", "a call note has {most} bullets at most", most)
            reason = Reason("note", text.format(most=most), _("keep what the others need"))
            yield f"{note.heading} {note.points[most][1]}", reason
    if column.kind == "lost" and not card.lost_reason:
        yield "", loss_reason(board, card)
    if not column.is_open:
        return
    if card.block is not None and not all(map(card.has, BLOCK_FIELDS)):
        message = _("the block of {card} does not say since when, why, what next and who").format(card=card.id)
        yield "", Reason("block", message, f"`kanban block {typed(card.id)} --cause … --next … --who …`")
    if is_stray_role(card.role, board.config):
        message = _("“{role}” is nobody's role on this board").format(role=card.role)
        yield card.role, Reason("role", message, _("one of {names}").format(names=", ".join(roles_of(board.config))))
    for lack in readiness.lacking_to_stay(card, column) if mode != "off" else ():
        yield lack.requirement.id, Reason("dor", lack.message, f"`{lack.cure}`", hard=mode == "block")
    if board.config.class_of(card.service_class).effective_kind == "fixed-date" and card.fixed_date is None:
        message = _("{card} has a fixed date that nobody wrote").format(card=card.id)
        yield "", Reason("fixed-date", message, f"`kanban set {typed(card.id)} fixed_date=…`")


def next_action_lost(before: Board, after: Board) -> tuple[Card, ...]:
    """Open cards without a dated next action that had one before the change, or were not open or not there (D51).

    A card that is the same object on both boards is as it was: it is not even read.
    """
    named, untouched = after.renames, set(map(id, before.open_cards))
    lacking = [
        card
        for card in after.open_cards
        if (id(card) not in untouched or card.id in named) and not card.has_dated_next_action
    ]
    if not lacking:
        return ()
    lacked = {named.get(card.id, card.id) for card in before.open_cards if not card.has_dated_next_action}
    return tuple(card for card in lacking if card.id not in lacked)
