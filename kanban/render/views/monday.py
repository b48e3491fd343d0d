"""Monday morning on one screen: will we make it, what to act on, what is stuck, what changed since last Monday."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from markupsafe import Markup

from kanban.forecast.wording import before_text, quota_text, record_text, young_text
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_clauses, format_date, format_days
from kanban.metrics.wording import light_word
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.pull import nextaction
from kanban.pull.ranking import tasks
from kanban.render.addresses import address_of
from kanban.render.markdown import NOTHING, with_code
from kanban.render.typography import typeset
from kanban.render.views.changes.week import EDITED, GONE, Group
from kanban.render.views.wall.card_on_board import facts_of
from kanban.render.views.wall.columns import apart, weighted_sum, weighted_sums

if TYPE_CHECKING:
    from kanban.forecast.forecast import Forecast
    from kanban.metrics.clock_days import Clocks

_DEALS, _BLOCKS, _CHANGES, _QUOTAS = 3, 3, 3, 2
_WORST = {"red": 0, "amber": 1, "green": 2}


class Counts(TypedDict):
    """What the tiles count, on a day."""

    blocked: int
    due: int
    late: int
    missing: int
    open: int
    weighted: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One count, with what it was a week before, and where the cards are that it counts; of a sum, other currencies."""

    value: str
    label: str
    before: str
    href: str
    css: str
    others: str = ""


@dataclass(frozen=True, slots=True)
class Chance:
    """One sentence on whether it will do, with its light."""

    text: str
    light: str
    word: str
    quota: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """A card to act on, and why."""

    label: str
    href: str
    why: str
    facts: str
    css: str


@dataclass(frozen=True, slots=True)
class Monday:
    """Everything the page shows. Parts that nothing is known of are empty."""

    title: str
    since: str
    tiles: tuple[Tile, ...]
    chances: tuple[Chance, ...]
    chances_none: Markup
    deals: tuple[Deal, ...]
    blocked: tuple[Deal, ...]
    blocked_more: str
    news: str
    changes: tuple[Deal, ...]


def counts(board: Board, as_of: date) -> Counts:
    """What there is to count on a board as it stood at the end of a day."""
    cards = board.open_cards
    return Counts(
        blocked=sum(card.block is not None for card in cards),
        due=sum(nextaction.is_due(card, as_of) for card in cards),
        late=sum(nextaction.is_overdue(card, as_of) for card in cards),
        missing=len(nextaction.missing(board)),
        open=len(cards),
        weighted=weighted_sum(board, cards),
    )


def chances(forecast: Forecast | None) -> tuple[Chance, ...]:
    """Each quota against its pace, then the forecast with its record."""
    if forecast is None:
        return ()
    found = [
        Chance(quota_text(one, forecast, lately=True), one.light, light_word(one.light), quota=True)
        for one in forecast.quotas
    ]
    levels, origin, record = forecast.recommended, forecast.origin, forecast.record
    if not forecast.enough_history:
        found.append(Chance(young_text(forecast), "none", ""))
    elif levels and origin is not None:
        low, high = (levels[10], levels[90]) if record.promises else origin.range
        wins = ngettext("{count} win expected", "{count} wins expected", levels[50]).format(count=levels[50])
        wins += f" ({then})" if (then := before_text(forecast)) else ""
        text = ngettext(
            "Next week: {wins}, {low} to {high}; {record}",
            "Next {count} weeks: {wins}, {low} to {high}; {record}",
            forecast.weeks,
        )
        said = text.format(count=forecast.weeks, wins=wins, low=low, high=high, record=record_text(forecast))
        found.append(Chance(said, "none", ""))
    return tuple(found)


def kept(found: Sequence[Chance], before: Counts | None) -> str:
    """What is dear to work out, as text to be kept."""
    return json.dumps({"chances": [(one.text, one.light, one.word, one.quota) for one in found], "before": before})


def read(text: str) -> tuple[tuple[Chance, ...], Counts | None]:
    """What was kept."""
    document = json.loads(text)
    return tuple(Chance(*one) for one in document["chances"]), document["before"]


def monday_view(
    board: Board,
    clocks: Mapping[str, Clocks],
    groups: Sequence[Group] | None,
    since: date,
    as_of: date,
    outlook: tuple[tuple[Chance, ...], Counts | None],
) -> Monday:
    """The page on the day `as_of`: `groups` changed since `since`, `outlook` is what past and future have to say."""
    found, before = outlook
    blocks = sorted((card for card in board.open_cards if card.block), key=lambda card: -_days_blocked(card, as_of))
    left = len(blocks) - _BLOCKS
    return Monday(
        title=format_date(as_of, "full"),
        since=_("Since {day}").format(day=format_date(since, "weekday")) if groups is not None else "",
        tiles=_tiles(board, counts(board, as_of), before),
        chances=_at_risk(found),
        chances_none=NOTHING if found else with_code(_("Set `quotas:` in board.yml to see whether the pace will do.")),
        deals=tuple(_deals(board, clocks, as_of)),
        blocked=tuple(_block(board, card, as_of) for card in blocks[:_BLOCKS]),
        blocked_more=ngettext("and {count} more", "and {count} more", left).format(count=left) if left > 0 else "",
        news=news_of(groups or ()),
        changes=tuple(_news(groups or ())),
    )


def _at_risk(found: Sequence[Chance]) -> tuple[Chance, ...]:
    """The quotas that stand worst, and the forecast; how the others stand is said with the numbers."""
    quotas = sorted((one for one in found if one.quota), key=lambda one: _WORST.get(one.light, len(_WORST)))
    left = len(quotas) - _QUOTAS
    more = ngettext("and {count} more", "and {count} more", left).format(count=left) if left > 0 else ""
    rest = [Chance(more, "none", "")] if more else []
    return (*quotas[:_QUOTAS], *rest, *(one for one in found if not one.quota))


def _tiles(board: Board, now: Counts, before: Counts | None) -> tuple[Tile, ...]:
    today = now["due"] - now["late"]
    sums = apart(weighted_sums(board, board.open_cards), board.config.currency)
    then = before["weighted"] if before is not None else ""
    if then == now["weighted"]:
        said = _("{step} in 7 days").format(step="±0") if then else ""
    else:
        said = _("{amount} 7 days ago").format(amount=then) if then else ""
    blocked = ngettext("blocked", "blocked", now["blocked"])
    late = ngettext("late", "late", now["late"])
    return (
        _count(now["blocked"], before and before["blocked"], blocked, "blocked", "red"),
        _count(now["late"], before and before["late"], late, "late", "red"),
        _count(today, before and before["due"] - before["late"], ngettext("due today", "due today", today), "today"),
        Tile(
            sums.first or "0",
            _("weighted"),
            said,
            "metrics.html#months" if before is not None else "metrics.html",
            "money",
            sums.others,
        ),
    )


def _count(now: int, before: int | None, label: str, state: str, css: str = "") -> Tile:
    """A count of cards with its difference to a week ago; the link shows them on the wall."""
    said = ""
    if before is not None:
        step = f"+{now - before}" if now > before else f"−{before - now}" if now < before else "±0"
        said = _("{step} in 7 days").format(step=step)
    return Tile(str(now), label, said, f"index.html#state={state}", css if now else "")


def _days_blocked(card: Card, as_of: date) -> int:
    days = card.block.days(as_of) if card.block is not None else None
    return 10_000 if days is None else days


def _deals(board: Board, clocks: Mapping[str, Clocks], as_of: date) -> list[Deal]:
    """The first three to act on that are not blocked: those have a place of their own."""
    idle = {card: found.idle_days for card, found in clocks.items()}
    standing = {card: found.column_days for card, found in clocks.items()}
    every = [task for task in tasks(board, as_of, idle_days=idle, column_days=standing) if task.card.block is None]
    return [
        Deal(
            task.card.label,
            address_of(board, task.card),
            typeset(task.why[0]),
            " · ".join(part for part in (facts_of(task.card), task.card.owner) if part),
            "red" if nextaction.is_overdue(task.card, as_of) else "",
        )
        for task in every[:_DEALS]
    ]


def _block(board: Board, card: Card, as_of: date) -> Deal:
    block = card.block
    days = block.days(as_of) if block is not None else None
    who = (block.owner if block is not None else "") or card.owner or _("nobody yet")
    return Deal(
        card.label,
        address_of(board, card),
        typeset(block.cause) if block is not None else "",
        who if days is None else f"{who} · {format_days(days)}",
        "red",
    )


def news_of(groups: Sequence[Group]) -> str:
    """`2 won (33 k€), 1 lost, 4 moved on`."""
    parts = []
    for group in groups:
        if group.kind == GONE:
            continue
        worth = f" ({group.sum})" if group.sum else ""
        parts.append(f"{group.title}{_(': ')}{len(group.changes)}{worth}")
    return " · ".join(parts) or _("nothing has changed")


def _news(groups: Sequence[Group]) -> list[Deal]:
    """The dearest changes, whatever their kind."""
    every = [one for group in groups for one in group.changes if group.kind != GONE]
    ranked = sorted(every, key=lambda one: (one.kind == EDITED and not one.details, -one.worth))
    return [
        Deal(one.label, one.href, typeset(format_clauses((one.way, *one.details))), one.amount, one.kind)
        for one in ranked[:_CHANGES]
    ]
