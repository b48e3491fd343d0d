"""Makes the report of a change from two boards and what is known around them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from kanban.i18n import current_language
from kanban.lint.finding import Finding
from kanban.lint.waivers.apply import waivers_of
from kanban.metrics.base.periods import quarter_key
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of, label_of
from kanban.model.history.events import History
from kanban.model.history.hand_renames import with_former_columns
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.settings.trusted import keys_now, rules_changed
from kanban.pull.nextaction import is_overdue
from kanban.pull.wip import Limit, limits
from kanban.review.comparison import Comparison, Pair, compare
from kanban.review.money_told import told_of_money
from kanban.review.outliers import Outlier, outliers
from kanban.review.report import (
    MASKED,
    SCHEMA,
    Balance,
    FieldEdit,
    Found,
    Moved,
    NotesEdit,
    Placed,
    PolicyLine,
    Renamed,
    Report,
    Room,
    Side,
    StandsOut,
    WaiverAdded,
    clipped,
)
from kanban.review.stays import days_in_column
from kanban.review.value_bridge import Bridge, bridges, without_amount

_PERSONAL = frozenset({"contact", "first_name", "contact_email", "contact_phone"})


@dataclass(frozen=True)
class Change:
    """A change to report on: the boards of both sides, and around them what could be had.

    `merged` is the board after merging both sides, None when there is nothing to merge; `reveal` shows the values of
    personal fields. `histories` and `findings` are of base and head. `reasons` are those that commits give, by card.
    """

    base: Board
    head: Board
    base_side: Side
    head_side: Side
    today: date
    prefix: str = ""
    merged: Board | None = None
    onto: Board | None = None
    conflicts: tuple[str, ...] = ()
    histories: tuple[History | None, History | None] = (None, None)
    findings: tuple[tuple[Finding, ...], tuple[Finding, ...]] = field(default=((), ()))
    findings_merged: tuple[tuple[Finding, ...], tuple[Finding, ...]] = field(default=((), ()))
    reveal: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)
    unjudged: str = ""
    accepts_more: tuple[str, ...] = ()


def make_report(change: Change) -> Report:
    """The report. The same change gives the same report, whatever order anything was read in."""
    comparison = compare(change.base, change.head)
    changed = comparison.changed
    new, fixed, left = _findings(change, comparison.renames)
    return Report(
        SCHEMA,
        current_language(),
        clipped(change.prefix.rstrip("/")),
        change.today.isoformat(),
        change.base_side,
        change.head_side,
        len(changed),
        tuple(_balance(bridge) for bridge in bridges(comparison)),
        tuple(_placed(change.head, pair.after) for pair in changed if pair.before is None and pair.after),
        tuple(_placed(change.base, pair.before) for pair in changed if pair.after is None and pair.before),
        tuple(_moved(change, pair) for pair in changed if pair.is_move),
        tuple(edit for pair in changed for edit in _field_edits(change, pair)),
        tuple(_notes_edit(pair) for pair in changed if _is_notes_only(pair)),
        _rooms(change),
        _policy(change),
        new,
        fixed,
        left,
        _waivers(change),
        _overdue(change, comparison),
        tuple(map(clipped, without_amount(comparison))),
        tuple(map(clipped, comparison.unpaired)),
        tuple(map(clipped, change.conflicts)),
        change.head.config.currency,
        quarter_key(change.today, change.head.config.calendar.fiscal_year_start),
        **told_of_money(comparison, change.today, *change.histories),
        outliers=tuple(_stands_out(change, comparison, one) for one in outliers(comparison)),
        renamed=tuple(_renamed(pair) for pair in changed if pair.was_renamed),
        unjudged=clipped(change.unjudged),
    )


def _balance(bridge: Bridge) -> Balance:
    return Balance(
        currency=bridge.currency,
        start=bridge.start,
        end=bridge.end,
        weighted_start=bridge.weighted_start,
        weighted_end=bridge.weighted_end,
        **bridge.steps,
    )


def _title(card: Card) -> str:
    return clipped(card.label)


def _worth(card: Card) -> tuple[Decimal | None, str]:
    return (card.amount.amount, card.amount.currency) if card.amount else (None, "")


def _placed(board: Board, card: Card) -> Placed:
    title = clipped(board.column_of(card).title)
    owner, path = clipped(card.owner), clipped(card.path)
    return Placed(clipped(card.id), _title(card), card.column, title, *_worth(card), owner, path)


def _moved(change: Change, pair: Pair) -> Moved:
    assert pair.before is not None  # noqa: S101 - what `is_move` says
    assert pair.after is not None  # noqa: S101 - what `is_move` says
    source, target = change.base.column_of(pair.before), change.head.column_of(pair.after)
    days = days_in_column(pair, *change.histories, change.today)
    amount, currency = _worth(pair.after)
    return Moved(
        clipped(pair.id),
        _title(pair.after),
        source.key,
        clipped(source.title),
        target.key,
        clipped(target.title),
        target.kind,
        days,
        amount,
        currency,
        clipped(pair.after.owner),
        clipped(_reason(change, pair.after, target.kind)),
        clipped(pair.after.path),
    )


def _reason(change: Change, card: Card, kind: str) -> str:
    """Why a card went where it went: what was written down as lost for, else what the commit says."""
    said = change.reasons.get(card.id, "")
    return " · ".join(filter(None, (card.lost_reason if kind == "lost" else "", said)))


def _stands_out(change: Change, comparison: Comparison, one: Outlier) -> StandsOut:
    card = next((pair.after for pair in comparison.changed if pair.id == one.id), None) if one.id else None
    known = field_of(one.key, change.head.config)
    label = label_of(one.key, change.head.config) if known else one.key
    title, path = (_title(card), clipped(card.path)) if card is not None else ("", "")
    return StandsOut(
        one.kind, clipped(one.id), title, clipped(label), clipped(one.old), clipped(one.new), one.count, path
    )


def _renamed(pair: Pair) -> Renamed:
    return Renamed(
        clipped(pair.id), clipped(pair.before.id if pair.before else ""), clipped(pair.after.path if pair.after else "")
    )


def _field_edits(change: Change, pair: Pair) -> Iterable[FieldEdit]:
    config = change.head.config
    for edit in pair.fields():
        known = field_of(edit.key, config)
        declared = config.fields.get(edit.key)
        hidden = edit.key in _PERSONAL or (declared is not None and declared.private)
        old, new = (MASKED if text and hidden and not change.reveal else clipped(text) for text in (edit.old, edit.new))
        label = label_of(edit.key, config) if known else edit.key
        card = pair.after or pair.before
        if card is not None:
            amount = _worth(card)[0]
            path = clipped(card.path)
            yield FieldEdit(clipped(pair.id), _title(card), clipped(edit.key), clipped(label), old, new, amount, path)


def _is_notes_only(pair: Pair) -> bool:
    return bool(pair.before and pair.after) and pair.notes_changed and not pair.is_move and not pair.fields()


def _notes_edit(pair: Pair) -> NotesEdit:
    before, after = (Counter(card.text.splitlines()) if card else Counter[str]() for card in (pair.before, pair.after))
    card = pair.after or pair.before
    title = _title(card) if card is not None else ""
    path = clipped(card.path) if card is not None else ""
    return NotesEdit(clipped(pair.id), title, (after - before).total(), (before - after).total(), path)


def _rooms(change: Change) -> tuple[Room, ...]:
    """Limits whose count, limit or state differs, or that end up full or worse; in the board's order."""
    sides = [_limits(board, change.head) for board in (change.base, change.head)]
    onto = _limits(change.onto, change.head) if change.onto is not None else {}
    merged = _limits(change.merged, change.head) if change.merged is not None else None
    rooms = []
    for key in dict.fromkeys((*sides[1], *sides[0])):
        before, after = sides[0].get(key), sides[1].get(key)
        shown = after or before
        if shown is None:
            continue
        counted = merged.get(key) if merged is not None else None
        room = Room(
            shown.scope,
            clipped(shown.key),
            clipped(shown.owner),
            clipped(shown.title),
            before.limit if before else None,
            after.limit if after else None,
            before.count if before else 0,
            after.count if after else 0,
            counted.count if counted else None,
            shown.hard,
            onto[key].count if key in onto else None,
        )
        if room.exceeded or (room.limit_base, room.base) != (room.limit, room.head) or _differs(room):
            rooms.append(room)
    return tuple(rooms)


def _differs(room: Room) -> bool:
    return room.merged is not None and room.merged != room.head


def _limits(board: Board, head: Board) -> dict[tuple[str, str, str], Limit]:
    """The limits of a board, columns under the keys that they have in `head`."""
    keys = keys_now(board.config, with_former_columns(board, head))
    return {(one.scope, keys.get(one.key, one.key), one.owner): one for one in limits(board)}


def _policy(change: Change) -> tuple[PolicyLine, ...]:
    """What a change does to the rules it is judged by: each in words, then the lines of `board.yml` that differ."""
    before, after = (_board_lines(board) for board in (change.base, change.head))
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    told = (line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---")))
    now = with_former_columns(change.base, change.head)
    said = (PolicyLine("!", clipped(one)) for one in (*rules_changed(change.base.config, now), *change.accepts_more))
    return (*said, *(PolicyLine(line[0], clipped(line[1:])) for line in told))


def _board_lines(board: Board) -> list[str]:
    file = board.files.get(BOARD_FILE)
    return (file.data or b"").decode("utf-8", "replace").splitlines() if file else []


def _findings(change: Change, names: Mapping[str, str]) -> tuple[tuple[Found, ...], tuple[Found, ...], int]:
    columns = keys_now(change.base.config, with_former_columns(change.base, change.head))
    base, merging = (
        [replace(one, hit=one.hit.under(names, columns)) for one in side]
        for side in (change.findings[0], change.findings_merged[0])
    )
    before, after = {one.fingerprint: one for one in base}, {one.fingerprint for one in change.findings[1]}
    new = _new(base, change.findings[1])
    merged = _new(merging, change.findings_merged[1])
    fixed = tuple(_found(one) for key, one in before.items() if key not in after)
    told = tuple(_found(one) for one in sorted({**new, **merged}.values(), key=lambda one: one.place))
    return told, fixed, len((set(before) & after) - set(new))


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> dict[str, Finding]:
    """What is found after and was not before, a limit that was exceeded already and now is further included."""
    known = {one.fingerprint: one for one in before}
    found = {}
    for one in after:
        old = known.get(one.fingerprint)
        load = old.hit.load if old is not None else None
        if old is None or (one.hit.load is not None and load is not None and not one.hit.load.is_no_worse_than(load)):
            found[one.fingerprint] = one
    return found


def _found(one: Finding) -> Found:
    hit = one.hit
    path, message, cure = clipped(hit.path), clipped(hit.message), clipped(hit.cure)
    return Found(one.code, one.name, one.severity, clipped(hit.card), path, hit.line, message, cure, one.fingerprint)


def _waivers(change: Change) -> tuple[WaiverAdded, ...]:
    before = {(one.rule, one.card, one.pattern, one.until) for one in waivers_of(change.base)}
    found = []
    for one in waivers_of(change.head):
        if (one.rule, one.card, one.pattern, one.until) not in before:
            until = one.until.isoformat() if one.until else ""
            found.append(WaiverAdded(clipped(one.rule), clipped(one.card or one.pattern), until, clipped(one.text)))
    return tuple(found)


def _overdue(change: Change, comparison: Comparison) -> tuple[str, ...]:
    cards: Mapping[str, Card] = {pair.id: pair.after for pair in comparison.changed if pair.after is not None}
    return tuple(
        clipped(card.id) for card in cards.values() if change.head.is_open(card) and is_overdue(card, change.today)
    )
