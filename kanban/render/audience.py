"""What another audience may see: a public site is built from material in which the rest does not exist any more.

Deny by default: of a card only the fields that `site.public_fields` lists survive. Accounts and contacts become
pseudonyms, amounts become bands, ids and paths become numbers, notes, authors, commits and problems go, and names that
slip into a listed text are replaced there too. Pages, feeds and data are all made from what is left.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_money
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import Event, History
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.policies import LintSettings, Site
from kanban.model.text.front_fields import RawField
from kanban.model.text.problem import Problem
from kanban.model.typed.values import Money
from kanban.render.site_input import PUBLIC, Material
from kanban.render.views.wall.states import HIDDEN

NEVER = frozenset({"first_name", "contact_email", "contact_phone", "formerly", "lint_ignore", "video_link"})
"""Fields that no list can publish: a person's name and addresses have no band and no pseudonym."""

_SHOWN_STATES = ("next_action", "next_action_date", "lost_reason", "amount", "owner")
"""Fields whose absence a page would otherwise show as a fault of the card."""

BANDS = tuple(Decimal(10) ** power * step for power in range(3, 9) for step in (1, 5))
"""Where amount bands begin and end: 1 000, 5 000, 10 000, 50 000 and so on."""


def published(material: Material) -> Material:
    """The material as its audience may have it: unchanged for an internal site, redacted for a public one."""
    if material.audience != PUBLIC:
        return material
    names = Pseudonyms(material.board, material.history)
    board = material.board
    allowed = frozenset(board.config.site.public_fields) - NEVER
    cards = tuple(_card(card, names, allowed) for card in board.cards)
    return replace(
        material,
        board=Board(_config(board.config), tuple(sorted(cards, key=_board_order(board)))),
        history=_history(material.history, names) if material.history is not None else None,
        open_ledger=None,
        read_versions=None,
        prefix="",
    )


class Pseudonyms:
    """Numbers in the order in which cards appeared: a card keeps its number as others come and go."""

    def __init__(self, board: Board, history: History | None) -> None:
        order = [*(history.cards if history is not None else ()), *(card.id for card in board.cards)]
        self.ids = {card: f"c-{at:04}" for at, card in enumerate(dict.fromkeys(order), 1)}
        by_id = {card.id: card for card in board.cards}
        known = [by_id[card] for card in self.ids if card in by_id]
        self.accounts = _numbered(card.account for card in known)
        self.contacts = _numbered(card.contact for card in known)
        self._secret = _pattern(known)

    def account(self, card: Card) -> str:
        """`Account 12`, the same for all cards of one account; a card without one goes by its own number."""
        number = self.accounts.get(_folded(card.account))
        if number is None:
            return _("Opportunity {number}").format(number=self.ids[card.id][2:])
        return _("Account {number}").format(number=number)

    def contact(self, card: Card) -> str:
        """`Contact 7`."""
        return _("Contact {number}").format(number=self.contacts[_folded(card.contact)])

    def scrubbed(self, text: str) -> str:
        """The text without any account's, contact's or card's name, whosesoever."""
        return self._secret.sub("…", text) if self._secret is not None else text


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(_folded(name) for name in names if name), 1)}


def _pattern(cards: list[Card]) -> re.Pattern[str] | None:
    """Everything that names a customer, the longest first; words of one or two letters would hit everywhere."""
    keys = ("account", "contact", "first_name", "contact_email", "contact_phone")
    found = {card.get(key).strip() for card in cards for key in keys} | {card.id for card in cards}
    found |= {word for card in cards for word in card.contact.split() if word[:1].isupper() and word[-1:] != "."}
    parts = sorted((re.escape(one) for one in found if len(one) > 2), key=len, reverse=True)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _card(card: Card, names: Pseudonyms, allowed: frozenset[str]) -> Card:
    """The card with a number for a name and only the listed fields."""
    kept = [key for key in card.raw if key in allowed]
    values = {key: value for key in kept if (value := _value(card, key, names)) is not None}
    raw = {key: _raw(key, values[key]) for key in kept if key in values}
    label = names.account(card)
    values["account"] = label
    if isinstance(card.amount, Money) and "amount" in allowed:
        values["amount_band"] = band(card.amount)
    values[HIDDEN] = frozenset(key for key in _SHOWN_STATES if key not in allowed)
    if card.next_action and "next_action" not in allowed and "next_action_date" in allowed:
        values["next_action"] = _("next action")
    number = names.ids[card.id]
    path = f"{card.column}/{number}.md"
    problems = () if card.readable else (Problem(path, 1, 1, "unreadable", _("this card cannot be read")),)
    text = repr((label, sorted(values.items(), key=lambda item: item[0]), card.readable))
    return Card(number, card.column, path, label, values, raw, "", 1, problems, "", card.readable, text)


def _value(card: Card, key: str, names: Pseudonyms) -> Any:
    """The value that may be shown of a listed field; None for one that could not be read, or that has another form."""
    if key in ("account", "amount"):
        return None
    if key == "contact":
        return names.contact(card) if card.contact else None
    value = card.values.get(key)
    if value is None:
        return names.scrubbed(card.get(key)) if key not in card.values and not _is_typed(card, key) else None
    if isinstance(value, str):
        return names.scrubbed(value)
    if isinstance(value, tuple):
        return tuple(names.scrubbed(str(one)) for one in value)
    return band(value) if isinstance(value, Money) else value


def _is_typed(card: Card, key: str) -> bool:
    """Whether the field's text could not be read: what was typed instead may be anything."""
    return any(problem.key == key for problem in card.problems)


def _raw(key: str, value: Any) -> RawField:
    text = value if isinstance(value, str | tuple) else str(value)
    return RawField(key, text, 1, 1, is_list=isinstance(value, tuple))


def band(money: Money) -> str:
    """`10–50 k€`: the band of an amount, wide enough not to give it away."""
    low = max((edge for edge in BANDS if edge <= money.amount), default=Decimal(0))
    high = next((edge for edge in BANDS if edge > money.amount), None)
    if high is None:
        return _("over {amount}").format(amount=format_money(Money(low, money.currency), short=True))
    amounts = [format_money(Money(edge, money.currency), short=True) for edge in (low, high)]
    return _("{low} to {high}").format(low=amounts[0], high=amounts[1])


def _board_order(board: Board) -> Any:
    places = {column.key: at for at, column in enumerate(board.config.columns)}
    return lambda card: (places[card.column], card.id, card.path)


def _config(config: BoardConfig) -> BoardConfig:
    """The configuration without people, addresses, targets, and texts the team wrote for itself."""
    return replace(
        config,
        columns=tuple(replace(column, dor=(), dod=(), rules=(), formerly=()) for column in config.columns),
        owners=(),
        manager="",
        company="",
        video_link="",
        sources=(),
        quotas=(),
        targets={},
        lint=LintSettings(),
        site=Site(public_fields=config.site.public_fields, closed_days=config.site.closed_days),
    )


def _history(history: History, names: Pseudonyms) -> History:
    """The moves with numbers for cards, days for times, and nobody's name."""
    return History(tuple(_event(event, names.ids) for event in history.events), None, history.shallow)


def _event(event: Event, ids: Mapping[str, str]) -> Event:
    card = ids[event.card]
    midnight = event.at.replace(hour=0, minute=0, second=0, microsecond=0)
    folder = event.to_column or event.from_column or ""
    return event._replace(
        card=card,
        at=midnight,
        known_at=midnight,
        author="",
        commit="",
        path=f"{folder}/{card}.md",
        blob=card if event.blob else "",
        raw_at=None,
    )
