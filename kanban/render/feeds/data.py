"""`board.json`: the board as data, for spreadsheets and scripts (`kanban schema site` describes it)."""

import json
from typing import Annotated, Any, Literal, TypedDict

from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.paper.plain import printable
from kanban.pull import wip
from kanban.render.addresses import address_of
from kanban.render.site_input import Material
from kanban.render.views.cards.closed_cards import is_recent
from kanban.render.views.wall.states import IDLENESS, is_hidden
from kanban.schemas.fields import ColumnKind, Count, Currency, Day, DayOrTime, Light, Share, one_of, pattern

_Class = TypedDict("_Class", {"class": str | None})


class CardRecord(_Class):
    """A card as its audience may see it."""

    card: str
    page: Annotated[str, pattern(r"^cards/[a-z0-9-]+\.html$")]
    title: str
    account: str | None
    owner: str | None
    amount: Annotated[str, pattern(r"^[0-9]+(\.[0-9]+)?$")] | None
    amount_band: Annotated[str | None, "In place of the amount on a public site."]
    currency: Currency | None
    probability: Share | None
    next_action: str | None
    next_action_date: DayOrTime | None
    close_date: Day | None
    blocked: bool | None
    lost_reason: str | None
    readable: bool
    ended: Annotated[Day | None, "The day a closed card reached its exit."]
    age_days: int | None
    column_days: int | None
    idle_days: int | None


class ColumnRecord(TypedDict):
    """A column with its count against its limit."""

    key: str
    name: str
    kind: ColumnKind
    count: Count
    limit: Count | None
    light: Light
    cards: Annotated[list[CardRecord], "All open cards; of the closed ones those that ended lately."]


class SiteDocument(TypedDict):
    """The board as data beside its pages. Amounts are decimal strings, days in ISO form; null means unknown, or not for
    this audience."""

    schema: Literal["kanban-site/1"]
    title: str
    as_of: Day
    commit: Annotated[str, pattern("^[0-9a-f]{40,64}$")] | None
    audience: Annotated[str, one_of("internal", "public")]
    columns: list[ColumnRecord]


def board_data(material: Material) -> bytes:
    """Open cards, and those closed lately; amounts are decimal strings, days in ISO form, what is unknown is null."""
    board = material.board
    document: SiteDocument = {
        "schema": "kanban-site/1",
        "title": board.config.title,
        "as_of": material.as_of.isoformat(),
        "commit": material.revision.commit or None,
        "audience": material.audience,
        "columns": [_column(material, column) for column in board.config.columns],
    }
    return (indented(document) + "\n").encode()


def indented(value: Any, depth: int = 1) -> str:
    """JSON as `json.dumps(value, indent=1)` writes it; what holds no further lists and objects is written in C."""
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value)
    margin = "\n" + " " * depth
    if not any(isinstance(one, dict | list) for one in (value.values() if isinstance(value, dict) else value)):
        flat = json.dumps(value, separators=(f",{margin}", ": "))
        return f"{flat[0]}{margin}{flat[1:-1]}{margin[:-1]}{flat[-1]}"
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {indented(one, depth + 1)}" for key, one in value.items()]
    else:
        lines = [indented(one, depth + 1) for one in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return f"{opening}{margin}{f',{margin}'.join(lines)}{margin[:-1]}{closing}"


def _column(material: Material, column: Column) -> ColumnRecord:
    cards = material.board.in_column(column.key)
    shown = [
        card for card in cards if column.is_open or is_recent(material.board, card, material.ended, material.as_of)
    ]
    return {
        "key": column.key,
        "name": column.title,
        "kind": column.kind,
        "count": len(cards),
        "limit": column.wip,
        "light": wip.column_light(material.board, column),
        "cards": [_card(material, card) for card in shown],
    }


def _card(material: Material, card: Card) -> CardRecord:
    clocks = material.clocks.get(card.id)
    when = card.next_action_date
    ended = material.ended.get(card.id)
    return {
        "card": printable(card.id),
        "page": address_of(material.board, card),
        "title": printable(card.title),
        "account": card.account or None,
        "owner": card.owner or None,
        "amount": str(card.amount.amount) if card.amount is not None else None,
        "amount_band": card.values.get("amount_band"),
        "currency": card.amount.currency if card.amount is not None else None,
        "probability": float(card.probability) if card.probability is not None else None,
        "next_action": card.next_action or None,
        "next_action_date": when.isoformat() if when is not None else None,
        "close_date": card.close_date.isoformat() if card.close_date is not None else None,
        "class": card.service_class or None,
        "blocked": card.block is not None or (None if is_hidden(card, "blocked_since") else False),
        "lost_reason": card.lost_reason or None,
        "readable": card.readable,
        "ended": ended.isoformat() if ended is not None else None,
        "age_days": clocks.age_days if clocks is not None else None,
        "column_days": clocks.column_days if clocks is not None else None,
        "idle_days": clocks.idle_days if clocks is not None and not is_hidden(card, IDLENESS) else None,
    }
