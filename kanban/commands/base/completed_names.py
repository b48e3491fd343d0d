"""Completion of what people name: cards by id, account or title, columns, owners, ticks, … Reads files, never git."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from kanban.commands.base.invocation import settings_of
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.folder.reading import read_folder
from kanban.i18n import _
from kanban.i18n.catalogue import in_every_language, use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board, plain
from kanban.model.cards.fields import CARD_FIELDS, label_of
from kanban.model.templates import TEMPLATES
from kanban.model.typed.choices import fold
from kanban.scripts.script import script_names


class _Name(click.ParamType[str], ABC):
    """Text that completes from the board; anything may be typed."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The candidates that begin with, or for cards contain, what was typed."""
        try:
            return self.candidates(_board(ctx), incomplete)
        except (KanbanError, OSError):
            return []

    @abstractmethod
    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        """The board's names that fit."""


class CardName(_Name):
    """A card."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        word = plain(typed)
        begins = [card for card in board.cards if card.id.startswith(word)]
        within = [card for card in board.cards if word in plain(f"{card.id} {card.account} {card.title}")]
        return [
            CompletionItem(card.id, help=card.label) for card in {one.path: one for one in (*begins, *within)}.values()
        ]


class ColumnName(_Name):
    """A column."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return [CompletionItem(one.key, help=one.title) for one in board.config.columns if one.key.startswith(typed)]


class OwnerName(_Name):
    """An owner."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        names = {owner.name for owner in board.config.owners} | {card.owner for card in board.open_cards if card.owner}
        return [CompletionItem(name) for name in sorted(names) if plain(name).startswith(plain(typed))]


class TickName(_Name):
    """A tick of the Definitions of Ready and Done."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        asked = {
            one.id: one.label
            for column in board.config.columns
            for one in (*column.dor, *column.dod)
            if one.effective_check == "ticked"
        }
        return _beginning(asked, typed)


class ReasonName(_Name):
    """A reason of a loss, in the board's language."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        with use_language(board.config.language):
            return _beginning({_(reason): "" for reason in board.config.lost_reasons}, typed)


class ClassName(_Name):
    """A class of service."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning({one.key: one.name for one in board.config.classes}, typed)


class SourceName(_Name):
    """A source of opportunities."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning(dict.fromkeys(board.config.sources, ""), typed)


class Assignment(_Name):
    """A field to set, up to its `=`."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        keys = [one.key for one in CARD_FIELDS] + list(board.config.fields)
        return _beginning({f"{key}=": label_of(key, board.config) for key in keys}, typed)


class TemplateName(_Name):
    """A card template, the board's own too."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        own = [path.split("/")[-1].removesuffix(".md") for path in board.files if path.startswith("templates/")]
        return _beginning(dict.fromkeys([*TEMPLATES, *own], ""), typed)


class ScriptName(_Name):
    """A mail or talk script, the board's own too."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning(dict.fromkeys(script_names(board.files), ""), typed)


def _beginning(names: Mapping[str, str], typed: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=said) for name, said in names.items() if name.startswith(typed)]


class CardOrColumnName(_Name):
    """A card, or the column that ends the line: a shell cannot tell which word is the last."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return [*ColumnName().candidates(board, typed), *CardName().candidates(board, typed)]


CARD_OR_COLUMN = CardOrColumnName()
CARD, COLUMN, OWNER = CardName(), ColumnName(), OwnerName()
TICK, REASON, CLASS, SOURCE = TickName(), ReasonName(), ClassName(), SourceName()
ASSIGNMENT, TEMPLATE, SCRIPT = Assignment(), TemplateName(), ScriptName()


class Spoken(click.Choice[str]):
    """One of a few words, typed as it is listed or as it is said in either language (`call`, `appel`, `phone`)."""

    def __init__(self, choices: Sequence[str], same: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(choices, case_sensitive=False)
        self.same = {fold(said): word for said, word in same}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is listed."""
        typed = fold(str(value))
        meant = [word for word in self.choices if typed in map(fold, (word, *in_every_language(word)))]
        return super().convert(meant[0] if len(meant) == 1 else self.same.get(typed, value), param, ctx)


def _board(context: click.Context) -> Board:
    return read_board(read_folder(find_board(Path(settings_of(context).directory))))


def say_unknown_owner(board: Board, owner: str | None) -> None:
    """Note on standard error that neither `board.yml` nor a card knows the owner that was asked for, if so."""
    names = {one.name for one in board.config.owners} | {card.owner for card in board.cards if card.owner}
    if owner and plain(owner) not in map(plain, names):
        _say(_("nobody is called “{name}” here").format(name=owner), names)


def say_unknown_class(board: Board, service: str | None) -> None:
    """The same for a class of service."""
    keys = {one.key for one in board.config.classes}
    if service and service not in keys:
        _say(_("there is no class “{name}”").format(name=service), keys)


def _say(message: str, names: set[str]) -> None:
    cure = "  → " + _("there are {values}").format(values=", ".join(sorted(names))) if names else ""
    click.echo(click.style(_("note:"), fg=130) + f" {message}{cure}", err=True)
