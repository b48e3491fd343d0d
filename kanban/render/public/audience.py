"""What another audience may see: a public site is built from material in which the rest does not exist any more.

Deny by default: of a card only the fields that `site.public_fields` lists survive. Accounts and contacts become
pseudonyms, amounts become bands, ids and paths become numbers, text keeps its everyday words only, and notes, authors,
commits, edits and problems go. Of `board.yml` what a page needs is taken over, nothing is merely left out. Pages, feeds
and data are all made from what is left.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.history.events import Event, History
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import ClassOfService, Site
from kanban.model.text.front.front_fields import RawField
from kanban.model.text.problem import Problem
from kanban.model.typed.values import Money
from kanban.privacy.naming import naming_texts
from kanban.privacy.words import Names
from kanban.render.public.pseudonyms import Pseudonyms
from kanban.render.public.showing import Showing, allowed_fields, band
from kanban.render.site_input import PUBLIC, Material
from kanban.render.views.wall.states import HIDDEN, IDLENESS


def published(material: Material) -> Material:
    """The material as its audience may have it: unchanged for an internal site, redacted for a public one."""
    if material.audience != PUBLIC:
        return material
    board = material.board
    names = Pseudonyms(board, material.history)
    showing = Showing(board, names, cache(lambda: _names(material)))
    cards = tuple(_card(card, names, showing) for card in board.cards)
    return replace(
        material,
        board=Board(_config(board.config), tuple(sorted(cards, key=_board_order(board))), problems=_unread(board)),
        history=_history(material.history, names) if material.history is not None else None,
        open_ledger=None,
        open_clocks=None,
        read_versions=None,
        prefix="",
    )


def _names(material: Material) -> Names:
    """Every word that names somebody in the cards and in all their versions, and who wrote them."""
    events = material.history.events if material.history is not None else ()
    config = material.board.config
    return Names(
        [
            *naming_texts(material.board.cards),
            *naming_texts(material.versions.values()),
            *(text for one in material.board.directory.entries for text in (one.name, one.id, *one.also)),
            *(text for event in events for text in (event.card, event.author)),
            *(owner.name for owner in config.owners),
            config.manager,
        ]
    )


def _unread(board: Board) -> tuple[Problem, ...]:
    """That a setting could not be read, without what was typed."""
    if not board.problems:
        return ()
    return (Problem(BOARD_FILE, 0, 0, "unread-setting", _("a setting of this board cannot be read")),)


def _card(card: Card, names: Pseudonyms, showing: Showing) -> Card:
    """The card with a number for a name and only the listed fields."""
    kept = [key for key in card.raw if key in showing.allowed]
    values = {key: value for key in kept if (value := showing.value(card, key)) is not None}
    raw = {key: _raw(key, values[key]) for key in kept if key in values}
    label = names.account(card)
    values["account"] = label
    if isinstance(card.amount, Money) and "amount" in showing.allowed:
        values["amount_band"] = band(card.amount)
    values[HIDDEN] = frozenset(field.key for field in CARD_FIELDS) - showing.allowed | {IDLENESS}
    if card.next_action_date is not None and "next_action_date" in showing.allowed and "next_action" not in values:
        values["next_action"] = _("next action")
    number = names.ids[card.id]
    path = f"{card.column}/{number}.md"
    problems = () if card.readable else (Problem(path, 1, 1, "unreadable", _("this card cannot be read")),)
    text = repr((label, sorted(values.items(), key=lambda item: item[0]), card.readable))
    return Card(number, card.column, path, label, values, raw, "", 1, problems, "", card.readable, text)


def _raw(key: str, value: Any) -> RawField:
    text = value if isinstance(value, str | tuple) else str(value)
    return RawField(key, text, 1, 1, is_list=isinstance(value, tuple))


def _board_order(board: Board) -> Any:
    places = {column.key: at for at, column in enumerate(board.config.columns)}
    return lambda card: (places[card.column], card.id, card.path)


def _config(config: BoardConfig) -> BoardConfig:
    """What a page needs of the configuration: columns with their limits, classes, the days the team works."""
    return BoardConfig(
        columns=tuple(_column(column) for column in config.columns),
        title=config.title,
        language=config.language,
        currency=config.currency,
        timezone=config.timezone,
        commitment=config.commitment,
        classes=tuple(
            ClassOfService(one.key, one.name, one.kind, one.wip, one.wip_mode, one.sla_hours) for one in config.classes
        ),
        lost_reasons=config.lost_reasons,
        fields={key: one for key, one in config.fields.items() if key in allowed_fields(config)},
        calendar=config.calendar,
        site=Site(public_fields=config.site.public_fields, closed_days=config.site.closed_days),
    )


def _column(column: Column) -> Column:
    return Column(
        key=column.key,
        name=column.name,
        folder=column.folder,
        kind=column.kind,
        stage=column.stage,
        wip=column.wip,
        wip_mode=column.wip_mode,
        ageing=column.ageing,
        active=column.active,
    )


def _history(history: History, names: Pseudonyms) -> History:
    """The moves with numbers for cards, days for times, and nobody's name. When a card was edited says what is hidden
    about it has changed."""
    moves = (event for event in history.events if event.places)
    return History(tuple(_event(event, names.ids) for event in moves), None, history.shallow)


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
