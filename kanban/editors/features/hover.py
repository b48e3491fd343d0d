"""What is told under the pointer: what a field means, what a card lacks for its next column, days and lights."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from kanban.editors.draft import Draft
from kanban.editors.features.links import Target, links_of
from kanban.editors.features.places import front_matter, key_at
from kanban.editors.features.settings_file import setting_meaning
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money, format_relative, format_when
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of
from kanban.model.cards.said import value_said
from kanban.model.typed.values import Money, When
from kanban.paper.inert import code, inert
from kanban.paper.page import LIGHTS
from kanban.pull.cadence import age_light
from kanban.pull.moves import judge, next_column


def hover(draft: Draft, position: Position) -> Hover | None:
    """The text for a place; None where there is nothing to say."""
    offset = draft.text.offset(position)
    said = setting_meaning(draft, offset) if draft.is_settings else _of_card(draft, offset)
    return Hover(MarkupContent(MarkupKind.Markdown, said)) if said else None


def _of_card(draft: Draft, offset: int) -> str:
    card = draft.card
    if card is None:
        return ""
    link = next((one for one in links_of(draft) if one.start <= offset <= one.end and one.card), None)
    if link is not None:
        return _linked(draft, link)
    key = key_at(draft.text, offset)
    if key:
        return "\n\n".join(filter(None, _field(draft, card, key)))
    line, front = draft.text.line_at(offset), front_matter(draft.text)
    on_fence = front is not None and line in front
    return summary(draft, card) if on_fence or draft.text.line(line).startswith("# ") else ""


def _linked(draft: Draft, link: Target) -> str:
    other = draft.board.find(link.card)
    if other is None:
        return ""
    next_step = [inert(other.next_action)] if other.next_action else []
    if other.next_action_date is not None:
        next_step.append(format_when(other.next_action_date, "medium"))
    head = f"**{inert(other.label)}** · {inert(draft.board.column_of(other).title)}"
    return "\n\n".join(
        filter(None, (head, inert(other.title) if other.title != other.label else "", ", ".join(next_step)))
    )


def _field(draft: Draft, card: Card, key: str) -> Iterator[str]:
    """What the field is, what it says in full, and what follows from that."""
    config = draft.board.config
    known = field_of(key, config)
    if known is None:
        yield _("{key} is not a field of this board; it is kept as it is").format(key=code(key))
        return
    yield f"**{inert(known.name)}** {code(key)}" + (f" – {inert(_(known.doc))}" if known.doc else "")
    value = card.values.get(key)
    if isinstance(value, When):
        yield f"{format_when(value, 'full')}, {format_relative(value.day, draft.desk.today)}"
    elif known.type == "day" and value is not None:
        yield f"{format_date(value, 'full')}, {format_relative(value, draft.desk.today)}"
    elif value is not None:
        yield inert(value_said(card, key, config))
    if key in ("amount", "probability"):
        yield weighted_said(draft, card)
    if key in ("dor", "dod"):
        yield _lacking(draft, card)


def weighted_said(draft: Draft, card: Card) -> str:
    """`28 000 € × 40 % = 11 200 €`; "" where there is nothing to weigh."""
    amount = card.amount
    share = probability_of(card, draft.board)
    if amount is None or share is None or not draft.board.is_open(card):
        return ""
    weighted = Money(amount.amount * share, amount.currency)
    shown = f"{(share * 100).normalize():f}\u00a0%"
    return f"{format_money(amount)} × {shown} = {format_money(weighted)}"


def summary(draft: Draft, card: Card) -> str:
    """The card at a glance: where it stands and how long, its light, what it lacks for the next column."""
    column = draft.board.column_of(card)
    told = [f"**{inert(card.label)}** · {inert(column.title)}", days_said(draft, card)]
    if card.block is not None and draft.board.is_open(card):
        days = card.block.days(draft.desk.today)
        said = _("blocked: {cause}").format(cause=inert(card.block.cause or "?"))
        told.append(f"{LIGHTS['red']} {said}" + (f" ({format_days(days)})" if days is not None else ""))
    told.append(_lacking(draft, card))
    return "\n\n".join(filter(None, told))


def days_said(draft: Draft, card: Card) -> str:
    """`🟠 12 days in the column · 30 days old · 4 days idle`; "" for a card that git does not know."""
    clocks = draft.desk.clocks_of(card.id)
    if clocks is None:
        return ""
    light = age_light(draft.board.column_of(card), clocks.column_days)
    parts = [
        ngettext("{count} day in the column", "{count} days in the column", clocks.column_days),
        ngettext("{age} day old", "{age} days old", clocks.age_days or 0) if clocks.age_days is not None else "",
        ngettext("idle for {idle} day", "idle for {idle} days", clocks.idle_days),
    ]
    said = " · ".join(part for part in parts if part)
    told = said.format(count=clocks.column_days, age=clocks.age_days, idle=clocks.idle_days)
    return f"{LIGHTS[light]} {told}" if light in LIGHTS else told


def _lacking(draft: Draft, card: Card) -> str:
    target = next_column(draft.board, card)
    if target is None:
        return ""
    verdict = judge(draft.board, card, target, today=draft.desk.today)
    title = inert(target.title)
    if not verdict.reasons:
        return _("{card} may be pulled into {column}").format(card=inert(card.id), column=title)
    head = _("{card} lacks for {column}:").format(card=inert(card.id), column=title)
    return "\n".join((head, "", *(f"- {inert(reason.message)}" for reason in verdict.reasons)))
