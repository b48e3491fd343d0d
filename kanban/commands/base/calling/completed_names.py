"""Completion of what people name: cards by id, account or title, columns, owners, ticks, … Reads files, never git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling.invocation import settings_of
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.i18n import _
from kanban.model.text.plain import plain
from kanban.model.typed.choices import choice_said, read_choice

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kanban.commands.base.completion.kept_names import Names
    from kanban.model.cards.board import Board


class Name(click.ParamType[str]):
    """Text that completes from the board; anything may be typed. `kind` is one of `board_names.NAMES`."""

    name = "text"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The candidates that begin with, or for cards contain, what was typed."""
        try:
            root = find_board(Path(settings_of(ctx).directory))
            if self.kind in _KEPT:
                from kanban.commands.base.completion.kept_names import names_of

                return _KEPT[self.kind](names_of(root), incomplete)
            from kanban.commands.base.completion.board_names import candidates

            return candidates(self.kind, root, incomplete)
        except (KanbanError, OSError):
            return []


def _cards(names: Names, typed: str) -> list[CompletionItem]:
    """Cards: open ones while nothing is typed, else any whose id begins so, else any with the word in its names."""
    word = plain(typed)
    cards = sorted(names.cards, key=lambda card: not card.is_open)
    fits = [card for card in cards if card.id.startswith(word)] or [
        card for card in cards if word in plain(f"{card.id} {card.account} {card.title}")
    ]
    shown = fits if word else [card for card in fits if card.is_open] or fits
    return [_item(card.id, card.label) for card in shown]


def _columns(names: Names, typed: str) -> list[CompletionItem]:
    return [_item(key, title) for key, title in names.columns.items() if plain(key).startswith(plain(typed))]


def _item(word: str, about: str) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(word, help=about)


def _cards_or_columns(names: Names, typed: str) -> list[CompletionItem]:
    """A card, or the column that ends the line: a shell cannot tell which word is the last."""
    columns, cards = _columns(names, typed), _cards(names, typed)
    begins = [one for one in cards if one.value.startswith(plain(typed))]
    return [*columns, *(begins if columns and typed else cards)]


_KEPT = {"card": _cards, "column": _columns, "card or column": _cards_or_columns}

CARD_OR_COLUMN = Name("card or column")
CARD, COLUMN, OWNER = Name("card"), Name("column"), Name("owner")
TICK, REASON, CLASS, SOURCE = Name("tick"), Name("reason"), Name("class"), Name("source")
ASSIGNMENT, TEMPLATE, SCRIPT = Name("assignment"), Name("template"), Name("script")
ACCOUNT, PERSON = Name("account"), Name("person")


class Spoken(click.Choice[str]):
    """One of a few words, typed as it is listed or as it is said in either language (`call`, `appel`, `phone`)."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(choices, case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is listed."""
        return super().convert(read_choice(str(value), self.choices).value or value, param, ctx)

    @property
    def said(self) -> tuple[str, ...]:
        """The words as this reader types them."""
        return tuple(map(choice_said, self.choices))


def say_unknown_owner(board: Board, owner: str | None) -> None:
    """Note on standard error that neither `board.yml` nor a card knows the owner that was asked for, if so."""
    if not owner:
        return
    names = {one.name for one in board.config.owners} | {card.owner for card in board.cards if card.owner}
    if plain(owner) not in map(plain, names):
        _say(_("nobody is called “{name}” here").format(name=owner), names)


def say_unknown_class(board: Board, service: str | None) -> None:
    """The same for a class of service."""
    known = {one.key: choice_said(one.key, one.name) for one in board.config.classes}
    if service and read_choice(service, known).value is None:
        _say(_("there is no class “{name}”").format(name=service), set(known.values()))


def _say(message: str, names: set[str]) -> None:
    cure = "  → " + _("there are {values}").format(values=", ".join(sorted(names))) if names else ""
    click.echo(click.style(_("note:"), fg=130) + f" {message}{cure}", err=True)
